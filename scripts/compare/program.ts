import path from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

import { PipelineError } from "../openapi/refuse.js";
import { fileNames, type Side } from "./base.js";

/** One side as TypeScript understands it. */
export interface Compiled {
  readonly label: string;
  /** What a module exports: `generated/spec.ts`, or one that the facade makes of it. */
  readonly exportsOf: (module: string) => ReadonlyMap<string, ts.Symbol>;
  /** What TypeScript has against a module of the facade; undefined where it compiles. */
  readonly problemOf: (module: string) => string | undefined;
}

/** Both sides in one program, without which TypeScript could not relate their types. */
export interface Program {
  readonly checker: ts.TypeChecker;
  readonly old: Compiled;
  readonly new: Compiled;
}

/** The part of the facade that makes types of its own of the generated ones. */
export const facade = "src/types.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replaceAll("\\", "/");

/**
 * Compiles both sides in memory. Each is a copy of the repository in which `generated/` is the side's,
 * so that the facade's own types are derived from it as they are in the package.
 */
export function compile(old: Side, next: Side): Program {
  const options = readOptions();
  const sides = { old: `${root}.compare/old/`, new: `${root}.compare/new/` };
  const files = new Map<string, string>();
  for (const [folder, side] of [
    [sides.old, old],
    [sides.new, next],
  ] as const) {
    for (const [name, text] of side.files) files.set(`${folder}generated/${name}`, text);
  }
  const host = createHost(options, files, Object.values(sides));
  const roots = [...files.keys(), ...Object.values(sides).map((folder) => folder + facade)];
  const program = ts.createProgram(roots, options, host);
  const compiled = (folder: string, { label }: Side): Compiled => {
    for (const name of fileNames) {
      const problem = problemOf(program, `${folder}generated/${name}`);
      if (problem !== undefined) throw new PipelineError(`${label}: does not compile: ${problem}`);
    }
    return {
      label,
      exportsOf: (module) => exportsOf(program, folder + module),
      problemOf: (module) => problemOf(program, folder + module),
    };
  };
  return {
    checker: program.getTypeChecker(),
    old: compiled(sides.old, old),
    new: compiled(sides.new, next),
  };
}

/** The repository's own strictness, with no more library than the types ask for. */
function readOptions(): ts.CompilerOptions {
  const read = (file: string): string | undefined => ts.sys.readFile(file);
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, read) as {
    config?: { compilerOptions?: unknown };
  };
  return {
    ...ts.convertCompilerOptionsFromJson(config?.compilerOptions, root).options,
    lib: ["lib.es5.d.ts"],
    types: [],
    // Without the look for a package.json beside each file, of which there is none.
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noEmit: true,
  };
}

function createHost(
  options: ts.CompilerOptions,
  files: ReadonlyMap<string, string>,
  folders: readonly string[],
): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const isGenerated = (file: string): boolean =>
    folders.some((folder) => file.startsWith(`${folder}generated/`));
  /** What is not generated is the same on both sides: the repository's. */
  const original = (file: string): string => {
    const folder = folders.find((folder) => file.startsWith(folder));
    return folder === undefined ? file : root + file.slice(folder.length);
  };
  return Object.assign(host, {
    fileExists: (file: string) =>
      isGenerated(file) ? files.has(file) : ts.sys.fileExists(original(file)),
    readFile: (file: string) =>
      isGenerated(file) ? files.get(file) : ts.sys.readFile(original(file)),
    directoryExists: () => true,
  });
}

function exportsOf(program: ts.Program, file: string): ReadonlyMap<string, ts.Symbol> {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const symbols = module === undefined ? [] : checker.getExportsOfModule(module);
  return new Map(symbols.map((symbol) => [symbol.name, symbol]));
}

/** The first of TypeScript's errors in a file, with its place. */
function problemOf(program: ts.Program, file: string): string | undefined {
  const source = program.getSourceFile(file);
  if (source === undefined) return undefined;
  const [syntax] = program.getSyntacticDiagnostics(source);
  const problem = syntax ?? program.getSemanticDiagnostics(source)[0];
  if (problem === undefined) return undefined;
  const { line, character } = source.getLineAndCharacterOfPosition(problem.start ?? 0);
  const text = ts.flattenDiagnosticMessageText(problem.messageText, " ");
  return `${path.posix.basename(file)}:${line + 1}:${character + 1} ${text}`;
}
