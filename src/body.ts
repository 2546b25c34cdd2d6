import type { JsonKind, Operation } from "../generated/spec.js";
import type { Fail } from "./errors.js";

/** The kind of a value that is JSON. */
export function kindOf(value: unknown): JsonKind {
  return value === null ? "null" : Array.isArray(value) ? "array" : (typeof value as JsonKind);
}

/** What the spec's schema asks for, in words. */
export function inWords(kinds: readonly JsonKind[]): string {
  return `a JSON ${kinds.join(" or ")}`;
}

/**
 * The request body as it goes over the wire; undefined where there is none. It is written once, so
 * that every attempt sends the same bytes, whatever becomes of the object.
 */
export function serialiseBody({ body }: Operation, value: unknown, fail: Fail): string | undefined {
  if (value === undefined && !body?.required) return undefined;
  if (!body) fail("body must be left out: the operation has none");
  if (value === undefined) fail(`body is missing: pass ${inWords(body.kinds)}`);
  const text = stringify(value, fail);
  // A Map, a FormData or a promise that was not awaited would all be sent as {}.
  const isExotic = text === "{}" && Object.prototype.toString.call(value) !== "[object Object]";
  if (text === undefined || isExotic || !body.kinds.includes(kindOfText(text))) {
    fail(`body must be ${inWords(body.kinds)}`);
  }
  return text;
}

function kindOfText(text: string): JsonKind {
  const kinds = { "{": {}, "[": [], '"': "", t: true, f: false, n: null };
  const start = text.charAt(0);
  return start in kinds ? kindOf(kinds[start as keyof typeof kinds]) : "number";
}

function stringify(value: unknown, fail: Fail): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // Neither the engine's words nor those of a toJSON are passed on: they can quote the body.
    const words = String(error);
    const isDeep = error instanceof RangeError && "is nested too deeply";
    const isCyclic = /circular|cyclic/i.test(words) && "holds a cycle";
    const isBig = /bigint/i.test(words) && "holds a BigInt";
    const problem = isDeep || isCyclic || isBig || "holds a toJSON or a getter that throws";
    return fail(`body cannot be written as JSON: it ${problem}`);
  }
}
