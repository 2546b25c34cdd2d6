import { createQuerySerializer } from "openapi-fetch";
import type { JsonKind, Operation } from "../generated/spec.js";
import { check } from "./errors.js";
import { kindOf, writeJson } from "./json.js";
import { readFields } from "./options.js";
import { isSecretName } from "./secrets.js";

/** The input of a call, checked, and each part of it in the place that the spec gives it. */
export type Request = ReturnType<typeof readInput>;

/** Checks the input of an operation. */
export function readInput(operation: Operation, given: unknown = {}) {
  const parameters = Object.entries(operation.parameters);
  const input = readFields(given, "input", [...parameters.map(([name]) => name), "body"]);
  // Of no class, so that a parameter may have any name.
  const path: Record<string, string> = { __proto__: null } as never;
  const query: Record<string, unknown> = { __proto__: null };
  for (const [name, { in: place, required }] of parameters) {
    const value = input[name];
    check(value !== undefined || !required, `${name} is missing: pass this ${place} parameter`);
    if (value === undefined) continue;
    if (place === "query") query[name] = readQuery(name, value);
    else path[name] = readSegment(name, value);
  }
  // Written once, so that every attempt sends the same bytes, whatever becomes of the object.
  return { path, query, body: writeBody(operation, input["body"]) };
}

function readSegment(name: string, value: unknown): string {
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

/** A plain value or a list of them, copied. */
function readQuery(name: string, value: unknown): unknown {
  const items: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [value];
  const isPlain = (item: unknown) =>
    typeof item === "string"
      ? item.isWellFormed()
      : typeof item === "boolean" || Number.isFinite(item);
  const kinds = "a string, finite number or boolean, or a list of these";
  check(items.every(isPlain), `${name} must be ${kinds}`);
  return Array.isArray(value) ? items : value;
}

/** Writes each query parameter in the style that the spec gives it: openapi-fetch knows one for all. */
export function serialiseQuery({ parameters }: Operation, query: Request["query"]): string {
  const written = Object.entries(query).map(([name, value]) => {
    const array = parameters[name] as { style: "form"; explode: boolean };
    return createQuerySerializer({ array })({ [encodeURIComponent(name)]: value });
  });
  return written.filter(Boolean).join("&");
}

function writeBody({ body, secrets }: Operation, value: unknown): string | undefined {
  if (value === undefined && !body?.required) return undefined;
  check(body, "body must be left out: the operation has none");
  const expected = `a JSON ${body.kinds.join(" or ")}`;
  check(value !== undefined, `body is missing: pass ${expected}`);
  const text = writeJson(value, "body", (name) => secrets.includes(name) || isSecretName(name));
  // Short of parsing all of it again, its first character tells an object or a list.
  const [first = ""] = text ?? "";
  const kind = { "{": "object", "[": "array" }[first] ?? (text && kindOf(JSON.parse(text)));
  check(body.kinds.includes(kind as JsonKind), `body must be ${expected}`);
  return text;
}
