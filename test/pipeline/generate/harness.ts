import { writeFile } from "node:fs/promises";
import path from "node:path";
import vm from "node:vm";

import ts from "typescript";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { generate, type Generated } from "../../../scripts/generate/generate.js";
import { emptyFolder } from "../../tools/empty-folder.js";

export { emptyFolder };

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

/** The values that a generated module exports. */
export function evaluate(code = ""): Record<string, JsonObject> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports: Record<string, JsonObject> = {};
  const run = vm.runInThisContext(`(exports) => {${outputText}\n}`) as (into: object) => void;
  run(exports);
  return exports;
}

/** What `generated/spec.ts` says of one operation. */
export async function factsOf(document: JsonObject, id = "op"): Promise<JsonObject> {
  const { files } = await generated(document);
  return evaluate(files.get("spec.ts")).operations?.[id] as JsonObject;
}

/** Why the only operation of a document is left out; undefined where it is not. */
export async function reasonOf(document: JsonObject): Promise<string | undefined> {
  const { leftOut } = await generated(document);
  return leftOut[0]?.replace(/^.* is typed but cannot be called: /, "");
}

/** The type errors in generated files, and in a module beside them that uses them. */
export async function typeErrors(
  files: ReadonlyMap<string, string>,
  use = "",
): Promise<readonly string[]> {
  const folder = await emptyFolder();
  const all = new Map([...files, ["use.ts", use], ["package.json", '{ "type": "module" }']]);
  for (const [name, code] of all) await writeFile(path.join(folder, name), code);
  const root = path.join(import.meta.dirname, "../../..");
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), (file) =>
    ts.sys.readFile(file),
  ) as { config: JsonObject };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const names = [...files.keys(), "use.ts"].map((name) => path.join(folder, name));
  const program = ts.createProgram(names, { ...options, types: [], lib: ["lib.es2022.d.ts"] });
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const { file, start = 0, messageText } = diagnostic;
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? -1) + 1;
    const name = path.basename(file?.fileName ?? "");
    return `${name}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
