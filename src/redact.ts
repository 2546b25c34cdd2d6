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

  function text(given: string): string {
    const clean = forms.reduce((left, form) => left.replaceAll(form, mark), given);
    // Where a secret is buried under layers of escapes, nothing around it is worth the risk.
    let inner = clean;
    for (let layer = 0; layer < 3; layer++) {
      inner = decode(inner);
      if (inner !== clean && forms.some((form) => inner.includes(form))) return mark;
    }
    return clean;
  }

  /** Gives back what is clean as it is, and of the rest a copy of what can be scrubbed. */
  function value(given: unknown, depth = 0): unknown {
    if (typeof given === "string") return text(given);
    if (typeof given === "number") return text(String(given)) === String(given) ? given : mark;
    if (!(given instanceof Object)) return given;
    if (depth > deepest) return mark;
    if (Array.isArray(given)) return given.map((item) => value(item, depth + 1));
    const isError = given instanceof Error;
    const prototype: unknown = Object.getPrototypeOf(given);
    if (!isError && prototype !== Object.prototype) return undefined;
    // Of the same class, so that `instanceof` holds.
    const copy = Object.create(prototype as object) as object;
    let isSame = Object.getOwnPropertySymbols(given).length === 0;
    const inherited = isError ? ["name", "message", "stack"] : [];
    for (const name of new Set([...Object.getOwnPropertyNames(given), ...inherited])) {
      const was: unknown = Reflect.get(given, name);
      const is = value(was, depth + 1);
      isSame &&= is === was && text(name) === name;
      const enumerable = !isError;
      Object.defineProperty(copy, text(name), {
        value: is,
        enumerable,
        configurable: true,
        writable: true,
      });
    }
    return isSame ? given : copy;
  }

  return { text, value };
}
