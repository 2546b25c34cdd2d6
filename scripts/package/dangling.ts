import path from "node:path";
import ts from "typescript";

/** The files of a package, by path. */
export type Files = ReadonlyMap<string, string>;

/** What a source map says of where it comes from. */
interface SourceMap {
  readonly file?: string;
  readonly sourceRoot?: string;
  readonly sources: readonly string[];
}

/** Where a debugger or an editor that follows the maps of a package would find nothing. */
export function findDangling(files: Files): string[] {
  return [...files].flatMap(([file, text]) => {
    if (file.endsWith(".map")) return problemsOfMap(file, text, files);
    if (/\.(?:js|cjs|d\.ts)$/.test(file)) return problemsOfCode(file, text, files);
    return file.endsWith(".ts") ? problemsOfSource(file, text, files) : [];
  });
}

function problemsOfMap(map: string, text: string, files: Files): string[] {
  const own = path.posix.basename(map, ".map");
  const { sources, sourceRoot = "", file = own } = JSON.parse(text) as SourceMap;
  const problems = sources.flatMap((source) => problemsOfPath(map, source, files));
  if (sources.length === 0) problems.push(`${map} names no source`);
  if (sourceRoot !== "") problems.push(`${map} starts from ${sourceRoot}, not from where it is`);
  if (file !== own) problems.push(`${map} is of another file: ${file}`);
  return problems;
}

function problemsOfCode(file: string, text: string, files: Files): string[] {
  const map = /^\/\/# sourceMappingURL=(.+)\s*$/m.exec(text)?.[1];
  return map === undefined ? [`${file} names no map`] : problemsOfPath(file, map, files);
}

/** Whoever has gone to a source goes on from there. */
function problemsOfSource(file: string, text: string, files: Files): string[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => resolve(file, fileName.replace(/\.js$/, ".ts")))
    .filter((imported) => !files.has(imported))
    .map((imported) => `${file} imports ${imported}, which is not packed`);
}

function problemsOfPath(from: string, to: string, files: Files): string[] {
  if (/^(?:[\w+.-]+:|[/\\])/.test(to)) return [`${from} names ${to}, which is not relative`];
  const target = resolve(from, to);
  if (target.startsWith("../")) return [`${from} names ${to}, which is outside of the package`];
  return files.has(target) ? [] : [`${from} names ${to}, which is not packed`];
}

/** A path that a file of the package names relative to itself, from the top of the package. */
function resolve(from: string, to: string): string {
  return path.posix.join(path.posix.dirname(from), to);
}
