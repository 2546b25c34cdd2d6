import type { Operation } from "../generated/spec.js";
import { check } from "./errors.js";
import { kindOf, parseJson } from "./json.js";
import type { FetchResponse } from "./options.js";
import { quietly } from "./outcome.js";

/** An answer whose head has arrived. openapi-fetch is given it once its body has, too. */
export type Answer = ReturnType<typeof answerOf>;

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

type Chunk = Uint8Array<ArrayBuffer> | ArrayBuffer | string;

/** What there is of a web stream, its reader, a Node stream and an async iterator. */
interface Source extends Partial<AsyncIterable<Chunk>> {
  getReader?(): Source;
  read?(): Promise<{ done?: boolean; value?: Chunk }>;
  next?: Source["read"];
  cancel?(): unknown;
  destroy?(): unknown;
  on?(event: "error", listener: () => void): unknown;
}

/**
 * Reads a body as text, by whatever way the response offers: undici, node-fetch and React Native differ.
 * The signal ends the reading, since a transport may forget that of its request once the headers came.
 */
export async function readBody(response: FetchResponse, answer: Answer, signal: AbortSignal) {
  // A success has no more than that, and all of a refusal has to be searched for secrets.
  const longest = answer.ok ? 10_485_760 : 65_536;
  const body = (response.body ?? {}) as Source;
  const iterator = () => body[Symbol.asyncIterator]?.() ?? wholeOf(response);
  const source = body.getReader?.() ?? (iterator() as Source);
  const stop = () => dismiss(source.cancel ? source : body);
  signal.addEventListener("abort", stop);
  const chunks: Chunk[] = [];
  // Where the body comes at once, the length that was announced is all that can be looked at before.
  let size = Number(answer.headers.get("content-length")) > longest ? Infinity : 0;
  for (;;) {
    if (size > longest) stop();
    check(size <= longest, "more than 10 MiB", "response");
    const read = (await (source.read ?? source.next)?.call(source)) ?? { done: true };
    if (read.done) return decode(chunks);
    const { value = "" } = read;
    chunks.push(value);
    size += typeof value === "string" ? value.length : value.byteLength;
  }
}

/** Broken UTF-8 is broken JSON, not a name with question marks in it. */
function decode(chunks: readonly Chunk[]): string {
  const isText = chunks.every((chunk) => typeof chunk === "string");
  // Under jsdom there is no decoder, and none is needed for a body that comes as text.
  const utf8 = isText ? undefined : new TextDecoder("utf-8", { fatal: true });
  const parts = quietly(() =>
    chunks.map((chunk, index) =>
      typeof chunk === "string"
        ? chunk
        : utf8?.decode(chunk, { stream: index < chunks.length - 1 }),
    ),
  );
  check(parts, "broken UTF-8", "response");
  return parts.join("");
}

async function* wholeOf(response: FetchResponse) {
  const isDecoded = typeof TextDecoder === "function";
  yield (isDecoded && (await response.arrayBuffer?.())) || (await response.text?.());
}

/** Lets go of a body that nobody will read. */
export function dismiss(body: unknown): void {
  const source = (body ?? {}) as Source;
  // Nobody listens to a Node stream any more, whose error would then end the process.
  quietly(() => source.on?.("error", () => undefined));
  quietly(() => (source.cancel ? source.cancel() : source.destroy?.()));
}

/** The value of a 2xx with this text, if it is what the spec promises. */
export function expectJson({ kinds, empty }: Operation["success"], answer: Answer, text: string) {
  if (kinds.length === 0 || (text === "" && empty)) return undefined;
  const mediaType = answer.headers.get("content-type") ?? "no media type";
  const isJson = /^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType);
  check(isJson, `${mediaType}, not JSON`, "response");
  const json = parseJson(text);
  check(json !== undefined, "broken JSON", "response");
  const kind = kindOf(json);
  const expected = kinds.join(" or ");
  check(kinds.includes(kind), `a JSON ${kind}, not a JSON ${expected}`, "response");
  return json;
}
