import type { Operation } from "../generated/spec.js";
import { kindOf, parseJson } from "./json.js";
import type { FetchResponse } from "./options.js";

/** More than any success of the gateway has. */
const longestSuccessBytes = 10_485_760;

/** A refusal is a few lines, and all of it has to be searched for secrets. */
const longestRefusalBytes = 65_536;

/** An answer whose head has arrived. openapi-fetch is given it once its body has, too. */
export type Answer = ReturnType<typeof answerOf>;

/** Ends an attempt that cannot succeed: what was given, or what was answered, is not what it should be. */
export type Fail = (failure: "usage" | "response", detail: string, cause?: unknown) => never;

/** What the head of a response says: asking it runs no code of the transport's that can throw. */
export function answerOf({ status, type, redirected, headers, url = "" }: FetchResponse) {
  const isRedirect = (status >= 300 && status < 400) || type === "opaqueredirect" || !!redirected;
  const isStatus = Number.isInteger(status) && (status >= 200 || isRedirect);
  if (!isStatus || typeof (headers as Partial<Headers> | undefined)?.get !== "function")
    throw new TypeError("fetch must give a Response, with a status and headers");
  const get = (name: string) => {
    const value: unknown = quietly(() => headers.get(name));
    return typeof value === "string" ? value : null;
  };
  const answer = {
    status,
    /** True for a 2xx that is no redirect. */
    ok: !isRedirect && status < 300,
    /** True for a 3xx, for one that a browser hides, and where `fetch` followed one anyway. */
    isRedirect,
    /** True where `fetch` followed one. */
    isFollowed: !!redirected,
    /** Where a redirect leads, or led. */
    location: redirected ? url : (get("location") ?? ""),
    headers: { get },
    /** All headers by lower-case name. */
    allHeaders: () => {
      const all: Record<string, string> = {};
      quietly(() => headers.forEach?.((value, name) => (all[name.toLowerCase()] = value)));
      return all;
    },
    /** The body: empty until it was read. */
    content: "",
    text: () => Promise.resolve(answer.content),
  };
  return answer;
}

/** What there is of a web stream, its reader, a Node stream and an async iterator. */
interface Source {
  getReader?(): Source;
  read?(): Promise<Chunk>;
  [Symbol.asyncIterator]?(): Source;
  next?(): Promise<Chunk>;
  cancel?(): unknown;
  destroy?(): unknown;
  on?(event: "error", listener: () => void): unknown;
}

interface Chunk {
  done?: boolean;
  value?: Uint8Array<ArrayBuffer> | string;
}

/**
 * Reads a body as text, by whatever way the response offers: undici, node-fetch and React Native differ.
 * The signal ends the reading, since a transport may forget that of its request once the headers came.
 */
export async function readBody(
  response: FetchResponse,
  answer: Answer,
  signal: AbortSignal,
  fail: Fail,
) {
  const longest = answer.ok ? longestSuccessBytes : longestRefusalBytes;
  const body = (response.body ?? {}) as Source;
  const source =
    body.getReader?.() ?? body[Symbol.asyncIterator]?.() ?? (wholeOf(response) as Source);
  const stop = () => dismiss(source.cancel ? source : body);
  signal.addEventListener("abort", stop);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  // Where the body comes at once, the length that was announced is all that can be looked at before.
  let isTooLong = Number(answer.headers.get("content-length")) > longest;
  for (let size = 0; !isTooLong; isTooLong = size > longest) {
    const { done, value } = (await (source.read ?? source.next)?.call(source)) ?? { done: true };
    if (done) break;
    const chunk = typeof value === "string" ? new TextEncoder().encode(value) : value;
    if (chunk) chunks.push(chunk);
    size += chunk?.byteLength ?? 0;
  }
  if (isTooLong) {
    stop();
    fail("response", "more than 10 MiB");
  }
  const bytes = chunks.length === 1 ? chunks[0] : await new Blob(chunks).arrayBuffer();
  try {
    // Broken UTF-8 is broken JSON, not a name with question marks in it.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fail("response", "broken UTF-8");
  }
}

async function* wholeOf(response: FetchResponse) {
  const bytes = await response.arrayBuffer?.();
  yield bytes ? new Uint8Array(bytes) : await response.text?.();
}

/** Lets go of a body that nobody will read. */
export function dismiss(body: unknown): void {
  const source = (body ?? {}) as Source;
  // Nobody listens to a Node stream any more, whose error would then end the process.
  quietly(() => source.on?.("error", () => undefined));
  quietly(() => (source.cancel ? source.cancel() : source.destroy?.()));
}

/** Runs code of the transport's: neither what it throws nor what it rejects with is anybody's problem. */
function quietly<T>(run: () => T): T | undefined {
  try {
    const given = run();
    if (typeof given === "object") Promise.resolve(given).catch(() => undefined);
    return given;
  } catch {
    return undefined;
  }
}

/** The value of a 2xx with this text, if it is what the spec promises. */
export function expectJson(
  { kinds, empty }: Operation["success"],
  { headers }: Answer,
  text: string,
  fail: Fail,
): unknown {
  if (kinds.length === 0 || (text === "" && empty)) return undefined;
  const mediaType = headers.get("content-type") ?? "no media type";
  if (!/^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType)) fail("response", `${mediaType}, not JSON`);
  const json = parseJson(text);
  if (json === undefined) fail("response", "broken JSON");
  const kind = kindOf(json);
  if (!kinds.includes(kind)) fail("response", `a JSON ${kind}, not a JSON ${kinds.join(" or ")}`);
  return json;
}
