import { fileURLToPath } from "node:url";

import { format as prettier, resolveConfig } from "prettier";

/**
 * Longer code stays as it was emitted, which is regular and readable too: Prettier would take several
 * times as long as all other steps together, for code that nobody reads from end to end.
 */
const longest = 500_000;

/** Formats code as the repository's own files are, wherever the result is written. */
export async function format(code: string): Promise<string> {
  if (code.length > longest) return code;
  const neighbour = fileURLToPath(new URL("../../../generated/spec.ts", import.meta.url));
  const config = await resolveConfig(neighbour, { editorconfig: true });
  return prettier(code, { ...config, parser: "typescript" });
}
