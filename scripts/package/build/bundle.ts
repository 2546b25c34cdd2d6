import path from "node:path";
import { build, transform, type BuildOptions, type TransformOptions } from "esbuild";

const common = {
  target: ["es2022", "node20"],
  legalComments: "none",
  sourcesContent: false,
  logLevel: "silent",
} as const satisfies BuildOptions & TransformOptions;

/**
 * One ECMAScript module and one CommonJS module for each entry of `src/`, with their source maps, by
 * file name. The maps name the sources, which stand beside `dist` in the package.
 */
export async function bundle(
  root: string,
  entries: Readonly<Record<string, string>>,
): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    ...common,
    absWorkingDir: root,
    entryPoints: Object.entries(entries).map(([out, entry]) => ({ in: `src/${entry}.ts`, out })),
    bundle: true,
    // A dependency stays a dependency: the service that installs this package shares its copy.
    packages: "external",
    format: "esm",
    platform: "neutral",
    // Where the files will stand; the maps' paths start there.
    outdir: "dist",
    sourcemap: "inline",
    write: false,
  });
  const files = new Map<string, string>();
  for (const { path: file, text } of outputFiles) {
    const name = path.basename(file, ".js");
    // The map inside `text` is carried on into the map of each result.
    await add(files, `${name}.js`, text, { format: "esm" });
    // The CommonJS is made from the bundle and not from the sources. There, this package's
    // `"type": "module"` would make esbuild import as Node's ECMAScript modules do, which take all
    // that a CommonJS dependency exports for its default export. On "node", it also writes down the
    // names of the exports for Node to find.
    await add(files, `${name}.cjs`, text, { format: "cjs", platform: "node" });
  }
  return files;
}

async function add(
  files: Map<string, string>,
  name: string,
  source: string,
  options: TransformOptions,
): Promise<void> {
  const result = { sourcefile: name, sourcemap: "external" } as const;
  const { code, map } = await transform(source, { ...common, ...options, ...result });
  files.set(name, `${code}//# sourceMappingURL=${name}.map\n`);
  files.set(`${name}.map`, map);
}
