import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { Copy } from "./rebuild.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const start = `import * as peakaClient from "./src/index.js";
const peaka = peakaClient.createPeakaClient({ apiKey: "key" });
export { peaka, peakaClient };
`;

/** Puts a module of a service beside the sources of a copy, in which `peaka` is a client. */
export function addService({ folder }: Copy, code: string): void {
  writeFileSync(path.join(folder, "service.ts"), start + code);
}

/** What TypeScript says of each copy, and of the service beside it, as strictly as of this package. */
export function typeProblems(copies: readonly Copy[]): string[][] {
  const read = (file: string) => ts.sys.readFile(file);
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), read) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const files = copies.flatMap(({ folder }) =>
    ["src/index.ts", "src/undici.ts", "generated/examples.ts", "service.ts"]
      .map((file) => path.join(folder, file))
      .filter((file) => ts.sys.fileExists(file)),
  );
  // One program for all, since most of the time goes into the library that they share.
  const program = ts.createProgram(files, {
    ...options,
    typeRoots: [path.join(root, "node_modules/@types")],
  });
  const diagnostics = ts.getPreEmitDiagnostics(program);
  const known = (file: ts.SourceFile | undefined, folder: string) =>
    file?.fileName.startsWith(`${folder}/`) === true;
  const lost = diagnostics.filter(({ file }) => !copies.some(({ folder }) => known(file, folder)));
  if (lost.length > 0) throw new Error(lost.map(inWords).join("\n"));
  return copies.map(({ folder }) =>
    diagnostics
      .filter(({ file }) => known(file, folder))
      .map((problem) => `${problem.file?.fileName.slice(folder.length + 1)}: ${inWords(problem)}`),
  );
}

function inWords({ messageText }: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, " ");
}
