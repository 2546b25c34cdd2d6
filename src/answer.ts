import type { Operation } from "../generated/spec.js";
import { kindOf, parseJson } from "./json.js";
import type { FetchResponse } from "./options.js";

/** More than any success of the gateway has. */
const longestSuccessBytes = 10_485_760;

/** A refusal is a few lines, and all of it has to be searched for secrets. */
const longestRefusalBytes = 65_536;

/** An answer whose head has arrived. openapi-fetch is given it once its body has, too. */
export type Answer = ReturnType<typeof answerOf>;

/** A body that is not what it should be. The message says why, and may quote a header. */
export class AnswerError extends Error {}

/** What the head of a response says: asking it runs no code of the transport's that can throw. */
export function answerOf({ status, type, redirected, headers, url = "" }: FetchResponse) {
  const isRedirect = (status >= 300 && status < 400) || type === "opaqueredirect" || !!redirected;
  const isStatus = Number.isInteger(status) && (status >= 200 || isRedirect);
  const isResponse =
    isStatus && typeof (headers as Partial<Headers> | undefined)?.get === "function";
  if (!isResponse) throw new TypeError("fetch must give a Response, with a status and headers");
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
 * @throws {@link AnswerError} where it is too long or broken
 */
export async function readBody(response: FetchResponse, ok: boolean, signal: AbortSignal) {
  const longest = ok ? longestSuccessBytes : longestRefusalBytes;
  const body = (response.body ?? {}) as Source;
  const source: Source =
    body.getReader?.() ?? body[Symbol.asyncIterator]?.() ?? (wholeOf(response, longest) as Source);
  const next = async () => (await (source.read ?? source.next)?.call(source)) ?? { done: true };
  const stop = () => dismiss(source.cancel ? source : body);
  signal.addEventListener("abort", stop);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let { done, value } = await next(); !done; { done, value } = await next()) {
    const chunk = typeof value === "string" ? new TextEncoder().encode(value) : value;
    if (chunk) chunks.push(chunk);
    size += chunk?.byteLength ?? 0;
    if (size <= longest) continue;
    stop();
    throw new AnswerError("more than 10 MiB");
  }
  const bytes = chunks.length === 1 ? chunks[0] : await new Blob(chunks).arrayBuffer();
  try {
    // Broken UTF-8 is broken JSON, not a name with question marks in it.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new AnswerError("broken UTF-8");
  }
}

/** A body that comes at once: a look at the length that was announced is all that can be done before. */
async function* wholeOf(response: FetchResponse, longest: number) {
  const length = Number(quietly(() => response.headers.get("content-length")));
  if (length > longest) throw new AnswerError("more than 10 MiB");
  const bytes = await response.arrayBuffer?.();
  yield bytes ? new Uint8Array(bytes) : await response.text?.();
}

/** Lets go of a body that nobody will read. */
export function dismiss(body: unknown): void {
  const source = (body ?? {}) as Source;
  // Nobody listens to a Node stream any more, whose error would then end the process.
  quietly(() => source.on?.("error", () => undefined));
  void quietly(() => (source.cancel ? source.cancel() : source.destroy?.()));
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
export function expectJson({ kinds, empty }: Operation["success"], answer: Answer, text = "") {
  if (kinds.length === 0 || (text === "" && empty)) return undefined;
  const mediaType = answer.headers.get("content-type") ?? "no media type";
  if (!/^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType)) throw new AnswerError(`${mediaType}, not JSON`);
  const json = parseJson(text);
  if (json === undefined) throw new AnswerError("broken JSON");
  if (kinds.includes(kindOf(json))) return json;
  throw new AnswerError(`a JSON ${kindOf(json)}, not a JSON ${kinds.join(" or ")}`);
}
