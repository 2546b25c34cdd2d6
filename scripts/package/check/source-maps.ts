import path from "node:path";
import { importsOf, mapOf, readMap, resolve, type Files } from "./links.js";

/** Where a debugger or an editor that follows the maps would find nothing. */
export function findDangling(files: Files): string[] {
  return [...files].flatMap(([file, text]) => {
    if (file.endsWith(".map")) return problemsOfMap(file, text, files);
    if (/\.(?:js|cjs|d\.ts)$/.test(file)) return problemsOfCode(file, text, files);
    return file.endsWith(".ts") ? problemsOfSource(file, text, files) : [];
  });
}

function problemsOfMap(map: string, text: string, files: Files): string[] {
  const { sources, sourceRoot = "", file = path.posix.basename(map, ".map") } = readMap(text);
  const problems = sources
    .map((source) => problemOfPath(map, source, files))
    .filter((problem) => problem !== undefined);
  if (sources.length === 0) problems.push(`${map} names no source`);
  if (sourceRoot !== "") problems.push(`${map} starts from ${sourceRoot}, not from where it is`);
  if (`${file}.map` !== path.posix.basename(map))
    problems.push(`${map} is of another file: ${file}`);
  return problems;
}

function problemsOfCode(file: string, text: string, files: Files): string[] {
  const map = mapOf(text);
  if (map === undefined) return [`${file} names no map`];
  const problem = problemOfPath(file, map, files);
  return problem === undefined ? [] : [problem];
}

/** Whoever has gone to a source goes on from there. */
function problemsOfSource(file: string, text: string, files: Files): string[] {
  return importsOf(file, text)
    .filter((imported) => !files.has(imported))
    .map((imported) => `${file} imports ${imported}, which is not packed`);
}

function problemOfPath(from: string, to: string, files: Files): string | undefined {
  if (/^(?:[\w+.-]+:|[/\\])/.test(to)) return `${from} names ${to}, which is not relative`;
  const target = resolve(from, to);
  if (target.startsWith("../")) return `${from} names ${to}, which is outside of the package`;
  return files.has(target) ? undefined : `${from} names ${to}, which is not packed`;
}
