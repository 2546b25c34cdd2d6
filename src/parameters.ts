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

/** The path template with its parameters in place. */
export function fillPath(template: string, path: Placed["path"]): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ""),
  );
}

function checkSegment(name: string, value: unknown, check: Check): string {
  const isValue = typeof value === "string" || Number.isFinite(value);
  check(isValue, `${name} must be a string or a finite number`);
  const segment = String(value);
  check(segment.trim(), `${name} is blank: pass this path parameter`);
  // Proxies and frameworks decode a path once more than they should: look through every layer.
  const isUnsafe = [segment, decodeFully(segment)].some((layer) =>
    /[/\\\p{Cc}\p{Cs}]|^\.{1,2}$/u.test(layer),
  );
  check(!isUnsafe, `${name} is unsafe in a path: it must be one segment, however it is decoded`);
  return segment;
}

function decodeFully(segment: string): string {
  // Layers of %25 go at once, or a long run of them would take as many rounds.
  const decoded = decodePercent(segment.replace(/%(?:25)+/g, "%"));
  return decoded === segment ? decoded : decodeFully(decoded);
}

// A plain value, or one level of plain values: for more, a query has no agreed form.
function checkQuery(name: string, value: unknown, check: Check): unknown {
  const isList = Array.isArray(value);
  const isObject = Object.prototype.toString.call(value) === "[object Object]";
  const copy = isList ? [...(value as unknown[])] : isObject ? { ...(value as object) } : value;
  const parts = isList || isObject ? Object.entries(copy as object).flat() : [value];
  const isPlain = parts.every((part) =>
    typeof part === "string"
      ? !/\p{Cs}/u.test(part)
      : typeof part === "boolean" || Number.isFinite(part),
  );
  const expected = "a string, finite number or boolean, or an array or object of these";
  check(isPlain, `${name} must be ${expected}`);
  return copy;
}
