import type { Operation } from "../generated/spec.js";
import { decodePercent } from "./decode.js";
import type { Fail } from "./errors.js";

/** The parameters of a call, checked, by the place where they go. */
export interface Placed {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
}

/** Sorts an input's parameters by the place that the spec gives them, and checks each. */
export function placeParameters(
  { parameters }: Operation,
  input: Readonly<Record<string, unknown>>,
  fail: Fail,
): Placed {
  const placed = { path: [] as [string, string][], query: [] as [string, unknown][] };
  for (const [name, { in: place, required }] of Object.entries(parameters)) {
    const value = Object.hasOwn(input, name) ? input[name] : undefined;
    if (value === undefined) {
      if (required) fail(`${name} is missing: pass this ${place} parameter`);
    } else if (place === "path") {
      placed.path.push([name, checkSegment(name, value, fail)]);
    } else {
      placed.query.push([name, checkQuery(name, value, fail)]);
    }
  }
  return { path: Object.fromEntries(placed.path), query: Object.fromEntries(placed.query) };
}

/** The path template with its parameters in place. */
export function fillPath(template: string, path: Placed["path"]): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ""),
  );
}

function checkSegment(name: string, value: unknown, fail: Fail): string {
  if (typeof value !== "string" && !Number.isFinite(value)) {
    fail(`${name} must be a string or a finite number`);
  }
  const segment = String(value);
  if (segment.trim() === "") fail(`${name} is blank: pass the value that the path needs`);
  // Proxies and frameworks decode a path once more than they should: look through every layer.
  if ([segment, decodeFully(segment)].some((text) => /[/\\\p{Cc}\p{Cs}]|^\.{1,2}$/u.test(text))) {
    fail(
      `${name} is unsafe in a path: it must hold no slash, backslash, control character or lone ` +
        `surrogate, and not be . or .., percent-encoded or not`,
    );
  }
  return segment;
}

function decodeFully(segment: string): string {
  // Layers of %25 go at once, or a long run of them would take as many rounds.
  const decoded = decodePercent(segment.replace(/%(?:25)+/g, "%"));
  return decoded === segment ? decoded : decodeFully(decoded);
}

// A plain value, or one level of plain values: for more, a query has no agreed form.
function checkQuery(name: string, value: unknown, fail: Fail): unknown {
  const values = typeof value === "object" && value !== null ? Object.values(value) : [value];
  const isText = (item: unknown) => typeof item === "string" && !/\p{Cs}/u.test(item);
  if (!values.every((item) => isText(item) || typeof item === "boolean" || Number.isFinite(item))) {
    fail(`${name} must be a string, finite number or boolean, or an array or object of these`);
  }
  return value;
}
