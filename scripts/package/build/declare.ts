import path from "node:path";
import ts from "typescript";

/**
 * The declarations that the entries of `src/` reach, with their maps, by path from `folder`, in which
 * they will stand: TypeScript declares the inner files too, but nobody can import those.
 */
export function declare(root: string, folder: string, entries: string[]): Map<string, string> {
  const declared = emit(path.join(root, "scripts/package/tsconfig.build.json"), root);
  const reached = new Map<string, string>();
  const queue = entries.map((entry) => `src/${entry}.d.ts`);
  for (const file of queue) {
    const text = declared.get(file);
    if (text === undefined || reached.has(file)) continue;
    reached.set(file, text);
    reached.set(`${file}.map`, moved(declared.get(`${file}.map`) ?? "", file, root, folder));
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      queue.push(path.posix.join(path.posix.dirname(file), fileName).replace(/\.js$/, ".d.ts"));
    }
  }
  return reached;
}

/** A map whose source is named from where the declaration will stand. */
function moved(map: string, file: string, root: string, folder: string): string {
  const [to, from] = [path.dirname(path.join(folder, file)), path.dirname(path.join(root, file))];
  const { sources, ...rest } = JSON.parse(map) as { sources: string[] };
  const fromThere = (source: string) =>
    path.relative(to, path.join(from, source)).replaceAll(path.sep, "/");
  return JSON.stringify({ ...rest, sources: sources.map(fromThere) });
}

function emit(configFile: string, root: string): Map<string, string> {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(inWords([diagnostic], root));
    },
  };
  const config = ts.getParsedCommandLineOfConfigFile(configFile, undefined, host);
  if (config === undefined) throw new Error("tsconfig.build.json cannot be read");
  const program = ts.createProgram(config.fileNames, config.options);
  const files = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (file, text) => {
    files.set(path.relative(root, file).replaceAll(path.sep, "/"), text);
  });
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length > 0) throw new Error(inWords(problems, root));
  return files;
}

function inWords(diagnostics: readonly ts.Diagnostic[], root: string): string {
  return ts.formatDiagnostics(diagnostics, {
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name) => name,
    getNewLine: () => "\n",
  });
}
