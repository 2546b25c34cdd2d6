import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll } from "vitest";
import { bundle } from "../../scripts/package/build/bundle.js";
import { generate } from "../../scripts/generate/generate.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The spec of this package, as text. */
export const spec = await readFile(path.join(root, "openapi/peaka.yaml"), "utf8");

/** A package like this one whose `generated/` comes from another spec, its `src/` being the same. */
export interface Copy {
  folder: string;
  /** A line on each operation that the facade cannot carry. */
  leftOut: readonly string[];
}

/** What the rebuilt package exports. */
export type Rebuilt = typeof import("../../src/index.js");

const folders: string[] = [];

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

/** Copies this package and regenerates the copy from a spec; it is gone after the tests of the file. */
export async function regenerate(document: string): Promise<Copy> {
  const folder = await mkdtemp(path.join(tmpdir(), "peaka-client-copy-"));
  folders.push(folder);
  const at = (...names: string[]) => path.join(folder, ...names);
  await cp(path.join(root, "src"), at("src"), { recursive: true });
  await symlink(path.join(root, "node_modules"), at("node_modules"), "dir");
  await writeFile(at("package.json"), '{ "type": "module" }');
  await mkdir(at("openapi"));
  await writeFile(at("openapi/peaka.yaml"), document);
  const { files, leftOut } = await generate(at("openapi/peaka.yaml"));
  await mkdir(at("generated"));
  for (const [name, text] of files) await writeFile(at("generated", name), text);
  return { folder, leftOut };
}

/** Builds a copy as this package is built, and imports the result. */
export async function build({ folder }: Copy): Promise<Rebuilt> {
  const files = await bundle(folder, { index: "index" });
  await mkdir(path.join(folder, "dist"));
  for (const [name, text] of files) await writeFile(path.join(folder, "dist", name), text);
  const { href } = pathToFileURL(path.join(folder, "dist/index.js"));
  return (await import(/* @vite-ignore */ href)) as Rebuilt;
}
