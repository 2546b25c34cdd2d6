import { fileURLToPath } from "node:url";
import path from "node:path";
import { build } from "esbuild";

/** Writes the suite as one plain file for each format. It fails where the suite needs a system's module. */
export async function compileSuite(folder: string): Promise<void> {
  const entry = fileURLToPath(new URL("suite.ts", import.meta.url));
  for (const [format, file] of Object.entries({ esm: "suite.mjs", cjs: "suite.cjs" })) {
    await build({
      entryPoints: [entry],
      outfile: path.join(folder, file),
      bundle: true,
      format: format as "esm" | "cjs",
      platform: "neutral",
      target: "es2022",
      logLevel: "error",
    });
  }
}
