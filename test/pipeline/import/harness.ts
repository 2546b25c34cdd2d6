import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { dump } from "js-yaml";
import { expect } from "vitest";

import { type Import, importSpec } from "../../../scripts/import/import.js";
import type { JsonObject } from "../../../scripts/openapi/json.js";
import { messageOf } from "../../../scripts/generate/command.js";
import { parse } from "../../../scripts/openapi/load.js";
import { emptyFolder } from "../generate/harness.js";

export const root = path.join(import.meta.dirname, "../../..");

/** The repository's own spec, which is what a docs page shows. */
export const peaka = await readFile(path.join(root, "openapi/peaka.yaml"), "utf8");

type Options = Partial<Import> & {
  /** The name of the source file, where its kind is told by it. */
  readonly as?: string;
};

export interface Imported {
  readonly changes: readonly string[];
  readonly text: string;
  readonly document: JsonObject;
}

/** A docs page in Peaka's form. */
export function pageOf(yaml: string, line = "put /connections/{projectId}/{connectionId}"): string {
  return `> ## Documentation Index\n\n# Update Connection\n\n<span />\n\n## OpenAPI\n\n\`\`\`\`yaml ${line}\n${yaml}\n\`\`\`\``;
}

/** A spec in the form in which upstream writes its own. */
export function yamlOf(document: JsonObject): string {
  return dump(document, { noRefs: true });
}

/** Imports a source into a spec, each in a file of a folder of its own. */
export async function importing(
  present: string | JsonObject,
  source: string | Uint8Array | JsonObject,
  options: Options = {},
): Promise<Imported> {
  const { spec, changes } = await run(await place(present, source, options));
  const text = await readFile(spec, "utf8");
  return { changes, text, document: parse(text, "spec.yaml") };
}

/** The line with which an import is refused, without the folder; the spec has to be as it was. */
export async function refusal(
  present: string | JsonObject,
  source: string | Uint8Array | JsonObject,
  options: Options = {},
): Promise<string> {
  const order = await place(present, source, options);
  const folder = path.dirname(order.spec);
  const before = await contents(folder);
  let line = "not refused";
  await run(order).catch((error: unknown) => (line = messageOf(error)));
  expect(await contents(folder)).toEqual(before);
  return line.replaceAll(folder + path.sep, "");
}

async function place(
  present: string | JsonObject,
  source: string | Uint8Array | JsonObject,
  { as, ...options }: Options,
): Promise<Partial<Import> & { source: string; spec: string }> {
  const folder = await emptyFolder();
  const spec = path.join(folder, "spec.yaml");
  const isText = typeof source === "string" || source instanceof Uint8Array;
  const file = path.join(folder, as ?? (isText ? "source.yaml" : "source.json"));
  await writeFile(spec, typeof present === "string" ? present : yamlOf(present));
  await writeFile(file, isText ? source : JSON.stringify(source, null, 2));
  return { spec, source: file, ...options };
}

async function run(order: Partial<Import> & { source: string; spec: string }) {
  const usual = { operations: [], all: false, remove: [] };
  const changes = await importSpec({ ...usual, ...order }, () => undefined);
  return { spec: order.spec, changes };
}

async function contents(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of await readdir(folder)) {
    found[name] = await readFile(path.join(folder, name), "latin1");
  }
  return found;
}

/** The lines of one text that another does not have, and the other way round, as a diff tells them. */
export function diff(before: string, after: string): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const common = longestCommon(old, now);
  const lines: string[] = [];
  let [left, right] = [0, 0];
  for (const line of [...common, undefined]) {
    while (left < old.length && old[left] !== line) lines.push(`-${old[left++] ?? ""}`);
    while (right < now.length && now[right] !== line) lines.push(`+${now[right++] ?? ""}`);
    left += 1;
    right += 1;
  }
  return lines;
}

function longestCommon(a: readonly string[], b: readonly string[]): string[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row === undefined) continue;
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const common: string[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      common.push(a[i] ?? "");
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return common;
}
