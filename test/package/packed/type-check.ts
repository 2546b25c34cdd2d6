import path from "node:path";
import ts from "typescript";
import { root } from "./service.js";

/** What TypeScript says of a service's files, and which declarations of this package it read. */
export interface TypeCheck {
  problems: string[];
  declarations: string[];
}

/** Type-checks files as strictly as TypeScript can: the declarations they import, too. */
export function typeCheck(files: string[], options: ts.CompilerOptions): TypeCheck {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    typeRoots: [path.join(root, "node_modules/@types")],
    ...options,
  });
  return {
    problems: ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, "\n");
      return `${file ? path.basename(file.fileName) : "options"}: ${text}`;
    }),
    declarations: program
      .getSourceFiles()
      .map(({ fileName }) => fileName)
      .filter((file) => file.includes("/node_modules/peaka-client/")),
  };
}
