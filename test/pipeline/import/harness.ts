import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { dump } from "js-yaml";
import { expect } from "vitest";

import { messageOf } from "../../../scripts/generate/command.js";
import { type Import, importSpec } from "../../../scripts/import/import.js";
import type { JsonObject } from "../../../scripts/openapi/json.js";
import { parse } from "../../../scripts/openapi/load.js";
import { emptyFolder } from "../../tools/empty-folder.js";

export { emptyFolder };

export const root = path.join(import.meta.dirname, "../../..");

/** The repository's own spec, which is what a docs page shows. */
export const peaka = await readFile(path.join(root, "openapi/peaka.yaml"), "utf8");

/** An API of these paths, with what every spec needs. */
export function apiWith(paths: JsonObject, components: JsonObject = {}): JsonObject {
  return {
    openapi: "3.0.3",
    info: { title: "Things", version: "1" },
    servers: [{ url: "https://api.example", description: "EU Zone" }],
    security: [{ key: [] }],
    paths,
    components: { securitySchemes: { key: { type: "http", scheme: "bearer" } }, ...components },
  };
}

/** An operation, which answers with a schema where one is given. */
export function operation(
  operationId: string,
  changes: JsonObject = {},
  $ref?: string,
): JsonObject {
  const answer: JsonObject = { "204": { description: "done" } };
  if ($ref !== undefined) {
    answer["200"] = { description: "", content: { "application/json": { schema: { $ref } } } };
  }
  return { operationId, responses: answer, ...changes };
}

/** The same without one of its keys. */
export function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** A docs page in Peaka's form. */
export function pageOf(yaml: string): string {
  return `> ## Documentation Index\n\n# Update Connection\n\n## OpenAPI\n\n\`\`\`\`yaml put /a\n${yaml}\n\`\`\`\``;
}

/** A spec in the form in which upstream writes its own. */
export function yamlOf(document: JsonObject): string {
  return dump(document, { noRefs: true });
}

type Options = Partial<Import> & {
  /** The name of the source file, where its kind is told by it. */
  readonly as?: string;
};

/** Imports a source into a spec, each in a file of a folder of its own. */
export async function importing(
  present: string | JsonObject,
  source: string | Uint8Array | JsonObject,
  options: Options = {},
) {
  const order = await place(present, source, options);
  const { changes, notes } = await importSpec(order);
  const text = await readFile(order.spec, "utf8");
  return { changes, notes, text, document: parse(text, "spec.yaml") };
}

/** The line with which an import is refused, without the folder; the spec has to be as it was. */
export async function refusal(
  present: string | JsonObject,
  source: string | Uint8Array | JsonObject,
  options: Options = {},
): Promise<string> {
  const order = await place(present, source, options);
  const folder = path.dirname(order.spec);
  const before = await contentsOf(folder);
  let line = "not refused";
  await importSpec(order).catch((error: unknown) => (line = messageOf(error)));
  expect(await contentsOf(folder)).toEqual(before);
  return line.replaceAll(folder + path.sep, "");
}

async function place(
  present: string | JsonObject,
  source: string | Uint8Array | JsonObject,
  { as, ...options }: Options,
): Promise<Import> {
  const folder = await emptyFolder();
  const spec = path.join(folder, "spec.yaml");
  const isText = typeof source === "string" || source instanceof Uint8Array;
  const file = path.join(folder, as ?? (isText ? "source.yaml" : "source.json"));
  await writeFile(spec, typeof present === "string" ? present : yamlOf(present));
  await writeFile(file, isText ? source : JSON.stringify(source, null, 2));
  return { spec, source: file, operations: [], all: false, remove: [], ...options };
}

/** The text of each file of a folder. */
export async function contentsOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  const read = (name: string) => readFile(path.join(folder, name), "utf8");
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await read(name)] as const)),
  );
}
