import type { JsonKind } from "../generated/spec.js";
import { check, Problem, problemIn } from "./errors.js";
import { quietly, readThrown } from "./outcome.js";

/** The kind of a value that is JSON. */
export function kindOf(value: unknown): JsonKind {
  return value === null ? "null" : Array.isArray(value) ? "array" : (typeof value as JsonKind);
}

/** The parsed JSON; undefined, which no JSON gives, where it is broken. */
export function parseJson(text: string): unknown {
  return quietly(() => JSON.parse(text) as unknown);
}

/**
 * Writes a value as JSON, reading each property once, and refuses what JSON would drop or turn into
 * something else. In an object undefined means "left out", but not in a property that `isSecret` names,
 * or beneath one. A refusal names the place, and quotes no value.
 */
export function writeJson(value: unknown, place: string, isSecret: (name: string) => boolean) {
  const known = new Map<unknown, { place: string; inSecret: boolean }>();
  function replacer(this: object, name: string, value: unknown) {
    const holder = known.get(this);
    const isItem = Array.isArray(this);
    const inSecret = !!holder && (holder.inSecret || isSecret(name));
    const step = isItem ? `[${name}]` : `.${/^[\w$-]{1,64}$/.test(name) ? name : "…"}`;
    const here = holder ? holder.place + step : place;
    // As it was before a toJSON of its own, unless a getter gives it, which is not asked again.
    const original: unknown = Object.getOwnPropertyDescriptor(this, name)?.value;
    const isLost = value === undefined && (inSecret || isItem);
    const loss = isLost ? "undefined" : lossOf(original, value);
    check(!loss, `${here} is ${loss}`);
    known.set(value, { place: here, inSecret });
    return value;
  }
  try {
    return JSON.stringify(value, replacer) as string | undefined;
  } catch (error) {
    const problem = problemIn(error);
    if (problem) throw problem;
    // Neither the engine's words nor those of a toJSON are passed on: they can quote the value.
    const { name, message = "" } = readThrown(error) ?? {};
    const isCycle = name === "TypeError" && /cycl|circular/i.test(message);
    const what = name === "RangeError" ? "too many levels" : "a toJSON or a getter that throws";
    throw new Problem(`${place} holds ${isCycle ? "a cycle" : what}`);
  }
}

/** What JSON would drop or replace, in words that follow its place; undefined where it writes it all. */
function lossOf(original: unknown, value: unknown): string | undefined {
  // By a toJSON of their own, bytes become numbers and an invalid date null.
  if (/(?:\w+Array|Buffer|View)]$/.test(tagOf(original))) return "bytes, not text";
  if (tagOf(original) === "[object Date]" && Number.isNaN(Number(original)))
    return "an invalid date";
  if (typeof value === "number") return Number.isFinite(value) ? undefined : "not a finite number";
  if (/^(?:function|symbol|bigint)$/.test(typeof value)) return `a ${typeof value}`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const tag = tagOf(value);
  // What `new String("…")` and the like hold is written.
  if (/^\[object (?:String|Number|Boolean)]$/.test(tag)) return lossOf("", value.valueOf());
  if (typeof (value as { then?: unknown }).then === "function") return "a promise: await it";
  if (Symbol.iterator in value || Symbol.asyncIterator in value) return "a collection or a stream";
  const prototype = Object.getPrototypeOf(value) as object | null;
  // By what it has, since every realm has its own Object.prototype.
  const isPlain = prototype === null || Object.hasOwn(prototype, "isPrototypeOf");
  const shows = Object.keys(value).length > 0 || (isPlain && Reflect.ownKeys(value).length === 0);
  return shows && tag !== "[object Error]" ? undefined : "an object that JSON cannot show";
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}
