import { commentText, escapeInvisible } from "../../openapi/visible.js";

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

/** Texts of the document, and tags, as the comment of what follows; nothing where there are none. */
export function docComment(texts: readonly string[], tags: readonly string[] = []): string {
  const safe = texts.map((text) => commentText(text).replaceAll("*/", "*\\/").trim());
  const lines = [...safe.filter(Boolean), ...tags].join("\n\n").split("\n");
  if (lines.join("") === "") return "";
  if (lines.length === 1) return `/** ${lines.join("")} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}
