import { writeFile } from "node:fs/promises";
import path from "node:path";
import vm from "node:vm";

import type { CompilerHost, SourceFile } from "typescript";

import { type Facts, factsOf } from "../../../scripts/generate/facts/facts.js";
import { generate, type Generated } from "../../../scripts/generate/generate.js";
import { readDocument } from "../../../scripts/generate/read/read.js";
import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { emptyFolder } from "../../tools/empty-folder.js";

export { emptyFolder };

export const root = path.join(import.meta.dirname, "../../..");

/** Writes a spec file into a folder of its own. */
export async function specFile(content: string | Uint8Array | JsonObject): Promise<string> {
  const file = path.join(await emptyFolder(), "spec.yaml");
  const isBytes = typeof content === "string" || content instanceof Uint8Array;
  await writeFile(file, isBytes ? content : JSON.stringify(content));
  return file;
}

/** What `generate` makes of a document. */
export async function generated(content: string | Uint8Array | JsonObject): Promise<Generated> {
  return generate(await specFile(content));
}

/** The line with which `generate` refuses a document, without the folder of the file. */
export async function refusal(content: string | Uint8Array | JsonObject): Promise<string> {
  const file = await specFile(content);
  try {
    await generate(file);
  } catch (error) {
    return String(error).replaceAll(path.dirname(file) + path.sep, "");
  }
  return "not refused";
}

/** A document with one operation, in which tests change what they are about. */
export function documentWith(changes: JsonObject = {}): JsonObject {
  return {
    openapi: "3.0.3",
    info: { title: "Things", version: "1" },
    servers: [{ url: "https://api.example/v1", description: "EU Zone" }],
    security: [{ key: [] }],
    paths: { "/things": { get: { operationId: "listThings", responses: noContent } } },
    ...changes,
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      ...(changes.components as JsonObject | undefined),
    },
  };
}

export const noContent: JsonObject = { "204": { description: "done" } };

/** A document whose only operation is this one. */
export function operationWith(operation: JsonObject, at = "/things", method = "post"): JsonObject {
  return documentWith({
    paths: { [at]: { [method]: { operationId: "op", responses: noContent, ...operation } } },
  });
}

/** The content of a request or a response that is of this schema. */
export function jsonOf(schema: Json, mediaType = "application/json"): JsonObject {
  return { content: { [mediaType]: { schema } } };
}

/** What `generated/spec.ts` says of the only operation of a document. */
export function factsIn(document: JsonObject): Facts["runtime"] {
  const [facts, ...more] = factsOf(readDocument(document)).facts.values();
  if (facts === undefined || more.length > 0) throw new Error("not one operation");
  return facts.runtime;
}

/** Why the only operation of a document is left out; undefined where it is not. */
export function reasonOf(document: JsonObject): string | undefined {
  const [line] = factsOf(readDocument(document)).leftOut;
  return line?.replace(/^.* is typed but cannot be called: /, "");
}

/** The values that a generated module exports. */
export async function evaluate(code = ""): Promise<Record<string, JsonObject>> {
  const { default: ts } = await import("typescript");
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports: Record<string, JsonObject> = {};
  const run = vm.runInThisContext(`(exports) => {${outputText}\n}`) as (into: object) => void;
  run(exports);
  return exports;
}

/** TypeScript's own declarations, which take longer to read than all that is compiled with them. */
const libraries = new Map<string, SourceFile | undefined>();

/** The type errors in generated files, and in a module beside them that uses them. */
export async function typeErrors(
  files: ReadonlyMap<string, string>,
  use = "",
): Promise<readonly string[]> {
  const { default: ts } = await import("typescript");
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), (file) =>
    ts.sys.readFile(file),
  ) as { config: JsonObject };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const settings = { ...options, types: [], lib: ["lib.es2022.d.ts"] };
  // The files are in memory only, in a folder of this package.
  const texts = new Map(
    [...files, ["use.ts", use] as const].map(([name, code]) => [path.join(root, name), code]),
  );
  const disk = ts.createCompilerHost(settings);
  const host: CompilerHost = {
    ...disk,
    fileExists: (file) => texts.has(file) || disk.fileExists(file),
    readFile: (file) => texts.get(file) ?? disk.readFile(file),
    getSourceFile(file, language) {
      const text = texts.get(file);
      if (text !== undefined) return ts.createSourceFile(file, text, language);
      if (!libraries.has(file)) libraries.set(file, disk.getSourceFile(file, language));
      return libraries.get(file);
    },
  };
  const program = ts.createProgram([...texts.keys()], settings, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? -1) + 1;
    const name = path.basename(file?.fileName ?? "");
    return `${name}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
