import type { Json } from "../../openapi/json.js";
import { escapeInvisible } from "../../openapi/visible.js";

/** The width of a line, as Prettier is configured. */
const width = 100;

/** Writes data as a TypeScript literal that evaluates to the same data, laid out as Prettier would. */
export function literal(value: Json, indent = "", used = indent.length): string {
  if (typeof value !== "object" || value === null) return scalarLiteral(value);
  // One character is for the comma or semicolon after it.
  const flat = flatLiteral(value, width - used - 1);
  if (flat !== undefined) return flat;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => `${inner}${literal(item, inner)},`)
    : Object.entries(value).map(([key, item]) => {
        const start = `${inner}${keyLiteral(key)}: `;
        return `${start}${literal(item, inner, start.length)},`;
      });
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return [open, ...lines, `${indent}${close}`].join("\n");
}

/** The literal on one line; undefined as soon as that is longer than the room there is. */
function flatLiteral(value: Json, room: number): string | undefined {
  if (typeof value !== "object" || value === null) return scalarLiteral(value);
  const parts: string[] = [];
  let left = room;
  for (const [key, item] of Object.entries(value)) {
    const start = Array.isArray(value) ? "" : `${keyLiteral(key)}: `;
    const part = flatLiteral(item, left - start.length);
    if (part === undefined) return undefined;
    parts.push(start + part);
    left -= start.length + part.length + ", ".length;
    if (left < 0) return undefined;
  }
  const inside = parts.join(", ");
  if (Array.isArray(value)) return fitting(`[${inside}]`, room);
  return fitting(inside === "" ? "{}" : `{ ${inside} }`, room);
}

function fitting(text: string, room: number): string | undefined {
  return text.length <= room ? text : undefined;
}

function scalarLiteral(value: string | number | boolean | null): string {
  return escapeInvisible(JSON.stringify(value));
}

/** The members of an interface: a type for each name. */
export function typeMembers<T>(
  map: ReadonlyMap<string, T>,
  typeOf: (name: string, value: T) => string,
): string {
  return [...map]
    .map(([name, value]) => `  ${keyLiteral(name)}: ${typeOf(name, value)};\n`)
    .join("");
}

/** A key of an object literal. In brackets `__proto__` is a key; without, it would set the prototype. */
export function keyLiteral(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : scalarLiteral(key);
}
