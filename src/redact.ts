import { decode } from "./decode.js";
import { formsOf } from "./secrets.js";

/** What stands in place of a secret. */
export const mark = "[redacted]";

/** JSON can be nested more deeply than a stack can follow. */
const deepest = 64;

/** Hides secrets in text, and in JSON and errors that other code made. */
export type Redactor = ReturnType<typeof createRedactor>;

/** A redactor of these secrets. */
export function createRedactor(secrets: readonly string[]) {
  const forms = secrets.flatMap(formsOf).sort((a, b) => b.length - a.length);
  const folded = forms.map((form) => form.toLowerCase());

  function text(given: string): string {
    const clean = forms.reduce((left, form) => left.replaceAll(form, mark), given);
    // Where one is left in other letters, or under layers of escapes, what is around it goes too.
    let inner = clean.replaceAll(mark, "");
    for (let layer = 0; layer < 4; layer++, inner = decode(inner)) {
      const letters = inner.toLowerCase();
      if (folded.some((form) => letters.includes(form))) return mark;
    }
    return clean;
  }

  /** Gives back what is clean as it is, and of the rest a copy of what can be scrubbed. */
  function value(given: unknown): unknown {
    try {
      return scrub(given, 0);
    } catch {
      // A getter that throws, on an error that other code made.
      return undefined;
    }
  }

  function scrub(given: unknown, depth: number): unknown {
    if (typeof given === "string") return text(given);
    if (typeof given === "number") return text(String(given)) === String(given) ? given : mark;
    if (typeof given === "function" || typeof given === "symbol") return undefined;
    if (typeof given !== "object" || given === null) return given;
    if (depth > deepest) return mark;
    if (Array.isArray(given)) return given.map((item) => scrub(item, depth + 1));
    const prototype: unknown = Object.getPrototypeOf(given);
    // By its tag, since every realm has its own class.
    const isError = /Error|Exception/.test(Object.prototype.toString.call(given));
    if (!isError && prototype !== Object.prototype) return undefined;
    // Of the same class, so that `instanceof` holds.
    const copy = Object.create(prototype as object) as object;
    let isSame = Object.getOwnPropertySymbols(given).length === 0;
    const inherited = isError ? ["name", "message", "stack"] : [];
    for (const name of new Set([...Object.getOwnPropertyNames(given), ...inherited])) {
      const was: unknown = Reflect.get(given, name);
      const is = scrub(was, depth + 1);
      isSame &&= is === was && text(name) === name;
      const visible = { enumerable: !isError, configurable: true, writable: true };
      Object.defineProperty(copy, text(name), { value: is, ...visible });
    }
    return isSame ? given : copy;
  }

  return { text, value };
}
