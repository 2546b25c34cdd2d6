import { fileURLToPath } from "node:url";

import { format as prettier, resolveConfig } from "prettier";

/** The first line of every generated file, whatever file it was generated from. */
const banner = "// Generated from openapi/ by `npm run generate`. Do not edit.";

/**
 * Longer code stays as it was emitted, which is regular and readable too: Prettier would take longer
 * than all other steps together, for code that nobody reads from end to end.
 */
const longest = 50_000;

/**
 * The text of a generated file, formatted as the repository's own are, wherever it is written. Objects
 * keep the lines that they are given, or else are collapsed into one line where they fit.
 */
export async function format(
  code: string,
  objectWrap: "preserve" | "collapse" = "preserve",
): Promise<string> {
  const text = `${banner}\n\n${code}`;
  if (text.length > longest) return text;
  const neighbour = fileURLToPath(new URL("../../../generated/spec.ts", import.meta.url));
  const config = await resolveConfig(neighbour, { editorconfig: true });
  return prettier(text, { ...config, parser: "typescript", objectWrap });
}
