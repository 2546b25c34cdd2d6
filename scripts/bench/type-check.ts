import ts from "typescript";
import { root } from "../package/install.js";

/** What it takes to check a program, in a process that did nothing else. */
export interface TypeCost {
  /** From the first file that is read to the last problem that is found, in milliseconds. */
  readonly total: number;
  /** Of that, what comes after all files are read and parsed. */
  readonly check: number;
  /** Of all processors together: what else the machine does counts for less in it. */
  readonly processor: number;
  readonly instantiations: number;
  readonly types: number;
  /** Of the heap when it is done, in megabytes. */
  readonly memory: number;
  readonly problems: readonly string[];
}

const [file = "", skipLibCheck = ""] = process.argv.slice(2);
process.send?.(typeCheck(file, skipLibCheck === "true"));

/** Checks a service that runs on Node, as strictly as this package is checked. */
function typeCheck(file: string, skipLibCheck: boolean): TypeCost {
  const usage = process.cpuUsage();
  const startedAt = performance.now();
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    types: ["node"],
    typeRoots: [`${root}/node_modules/@types`],
    module: ts.ModuleKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck,
  });
  const readAt = performance.now();
  const diagnostics = ts.getPreEmitDiagnostics(program);
  const endedAt = performance.now();
  const { user, system } = process.cpuUsage(usage);
  return {
    total: endedAt - startedAt,
    check: endedAt - readAt,
    processor: (user + system) / 1000,
    instantiations: program.getInstantiationCount(),
    types: program.getTypeCount(),
    memory: process.memoryUsage().heapUsed / 1e6,
    problems: diagnostics.map(({ file, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, "\n");
      return `${file?.fileName ?? "options"}: ${text}`;
    }),
  };
}
