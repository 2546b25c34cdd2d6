import { createQuerySerializer } from "openapi-fetch";
import type { JsonKind, Operation } from "../generated/spec.js";
import type { Check } from "./errors.js";
import { kindOf, writeJson } from "./json.js";
import { readFields, type Fields } from "./options.js";
import { isSecretName } from "./secrets.js";

/** The input of a call, checked, and each part of it in the place that the spec gives it. */
export interface Request {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Written once, so that every attempt sends the same bytes, whatever becomes of the object. */
  readonly body: string | undefined;
}

/** Checks the input of an operation. */
export function readInput(operation: Operation, given: unknown = {}, check: Check): Request {
  const names = [...Object.keys(operation.parameters), "body"];
  const input = readFields(given, "input", names, check);
  const parameters = readParameters(operation, input, check);
  return { ...parameters, body: serialiseBody(operation, input.body, check) };
}

function readParameters({ parameters }: Operation, input: Fields, check: Check) {
  // Of no class, so that a parameter may have any name.
  const path: Record<string, string> = { __proto__: null } as never;
  const query: Record<string, unknown> = { __proto__: null };
  for (const [name, { in: place, required }] of Object.entries(parameters)) {
    const value = input[name];
    check(value !== undefined || !required, `${name} is missing: pass this ${place} parameter`);
    if (value === undefined) continue;
    if (place === "query") query[name] = checkQuery(name, value, check);
    else path[name] = checkSegment(name, value, check);
  }
  return { path, query };
}

function checkSegment(name: string, value: unknown, check: Check): string {
  const isValue = typeof value === "string" || Number.isFinite(value);
  check(isValue, `${name} must be a string or a finite number`);
  const segment = String(value);
  check(segment.trim(), `${name} is blank: pass this path parameter`);
  // Proxies decode a path once more than they should: then these would end or leave the segment.
  const isUnsafe = /[/\\%?#;\0-\x1f\x7f-\x9f]|^\s*\.{1,2}\s*$/.test(segment);
  const rule = "it must be one segment, without / \\ % ? # ; or dots alone";
  check(!isUnsafe && segment.isWellFormed(), `${name} is unsafe in a path: ${rule}`);
  return segment;
}

/** Fills in a path template, for openapi-fetch and for the check of what it made of it. */
export function fillPath(template: string, path: Request["path"]): string {
  const fill = (_: string, name: string) => encodeURIComponent(path[name] ?? "");
  return template.replace(/\{([^{}]+)\}/g, fill);
}

/** A plain value, or one level of plain values: for more, a query has no agreed form. */
function checkQuery(name: string, value: unknown, check: Check): unknown {
  const isObject = Object.prototype.toString.call(value) === "[object Object]";
  const copy: unknown = Array.isArray(value)
    ? [...(value as unknown[])]
    : isObject
      ? { ...(value as object) }
      : value;
  const isPlain = (part: unknown) =>
    typeof part === "string"
      ? part.isWellFormed()
      : typeof part === "boolean" || Number.isFinite(part);
  const parts = isObject || Array.isArray(copy) ? Object.entries(copy as object).flat() : [copy];
  const kinds = "a string, finite number or boolean, or an array or object of these";
  check(parts.every(isPlain), `${name} must be ${kinds}`);
  return copy;
}

/** Writes each query parameter in the style that the spec gives it: openapi-fetch knows one for all. */
export function serialiseQuery({ parameters }: Operation, query: Request["query"]): string {
  const written = Object.entries(query).map(([name, value]) => {
    const style = parameters[name] as { style: "form"; explode: boolean };
    const serialise = createQuerySerializer({ array: style, object: style });
    return serialise({ [encodeURIComponent(name)]: encodeNames(value, style.style) });
  });
  return written.filter(Boolean).join("&");
}

/** openapi-fetch leaves the names inside an object as they are, and joins them with `&` or commas. */
function encodeNames(value: unknown, style: string): unknown {
  if (typeof value !== "object" || Array.isArray(value)) return value;
  const pairs = Object.entries(value as object);
  if (/Delimited$/.test(style)) return pairs.flat();
  return Object.fromEntries(pairs.map(([name, at]) => [encodeURIComponent(name), at]));
}

function serialiseBody({ body, secrets }: Operation, value: unknown, check: Check) {
  if (value === undefined && !body?.required) return undefined;
  check(body, "body must be left out: the operation has none");
  const expected = `a JSON ${body.kinds.join(" or ")}`;
  check(value !== undefined, `body is missing: pass ${expected}`);
  const isSecret = (name: string) => secrets.includes(name) || isSecretName(name);
  const text = writeJson(value, "body", isSecret, check);
  // Short of parsing all of it again, its first character tells an object or a list.
  const [first = ""] = text ?? "";
  const kind = { "{": "object", "[": "array" }[first] ?? (text && kindOf(JSON.parse(text)));
  check(body.kinds.includes(kind as JsonKind), `body must be ${expected}`);
  return text;
}
