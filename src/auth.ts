import { auth, type Operation } from "../generated/spec.js";

/** What is wrong with an API key, in words that follow "apiKey" and do not quote it. */
export function problemOfKey(key: unknown): string | undefined {
  if (typeof key !== "string") return "must be a string, or a function that gives one";
  if (key.trim() === "") return "is blank: pass a Partner or Project API key";
  return /^[ -~]+$/.test(key)
    ? undefined
    : "must be printable ASCII: look for a line break at its end";
}

/** An operation's headers, with the one in which the spec puts the API key. */
export function headersOf({ success, body }: Operation, text: string | undefined, key: string) {
  const headers: Record<string, string> = { [auth.header]: auth.prefix + key };
  if (success.mediaTypes.length > 0) headers.accept = success.mediaTypes.join(", ");
  if (body && text !== undefined) headers["content-type"] = body.mediaType;
  return headers;
}
