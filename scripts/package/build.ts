import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./build/bundle.js";
import { declare } from "./build/declare.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = path.join(root, "dist");

/** What services import by a path of its own: the names in `dist/`, each with its source in `src/`. */
const entries = { index: "index", undici: "undici", testing: "testing/index" };

// The same text means another kind of module below a package.json that says so.
const declarations = ["types/esm", "types/cjs"].flatMap((folder) =>
  [...declare(root, path.join(dist, folder), Object.values(entries))].map(
    ([file, text]) => [`${folder}/${file}`, text] as const,
  ),
);
const files = [
  ...(await bundle(root, entries)),
  ...declarations,
  ["types/cjs/package.json", '{ "type": "commonjs" }\n'] as const,
];

// Written aside and moved into place whole: a build that fails leaves the last one standing.
await mkdir(path.join(root, ".tmp"), { recursive: true });
const aside = await mkdtemp(path.join(root, ".tmp/build-"));
try {
  for (const [file, text] of files) {
    const target = path.join(aside, "new", file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  await rename(dist, path.join(aside, "old")).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
  await rename(path.join(aside, "new"), dist);
} finally {
  await rm(aside, { recursive: true });
}
console.log(`dist: ${files.length} files`);

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
