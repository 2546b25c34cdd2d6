import path from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript";

import { PipelineError } from "../openapi/refuse.js";
import { fileNames, type Side } from "./base.js";

/** One side as TypeScript understands it. */
export interface Compiled {
  readonly label: string;
  /** What its `spec.ts` exports. */
  readonly exports: ReadonlyMap<string, ts.Symbol>;
}

/** Both sides in one program, without which TypeScript could not relate their types. */
export interface Program {
  readonly checker: ts.TypeChecker;
  readonly old: Compiled;
  readonly new: Compiled;
}

const root = fileURLToPath(new URL("../..", import.meta.url)).replaceAll("\\", "/");

/** Compiles both sides in memory, each in a folder of its own. */
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
  const program = ts.createProgram([...files.keys()], options, createHost(options, files));
  const compiled = (folder: string, { label }: Side): Compiled => {
    for (const name of fileNames) {
      const problem = problemOf(program, `${folder}generated/${name}`);
      if (problem !== undefined) throw new PipelineError(`${label}: does not compile: ${problem}`);
    }
    return { label, exports: exportsOf(program, `${folder}generated/spec.ts`) };
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
): ts.CompilerHost {
  return Object.assign(ts.createCompilerHost(options), {
    fileExists: (file: string) => files.has(file) || ts.sys.fileExists(file),
    readFile: (file: string) => files.get(file) ?? ts.sys.readFile(file),
    directoryExists: () => true,
  });
}

/** The names that the package's `index.ts` exports of `generated/spec.ts`. */
export function publicNames(): string[] {
  const code = ts.sys.readFile(`${root}src/index.ts`) ?? "";
  const exported = /^export (?:type )?\{([^}]*)\} from "\.\.\/generated\/spec\.js";$/gm;
  return [...code.matchAll(exported)].flatMap(([, names = ""]) => names.match(/\w+/g) ?? []);
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
