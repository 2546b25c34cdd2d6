import type { Operation } from "../generated/spec.js";
import { decodePercent } from "./decode.js";
import type { Check } from "./errors.js";

/** The parameters of a call, checked, by the place where they go. */
export interface Placed {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
}

/** Sorts an input's parameters by the place that the spec gives them, and checks each. */
export function placeParameters({ parameters }: Operation, input: object, check: Check): Placed {
  const given = new Map<string, unknown>(Object.entries(input));
  const path: [string, string][] = [];
  const query: [string, unknown][] = [];
  for (const [name, { in: place, required }] of Object.entries(parameters)) {
    const value = given.get(name);
    check(value !== undefined || !required, `${name} is missing: pass this ${place} parameter`);
    if (value === undefined) continue;
    if (place === "path") path.push([name, checkSegment(name, value, check)]);
    else query.push([name, checkQuery(name, value, check)]);
  }
  return { path: Object.fromEntries(path), query: Object.fromEntries(query) };
}

/** No honest value is wrapped so often. */
const deepestLayer = 100;

/** The path template with its parameters in place. */
export function fillPath(template: string, path: Placed["path"]): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] as string),
  );
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
  return !/[/\\\0-\x1f\x7f-\x9f\ud800-\udfff]|^\.{1,2}$/u.test(text);
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
      ? !/[\ud800-\udfff]/u.test(part)
      : typeof part === "boolean" || Number.isFinite(part),
  );
  const expected = "a string, finite number or boolean, or an array or object of these";
  check(isPlain, `${name} must be ${expected}`);
  return copy;
}
