import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tests = fileURLToPath(new URL("..", import.meta.url));

/** TypeScript's language service, on a file of a service that uses the client. */
export interface Editor {
  /** What it completes at `|` in this code, the client's own names first. */
  completions: (code: string) => string[];
  /** What it shows of the name after `|` in this code. */
  hover: (code: string) => Hover;
  /** Where the name after `|` in this code is declared, in lines and columns from 0. */
  definition: (code: string) => { file: string; line: number; character: number };
  /** What is wrong with this code, in TypeScript's words. */
  problems: (code: string) => string[];
}

/** A name as an editor explains it. */
export interface Hover {
  readonly signature: string;
  readonly documentation: string;
}

/** Opens a file of a service in this folder, which imports the client by this name. */
export function openEditor(folder = tests, client = "../src/index.js"): Editor {
  // Where a service's file would stand; it exists only in the editor.
  const fileName = path.join(folder, "a-service.mts");
  const start = `import { createPeakaClient } from "${client}";
const peaka = createPeakaClient();
const projectId = "project1";
const connectionId = "connection1";
export { peaka, projectId, connectionId };
`;
  let text = start;
  let version = 0;

  const { config } = ts.readConfigFile(`${root}tsconfig.json`, readText) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, typeRoots: [`${root}node_modules/@types`] }),
    getScriptFileNames: () => [fileName],
    getScriptVersion: (name) => (name === fileName ? String(version) : "0"),
    getScriptSnapshot(name) {
      if (name === fileName) return ts.ScriptSnapshot.fromString(text);
      return ts.sys.fileExists(name)
        ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8"))
        : undefined;
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
    fileExists: (name) => name === fileName || ts.sys.fileExists(name),
    readFile: readText,
    directoryExists: (name) => ts.sys.directoryExists(name),
    getDirectories: (name) => ts.sys.getDirectories(name),
  });

  function write(code: string): void {
    text = start + code;
    version += 1;
  }

  /** Writes code without its mark, and gives the mark's place. */
  function placeIn(code: string): number {
    const at = code.indexOf("|");
    write(code.slice(0, at) + code.slice(at + 1));
    return start.length + at;
  }

  return {
    completions(code) {
      const found = service.getCompletionsAtPosition(fileName, placeIn(code), {});
      return (found?.entries ?? []).map(({ name }) => name);
    },
    hover(code) {
      const { displayParts, documentation, tags } =
        service.getQuickInfoAtPosition(fileName, placeIn(code)) ?? {};
      const told = (tags ?? []).map(
        ({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`,
      );
      return {
        signature: ts.displayPartsToString(displayParts),
        documentation: [ts.displayPartsToString(documentation), ...told].join(" "),
      };
    },
    definition(code) {
      const [found] = service.getDefinitionAtPosition(fileName, placeIn(code)) ?? [];
      const source = service.getProgram()?.getSourceFile(found?.fileName ?? "");
      if (!found || !source) throw new Error(`nothing is known of ${code}`);
      return {
        file: found.fileName,
        ...source.getLineAndCharacterOfPosition(found.textSpan.start),
      };
    },
    problems(code) {
      write(code);
      const found = [
        ...service.getSyntacticDiagnostics(fileName),
        ...service.getSemanticDiagnostics(fileName),
      ];
      return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  };
}

function readText(name: string): string | undefined {
  return ts.sys.readFile(name);
}
