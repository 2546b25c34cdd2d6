import { createFinder, type Finder } from "./secrets.js";

/** What stands in place of a secret. */
export const mark = "[redacted]";

/** Hides secrets in text, in JSON, and in what other code threw. */
export interface Redactor {
  text(given: string): string;
  json(value: unknown): unknown;
  thrown(value: unknown): unknown;
}

/** A redactor of these secrets. It costs nothing until it is used. */
export function createRedactor(secrets: readonly string[]): Redactor {
  let finder: Finder | undefined;

  function text(given: string): string {
    finder ??= createFinder(secrets);
    let clean = "";
    let end = 0;
    for (const [start, stop] of finder.spans(given).sort((a, b) => a[0] - b[0])) {
      // What overlaps or touches the span before it is part of the same mark.
      if (start > end || end === 0) clean += given.slice(end, start) + mark;
      end = Math.max(end, stop);
    }
    clean += given.slice(end);
    return finder.isBuried(clean) ? mark : clean;
  }

  function json(value: unknown): unknown {
    if (value === undefined) return undefined;
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(json);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, at]) => [text(key), json(at)]));
    }
    if (typeof value !== "number" && typeof value !== "bigint") return value;
    return text(String(value)) === String(value) ? value : mark;
  }

  /** The same error where all of it can be seen and is clean; else a copy of what can be scrubbed. */
  function thrown(value: unknown, depth = 0): unknown {
    if (typeof value === "function" || depth > 8) return undefined;
    if (typeof value !== "object" || value === null) return json(value);
    const isList = Array.isArray(value);
    if (!isList && !(value instanceof Error)) return undefined;
    // With the prototype of the original, so that `instanceof` holds.
    const copy: object = isList
      ? []
      : (Object.create(Object.getPrototypeOf(value) as object) as object);
    let isSame = Object.getOwnPropertySymbols(value).length === 0;
    const names = Object.getOwnPropertyNames(value);
    for (const name of new Set(isList ? names : [...names, "name", "message", "stack"])) {
      const was: unknown = Reflect.get(value, name);
      const is = thrown(was, depth + 1);
      isSame &&= is === was && text(name) === name;
      Object.defineProperty(copy, text(name), { value: is, configurable: true, writable: true });
    }
    return isSame ? value : copy;
  }

  return { text, json, thrown };
}
