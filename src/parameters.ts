import type { Operation } from "../generated/spec.js";
import { decodePercent } from "./decode.js";
import type { Check } from "./errors.js";
import type { Fields } from "./options.js";

/** No honest value is wrapped so often. */
const deepestLayer = 100;

/** Checks an input's parameters, and puts each in the place that the spec gives it. */
export function placeParameters(operation: Operation, input: Fields, check: Check) {
  let { path } = operation;
  // Of no class, so that a parameter may have any name.
  const query: Record<string, unknown> = { __proto__: null };
  for (const [name, { in: place, required }] of Object.entries(operation.parameters)) {
    const value = input[name];
    check(value !== undefined || !required, `${name} is missing: pass this ${place} parameter`);
    if (value === undefined) continue;
    if (place === "query") query[name] = checkQuery(name, value, check);
    else path = path.replaceAll(`{${name}}`, encodeURIComponent(checkSegment(name, value, check)));
  }
  return { path, query };
}

function checkSegment(name: string, value: unknown, check: Check): string {
  const isValue = typeof value === "string" || Number.isFinite(value);
  check(isValue, `${name} must be a string or a finite number`);
  const segment = String(value);
  check(segment.trim(), `${name} is blank: pass this path parameter`);
  const isSafe = isSegment(segment) && isSegmentWithin(segment);
  check(isSafe, `${name} is unsafe in a path: it must be one segment, however it is decoded`);
  return segment;
}

function isSegment(text: string): boolean {
  return text.isWellFormed() && !/[/\\\0-\x1f\x7f-\x9f]|^\.{1,2}$/.test(text);
}

/** Proxies and frameworks decode a path once more than they should: looks through every layer. */
function isSegmentWithin(segment: string): boolean {
  let layer = segment;
  for (let depth = 0; depth < deepestLayer; depth++) {
    // Layers of %25 go at once, however many.
    const inner = decodePercent(layer.replace(/%(?:25)+/g, "%"));
    if (inner === layer) return isSegment(layer);
    layer = inner;
  }
  return false;
}

// A plain value, or one level of plain values: for more, a query has no agreed form.
function checkQuery(name: string, value: unknown, check: Check): unknown {
  const isList = Array.isArray(value);
  const isObject = Object.prototype.toString.call(value) === "[object Object]";
  const copy = isList ? [...(value as unknown[])] : isObject ? { ...(value as object) } : value;
  const parts = isList || isObject ? Object.entries(copy as object).flat() : [value];
  const isPlain = parts.every((part) =>
    typeof part === "string"
      ? part.isWellFormed()
      : typeof part === "boolean" || Number.isFinite(part),
  );
  const expected = "a string, finite number or boolean, or an array or object of these";
  check(isPlain, `${name} must be ${expected}`);
  return copy;
}
