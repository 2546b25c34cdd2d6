import { readFile } from "node:fs/promises";
import path from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build, transform } from "esbuild";
import { rollup } from "@rollup/wasm-node";
import webpack from "webpack";

/** Bundles a file as a service would; gives the code, which may be minified or not. */
type Bundler = (entry: string) => Promise<string>;

const isExternal = /^(?:undici$|node:)/;

const bundlers: Record<string, Bundler> = {
  async esbuild(entry) {
    const external = ["undici", "node:*"];
    const { outputFiles } = await build({
      ...{ entryPoints: [entry], bundle: true, format: "esm", external, write: false },
      // It says that it drops the import, which is what is wanted.
      logLevel: "error",
    });
    return outputFiles.map(({ text }) => text).join("");
  },
  async rollup(entry) {
    const bundle = await rollup({
      ...{ input: entry, external: isExternal, plugins: [nodeResolve()] },
      logLevel: "silent",
    });
    const { output } = await bundle.generate({ format: "es" });
    await bundle.close();
    return output[0].code;
  },
  async webpack(entry) {
    const folder = path.dirname(entry);
    const filename = `${path.basename(entry)}.packed.js`;
    await runWebpack({
      ...{ entry, context: folder, mode: "production", target: "node" },
      ...{ externals: { undici: "commonjs undici" }, output: { path: folder, filename } },
    });
    return readFile(path.join(folder, filename), "utf8");
  },
};

/** What each bundler makes of a file, minified, by the bundler's name. */
export async function bundleWithAll(entry: string): Promise<Map<string, string>> {
  const bundles = new Map<string, string>();
  for (const [name, bundle] of Object.entries(bundlers)) {
    const { code } = await transform(await bundle(entry), { minify: true, format: "esm" });
    bundles.set(name, code.trim());
  }
  return bundles;
}

function runWebpack(config: webpack.Configuration): Promise<void> {
  return new Promise((resolve, reject) => {
    webpack(config, (error, stats) => {
      if (error ?? stats?.hasErrors()) reject(error ?? new Error(stats?.toString("errors-only")));
      else resolve();
    });
  });
}
