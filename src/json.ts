import type { JsonKind } from "../generated/spec.js";

/** The kind of a value that is JSON. */
export function kindOf(value: unknown): JsonKind {
  return value === null ? "null" : Array.isArray(value) ? "array" : (typeof value as JsonKind);
}

/** The parsed JSON; undefined, which no JSON gives, where it is broken. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What JSON would drop or turn into something else. The message names its place, and quotes no value. */
export class LossError extends Error {}

/**
 * Writes a value as JSON, reading each property once. In an object undefined means "left out", but not in
 * a property that `isSecret` names, or beneath one.
 * @throws {@link LossError} where something would be lost
 */
export function writeJson(root: unknown, place: string, isSecret: (name: string) => boolean) {
  const known = new Map<unknown, { place: string; inSecret: boolean }>();
  return JSON.stringify(root, function (this: unknown, name, value: unknown) {
    const outer = known.get(this);
    const inSecret = outer !== undefined && (outer.inSecret || isSecret(name));
    const step = Array.isArray(this) ? `[${name}]` : `.${/^[\w$-]{1,64}$/.test(name) ? name : "…"}`;
    const here = outer ? outer.place + step : place;
    // As it was before a toJSON of its own, unless a getter gives it, which is not asked again.
    const given = Object.getOwnPropertyDescriptor(this, name)?.value as unknown;
    const isLost = value === undefined && (inSecret || Array.isArray(this));
    const loss = isLost ? "undefined" : (lossByToJson(given) ?? lossOf(value));
    if (loss) throw new LossError(`${here} is ${loss}`);
    known.set(value, { place: here, inSecret });
    return value;
  });
}

/** Bytes become numbers, and an invalid date null, by a toJSON of their own. */
function lossByToJson(given: unknown): string | undefined {
  if (ArrayBuffer.isView(given) || /ArrayBuffer]$/.test(tagOf(given))) return "bytes, not text";
  const isInvalid = tagOf(given) === "[object Date]" && Number.isNaN(Number(given));
  return isInvalid ? "an invalid date" : undefined;
}

/** What JSON would drop or replace, in words that follow its place; undefined where it writes it all. */
function lossOf(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : "not a finite number";
  if (/^(?:function|symbol|bigint)$/.test(typeof value)) return `a ${typeof value}`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  // What `new String("…")` and the like hold is written.
  if (/^\[object (?:String|Number|Boolean)]$/.test(tagOf(value))) return lossOf(value.valueOf());
  if (typeof (value as { then?: unknown }).then === "function") return "a promise: await it";
  if (Symbol.iterator in value || Symbol.asyncIterator in value) return "a collection or a stream";
  const prototype = Object.getPrototypeOf(value) as object | null;
  // By what it has, since every realm has its own Object.prototype.
  const isPlain = prototype === null || Object.hasOwn(prototype, "isPrototypeOf");
  const hides =
    Object.keys(value).length === 0 && !(isPlain && Reflect.ownKeys(value).length === 0);
  return hides || tagOf(value) === "[object Error]" ? "an object that JSON cannot show" : undefined;
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}
