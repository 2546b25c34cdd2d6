import { parseJson } from "./json.js";
import { listIn, propertyOf, textIn } from "./outcome.js";
import { createHider } from "./secrets.js";

/** What stands in place of a secret. */
export const mark = "[redacted]";

/** Hides secrets in text, JSON and errors that other code made, for one error or attempt. */
export type Redactor = ReturnType<typeof createRedactor>;

/** A redactor of these secrets. */
export function createRedactor(secrets: readonly string[]) {
  const { hide: text, isExhausted } = createHider(secrets, mark);
  // Parsing can change how a number is written.
  const numbers = new Set(secrets.filter((secret) => secret.trim()).map(Number));

  /** A copy of JSON; undefined where it is too much to search, or too deep. */
  function value(given: unknown): unknown {
    const copy = (item: unknown): unknown => {
      if (typeof item === "string") return text(item);
      if (typeof item === "number")
        return numbers.has(item) || text(`${item}`) !== `${item}` ? mark : item;
      if (Array.isArray(item)) return item.map(copy);
      if (typeof item !== "object" || item === null) return item;
      return Object.fromEntries(Object.entries(item).map(([name, at]) => [text(name), copy(at)]));
    };
    try {
      const result = copy(given);
      return isExhausted() ? undefined : result;
    } catch {
      return undefined;
    }
  }

  /** A plain error with the usual properties of what was thrown, and of the causes behind it. */
  function cause(thrown: unknown, outer: readonly unknown[] = []): unknown {
    if (typeof thrown !== "object" || thrown === null)
      return typeof thrown === "string" ? text(thrown) : undefined;
    if (outer.includes(thrown) || outer.length > 8) return mark;
    const copy = new Error(text(textIn(thrown, "message")));
    const set = (name: string, value: unknown, enumerable = false) => {
      const property = { value, enumerable, configurable: true, writable: true };
      if (value !== undefined) Object.defineProperty(copy, name, property);
    };
    const inner = (error: unknown) => cause(error, [...outer, thrown]);
    // Its own stack would name the functions here.
    set("stack", copy.message);
    for (const name of ["name", "stack", "code", "syscall"]) {
      const part = propertyOf(thrown, name);
      const isShown = typeof part === "string" || typeof part === "number";
      if (isShown) set(name, value(part), name === "code" || name === "syscall");
    }
    set("cause", inner(propertyOf(thrown, "cause")));
    set("errors", listIn(thrown, "errors")?.map(inner));
    return copy;
  }

  return { text, value, cause, isExhausted, json: (source: string) => value(parseJson(source)) };
}
