import { writeFile } from "node:fs/promises";
import path from "node:path";

import { compare } from "../../../scripts/compare/compare.js";
import { type Comparison, report } from "../../../scripts/compare/finding.js";
import type { Side } from "../../../scripts/compare/base.js";
import { generate } from "../../../scripts/generate/generate.js";
import { emptyFolder } from "../../tools/empty-folder.js";

export { emptyFolder };

/** What `generate` makes of a spec, but the examples, which are not compared. */
export async function sideOf(spec: string, label = "old"): Promise<Side> {
  const file = path.join(await emptyFolder(), "spec.yaml");
  await writeFile(file, spec);
  const { files } = await generate(file);
  return { label, files: new Map([...files].filter(([name]) => name !== "examples.ts")) };
}

/** Writes what `generate` makes of a spec into a folder. */
export async function writeSide(folder: string, spec: string): Promise<void> {
  const { files } = await sideOf(spec);
  for (const [name, code] of files) await writeFile(path.join(folder, name), code);
}

export async function comparison(old: string, next: string): Promise<Comparison> {
  return compare(await sideOf(old), await sideOf(next, "new"));
}

/** What is reported on a change from one spec to another: a line on each finding, then the verdict. */
export async function reported(old: string, next: string): Promise<string[]> {
  const [verdict = "", ...lines] = report(await comparison(old, next)).reverse();
  return [...lines.reverse(), verdict.replace(/:.*/, "")];
}

/** What varies between the specs of these tests. All are YAML. */
export interface Parts {
  readonly openapi?: string;
  readonly title?: string;
  readonly servers?: string;
  readonly scheme?: string;
  readonly paths?: string;
  readonly schemas?: string;
}

export const us = "{ url: https://us.example/v1, description: US Zone }";
export const eu = "{ url: https://eu.example/v1, description: EU Zone }";

export function specOf({
  openapi = "3.1.0",
  title = "Things",
  servers = `[${us}, ${eu}]`,
  scheme = "{ type: http, scheme: bearer }",
  paths = pathOf({}),
  schemas = "{}",
}: Parts): string {
  return `
openapi: ${openapi}
info: { title: ${title}, version: "1" }
servers: ${servers}
security: [{ key: [] }]
paths: ${paths}
components: { schemas: ${schemas}, securitySchemes: { key: ${scheme} } }
`;
}

/** What varies between the operations of these tests. All are YAML, in the flow style. */
export interface OperationParts {
  readonly at?: string;
  readonly method?: string;
  readonly id?: string;
  readonly parameters?: string;
  /** The schema of the request body. */
  readonly body?: string;
  readonly isBodyRequired?: boolean;
  readonly requestType?: string;
  /** The schema of the response. */
  readonly result?: string;
  readonly responseType?: string;
  readonly summary?: string;
}

export const id = "{ name: id, in: path, required: true, schema: { type: string } }";

/** One path with one operation. */
export function pathOf(parts: OperationParts): string {
  return `{ ${pathEntry(parts)} }`;
}

/** The same, to stand beside others. */
export function pathEntry({
  at = "/things/{id}",
  method = "put",
  id: operationId = "saveThing",
  parameters = `[${id}]`,
  body,
  isBodyRequired = true,
  requestType = "application/json",
  result,
  responseType = "application/json",
  summary = "Saves",
}: OperationParts): string {
  const request = `requestBody: { required: ${isBodyRequired}, content: { ${requestType}: { schema: ${body ?? "{}"} } } },`;
  const response =
    result === undefined
      ? `"204": { description: done }`
      : `"200": { description: done, content: { "${responseType}": { schema: ${result} } } }`;
  return `"${at}": { ${method}: { operationId: ${operationId}, summary: ${summary}, parameters: ${parameters}, ${body === undefined ? "" : request} responses: { ${response} } } }`;
}
