import path from "node:path";
import ts from "typescript";

/** The files of a package, by path. */
export type Files = ReadonlyMap<string, string>;

/** What a source map says of where it comes from. */
export interface SourceMap {
  file?: string;
  sourceRoot?: string;
  sources: string[];
}

export function readMap(text: string): SourceMap {
  return JSON.parse(text) as SourceMap;
}

/** The map that a file of code names at its end. */
export function mapOf(text: string): string | undefined {
  return /^\/\/# sourceMappingURL=(.+)\s*$/m.exec(text)?.[1];
}

/** A path that a file of the package names relative to itself, from the top of the package. */
export function resolve(from: string, to: string): string {
  return path.posix.join(path.posix.dirname(from), to);
}

/**
 * The files of this package that a file of code imports. TypeScript's own name theirs by what these
 * will be once compiled.
 */
export function importsOf(file: string, text: string): string[] {
  const { importedFiles, referencedFiles } = ts.preProcessFile(text, true, true);
  const extension = /(?:\.d)?\.ts$/.exec(file)?.[0];
  return [...importedFiles, ...referencedFiles]
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith("."))
    .map((name) => resolve(file, extension ? name.replace(/\.js$/, extension) : name));
}
