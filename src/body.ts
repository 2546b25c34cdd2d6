import type { JsonKind, Operation } from "../generated/spec.js";
import type { Check } from "./errors.js";

/** The kind of a value that is JSON. */
export function kindOf(value: unknown): JsonKind {
  return value === null ? "null" : Array.isArray(value) ? "array" : (typeof value as JsonKind);
}

/**
 * The request body as it goes over the wire; undefined where there is none. It is written once, so
 * that every attempt sends the same bytes, whatever becomes of the object.
 */
export function serialiseBody({ body }: Operation, value: unknown, check: Check) {
  if (value === undefined && !body?.required) return undefined;
  check(body, "body must be left out: the operation has none");
  const expected = `a JSON ${body.kinds.join(" or ")}`;
  check(value !== undefined, `body is missing: pass ${expected}`);
  const text = stringify(value, check);
  check(text && body.kinds.includes(kindOfText(text)), `body must be ${expected}`);
  return text;
}

/** Short of parsing it all again, its first character tells. */
function kindOfText(text: string): JsonKind {
  const kinds: Record<string, JsonKind> = { "{": "object", "[": "array", '"': "string" };
  return kinds[text.charAt(0)] ?? kindOf(JSON.parse(text));
}

function stringify(value: unknown, check: Check): string | undefined {
  let isLossy = false;
  let text: string | undefined;
  try {
    text = JSON.stringify(value, function (this: object, name, item: unknown) {
      // A Buffer comes as what its toJSON made of it. Not read again: a getter may give a thing once.
      const given: unknown = Object.getOwnPropertyDescriptor(this, name)?.value;
      isLossy ||= ArrayBuffer.isView(given) || isLost(item);
      return item;
    });
  } catch (error) {
    // Neither the engine's words nor those of a toJSON are passed on: they can quote the body.
    const words = error instanceof TypeError ? error.message : "";
    const isCyclic = /cycl|circular/i.test(words) && "holds a cycle";
    const isBig = /bigint/i.test(words) && "holds a BigInt";
    const isDeep = error instanceof RangeError && "is nested too deeply";
    const problem = isCyclic || isBig || isDeep || "holds a toJSON or a getter that throws";
    check(false, `body cannot be written as JSON: it ${problem}`);
  }
  check(!isLossy, "body cannot be written as JSON: it holds bytes, a promise, a Map or the like");
  return text;
}

/** True for what JSON would write as {}, and for bytes: among their numbers no secret is found again. */
function isLost(item: unknown): boolean {
  if (typeof item !== "object" || !item) return false;
  const tag = Object.prototype.toString.call(item);
  const isPlain = /\b(?:Object|Array|String|Number|Boolean)]$/.test(tag);
  return ArrayBuffer.isView(item) || (!isPlain && Object.keys(item).length === 0);
}
