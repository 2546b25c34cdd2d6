import type { Operation } from "../generated/spec.js";
import { kindOf } from "./body.js";

/** No answer may be larger than 10 MiB. */
const largestBodyBytes = 10_485_760;

/** 256 KiB: failures are a few lines, and looking for secrets in megabytes of escapes takes seconds. */
const longestExplanation = 262_144;

// Broken UTF-8 is broken JSON, not a name with question marks in it.
const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

/** A body that is not what it should be; the message says why, and may quote a header. */
export class AnswerError extends Error {}

/**
 * Reads a body as text, up to 10 MiB. Hands out a function that ends the reading, since a transport
 * may forget the abort signal of a request once its headers have come.
 */
export async function readText({ body }: Response, onStart: (stop: () => void) => void) {
  if (!body) return "";
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  onStart(stop);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const chunk = next.value as Uint8Array<ArrayBuffer>;
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > largestBodyBytes) {
      stop();
      throw new AnswerError("more than 10 MiB");
    }
  }
  try {
    return utf8.decode(chunks.length === 1 ? chunks[0] : await new Blob(chunks).arrayBuffer());
  } catch {
    throw new AnswerError("broken UTF-8");
  }
}

/** The value of a 2xx with this text, if it is what the spec promises. */
export function expectJson(success: Operation["success"], answer: Response, text: string): unknown {
  if (text === "" && success.empty) return undefined;
  const mediaType = answer.headers.get("content-type") ?? "no media type";
  if (!/^[^;]*[/+]json\s*(?:;|$)/i.test(mediaType)) throw new AnswerError(`${mediaType}, not JSON`);
  const json = parseJson(text);
  if (json === undefined) throw new AnswerError("broken JSON");
  const kind = kindOf(json);
  if (success.kinds.includes(kind)) return json;
  throw new AnswerError(`a JSON ${kind}, not a JSON ${success.kinds.join(" or ")}`);
}

/** The JSON of a failure, for scrubbing; undefined where it is broken, or too long to look through. */
export function explanation(text: string): unknown {
  return text.length > longestExplanation ? undefined : parseJson(text);
}

/** The parsed JSON; undefined, which no JSON gives, where it is broken. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
