import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import type { Side } from "../../../scripts/compare/base.js";
import { report } from "../../../scripts/compare/command.js";
import { compare } from "../../../scripts/compare/compare.js";
import type { Comparison } from "../../../scripts/compare/finding.js";
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
  await mkdir(folder, { recursive: true });
  const { files } = await sideOf(spec);
  for (const [name, code] of files) await writeFile(path.join(folder, name), code);
}

export async function comparison(old: string, next: string): Promise<Comparison> {
  return compare(await sideOf(old), await sideOf(next, "new"));
}

/** What is reported on a change from one spec to another: a line on each finding, then the verdict. */
export async function reported(old: string, next: string): Promise<string[]> {
  const lines = report(await comparison(old, next));
  return lines.map((line) => line.replace(/^(\w+): .*/, "$1"));
}

/** A spec of these paths. All parts are YAML, in the flow style. */
export function specOf(
  paths: readonly string[],
  {
    servers = "[{ url: https://us.example/v1, description: US Zone }]",
    scheme = "{ type: http, scheme: bearer }",
    title = "Things",
  } = {},
): string {
  return `
openapi: 3.1.0
info: { title: ${title}, version: "1" }
servers: ${servers}
security: [{ key: [] }]
paths: { ${paths.join(", ")} }
components: { securitySchemes: { key: ${scheme} } }
`;
}

/** One path with one operation, of the schemas of its body and its result, where it has them. */
export function pathOf(
  id: string,
  {
    at = `/${id}`,
    method = "put",
    parameters = "",
    body = "",
    requestType = "application/json",
    result = "",
    responseType = "application/json",
  } = {},
): string {
  const request = `requestBody: { required: true, content: { ${requestType}: { schema: ${body} } } }`;
  const response = `{ description: done, content: { "${responseType}": { schema: ${result} } } }`;
  const parts = [
    `operationId: ${id}`,
    `parameters: [${parameters}]`,
    ...(body === "" ? [] : [request]),
    `responses: { ${result === "" ? "204: { description: done }" : `200: ${response}`} }`,
  ];
  return `"${at}": { ${method}: { ${parts.join(", ")} } }`;
}
