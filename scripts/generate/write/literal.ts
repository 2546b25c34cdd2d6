import { escapeInvisible } from "../../openapi/visible.js";

/** Writes data as a TypeScript literal that evaluates to the same data. */
export function literal(value: unknown): string {
  const json = escapeInvisible(JSON.stringify(value, null, 2));
  // A line of JSON that begins with a text and a colon begins with a key: no text spans lines.
  return json.replace(
    /^( *)"([A-Za-z_$][\w$]*)":/gm,
    (_, indent: string, key: string) => `${indent}${keyLiteral(key)}:`,
  );
}

/** A key of an object literal. In brackets `__proto__` is a key; without, it would set the prototype. */
export function keyLiteral(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : literal(key);
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
