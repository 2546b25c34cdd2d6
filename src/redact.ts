import { createFinder } from "./secrets.js";

/** What stands in place of a secret. */
export const mark = "[redacted]";

/** Hides secrets in text, and in JSON and errors that other code made. */
export type Redactor = ReturnType<typeof createRedactor>;

/** A redactor of these secrets. */
export function createRedactor(secrets: readonly string[]) {
  // What is hidden already stays hidden as it is.
  const spans = createFinder([mark, ...secrets]);

  function text(given: string): string {
    let clean = "";
    let end = 0;
    for (const [start, stop] of spans(given).sort((a, b) => a[0] - b[0])) {
      // What overlaps or touches the span before it is part of the same mark.
      if (start > end || end === 0) clean += given.slice(end, start) + mark;
      end = Math.max(end, stop);
    }
    return clean + given.slice(end);
  }

  /** Gives back what is clean as it is, and of the rest a copy of what can be scrubbed. */
  function value(given: unknown): unknown {
    try {
      return scrub(given, new Map());
    } catch {
      // JSON that is nested more deeply than a stack can follow, or a getter that throws.
      return undefined;
    }
  }

  function scrub(given: unknown, done: Map<unknown, unknown>): unknown {
    if (typeof given === "string") return text(given);
    if (typeof given === "number" || typeof given === "bigint") {
      return text(String(given)) === String(given) ? given : mark;
    }
    if (typeof given === "function" || typeof given === "symbol") return undefined;
    if (typeof given !== "object" || given === null) return given;
    if (done.has(given)) return done.get(given);
    // Until it is done: what runs in a circle ends in a mark.
    done.set(given, mark);
    const result = Array.isArray(given) ? scrubList(given, done) : scrubObject(given, done);
    done.set(given, result);
    return result;
  }

  function scrubList(given: unknown[], done: Map<unknown, unknown>): unknown[] {
    const items = Array.from(given, (item) => scrub(item, done));
    // A list can have properties too, such as the input of a match, or a class that shows more.
    const isPlain = Reflect.ownKeys(given).length === given.length + 1 && isPlainList(given);
    return isPlain && items.every((item, index) => item === given[index]) ? given : items;
  }

  function scrubObject(given: object, done: Map<unknown, unknown>): object | undefined {
    // By its tag, since every realm has its own class.
    const isError = /Error|Exception/.test(Object.prototype.toString.call(given));
    const prototype = parentOf(given);
    const plain = isError ? plainClass(prototype) : prototype;
    if (!isError && prototype && !Object.hasOwn(prototype, "isPrototypeOf")) return undefined;
    const copy = Object.create(plain) as object;
    let isSame = plain === prototype && Object.getOwnPropertySymbols(given).length === 0;
    const inherited = isError ? ["name", "message", "stack"] : [];
    for (const name of new Set([...Object.getOwnPropertyNames(given), ...inherited])) {
      const was: unknown = Reflect.get(given, name);
      const is = scrub(was, done);
      isSame &&= is === was && text(name) === name;
      const visible = { enumerable: !isError, configurable: true, writable: true };
      Object.defineProperty(copy, text(name), { value: is, ...visible });
    }
    return isSame ? given : copy;
  }

  return { text, value };
}

/** The nearest class that adds nothing to `Error`: an accessor or a toJSON could show what is hidden. */
function plainClass(prototype: object | null): object | null {
  const parent = prototype && parentOf(prototype);
  // That of all objects, which ends the chain.
  if (!parent) return prototype;
  const plain = plainClass(parent);
  const isMore = (key: PropertyKey) => !/^(?:constructor|name|message|toString)$/.test(String(key));
  return plain === parent && !Reflect.ownKeys(prototype).some(isMore) ? prototype : plain;
}

/** True where it is of no class but that of lists, in whatever realm. */
function isPlainList(list: unknown[]): boolean {
  const prototype = parentOf(list);
  return Array.isArray(prototype) && Object.hasOwn(parentOf(prototype) ?? {}, "isPrototypeOf");
}

function parentOf(given: object): object | null {
  return Object.getPrototypeOf(given) as object | null;
}
