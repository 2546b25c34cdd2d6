import path from "node:path";
import { importsOf, mapOf, readMap, resolve, type Files } from "./links.js";

/** What people, npm and TypeScript look for by its name. */
const known = ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md"];

/** The fields of package.json that name files of the package. */
const pointers = ["exports", "main", "module", "types", "typesVersions"];

/** Which files nobody can come to need, and which are needed and are not there. */
export function findStrays(files: Files): string[] {
  const reached = new Set<string>();
  const problems: string[] = [];
  const queue = [...known, ...entriesOf(files)].map((file) => ({ file, by: "package.json" }));
  for (const { file, by } of queue) {
    if (reached.has(file)) continue;
    reached.add(file);
    const text = files.get(file);
    if (text === undefined) problems.push(`${by} needs ${file}, which is not packed`);
    else queue.push(...neededBy(file, text, files).map((next) => ({ file: next, by: file })));
  }
  const strays = [...files.keys()].filter((file) => !reached.has(file));
  return [...problems, ...strays.map((file) => `${file} is packed, and nothing needs it`)];
}

function entriesOf(files: Files): string[] {
  const manifest = JSON.parse(files.get("package.json") ?? "{}") as Record<string, unknown>;
  const named = pointers.flatMap((pointer) => stringsIn(manifest[pointer]));
  return named.map((file) => path.posix.normalize(file));
}

function neededBy(file: string, text: string, files: Files): string[] {
  if (file.endsWith(".map")) return readMap(text).sources.map((source) => resolve(file, source));
  // Sources are there to be read: it is maps that ask for them, and not other sources.
  if (!/\.(?:js|cjs|d\.ts)$/.test(file)) return [];
  const map = mapOf(text);
  return [
    ...importsOf(file, text),
    ...(map === undefined ? [] : [resolve(file, map)]),
    ...manifestsAbove(file).filter((manifest) => files.has(manifest)),
  ];
}

/** Where the files that say which kind of module a file is can stand. */
function manifestsAbove(file: string): string[] {
  const folders = file.split("/").slice(0, -1);
  return folders.map((_, depth) => [...folders.slice(0, depth + 1), "package.json"].join("/"));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
