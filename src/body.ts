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
  // A Map, a FormData or a promise that was not awaited would all be sent as {}.
  const isExotic = text === "{}" && Object.prototype.toString.call(value) !== "[object Object]";
  check(text && !isExotic && body.kinds.includes(kindOfText(text)), `body must be ${expected}`);
  return text;
}

/** Short of parsing it all again, its first character tells. */
function kindOfText(text: string): JsonKind {
  const kinds: Record<string, JsonKind> = { "{": "object", "[": "array", '"': "string" };
  return kinds[text.charAt(0)] ?? kindOf(JSON.parse(text));
}

function stringify(value: unknown, check: Check): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // Neither the engine's words nor those of a toJSON are passed on: they can quote the body.
    const words = error instanceof TypeError ? error.message : "";
    const isCyclic = /cycl|circular/i.test(words) && "holds a cycle";
    const isBig = /bigint/i.test(words) && "holds a BigInt";
    const isDeep = error instanceof RangeError && "is nested too deeply";
    const problem = isCyclic || isBig || isDeep || "holds a toJSON or a getter that throws";
    check(false, `body cannot be written as JSON: it ${problem}`);
  }
}
