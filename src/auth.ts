import { auth } from "../generated/spec.js";

/** What is wrong with an API key, in words that follow "apiKey" and do not quote it. */
export function problemOfKey(key: unknown): string | undefined {
  if (typeof key !== "string") return "must be a string, or a function that gives one";
  if (key.trim() === "") return "is blank: pass a Partner or Project API key";
  return /^[\x20-\x7e]+$/.test(key)
    ? undefined
    : "must be printable ASCII: look for a line break at its end";
}

/** An operation's headers, with the one in which the spec puts the API key. */
export function withKey(headers: Readonly<Record<string, string>>, key: string) {
  return { ...headers, [auth.header]: auth.prefix + key };
}
