import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Where a service's file would stand; it exists only in the editor.
const fileName = fileURLToPath(new URL("../a-service.ts", import.meta.url));
const start = `import { createPeakaClient } from "../src/index.js";
const peaka = createPeakaClient();
const projectId = "project1";
const connectionId = "connection1";
export { peaka, projectId, connectionId };
`;

/** TypeScript's language service, on a file of a service that uses the client. */
export interface Editor {
  /** What it completes at `|` in this code, the client's own names first. */
  completions: (code: string) => string[];
  /** What is wrong with this code, in TypeScript's words. */
  problems: (code: string) => string[];
}

export function openEditor(): Editor {
  let text = start;
  let version = 0;

  const { config } = ts.readConfigFile(`${root}tsconfig.json`, readText) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [fileName],
    getScriptVersion: (name) => (name === fileName ? String(version) : "0"),
    getScriptSnapshot(name) {
      if (name === fileName) return ts.ScriptSnapshot.fromString(text);
      return ts.sys.fileExists(name)
        ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8"))
        : undefined;
    },
    getCurrentDirectory: () => dirname(fileName),
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

  return {
    completions(code) {
      const at = code.indexOf("|");
      write(code.slice(0, at) + code.slice(at + 1));
      const found = service.getCompletionsAtPosition(fileName, start.length + at, {});
      return (found?.entries ?? []).map(({ name }) => name);
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
