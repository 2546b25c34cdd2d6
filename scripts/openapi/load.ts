import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import * as yaml from "js-yaml";

import { textAt } from "./locate.js";
import { isObject, type Json, type JsonObject } from "./json.js";
import { PipelineError } from "./refuse.js";

/** An OpenAPI file as it was read. */
export interface Source {
  readonly text: string;
  /** Of the bytes of the file. */
  readonly sha256: string;
  readonly document: JsonObject;
}

/** Deep enough for schemas that are written out in one another, shallow enough for any tool's stack. */
const maxDepth = 500;
export const parserOptions = { maxDepth };

/** JSON's values, and the merge keys with which people share parts of a YAML file. */
const schema = yaml.CORE_SCHEMA.withTags(yaml.mergeTag);

/** How many values the aliases of a file may add to those that are written in it. */
const maxAliased = 1_000_000;

/** Reads a file of YAML or JSON (which is YAML) whose root is a mapping. */
export async function load(file: string): Promise<Source> {
  return sourceOf(await read(file), file);
}

/** The same of the bytes that a file has, or is to have. */
export function sourceOf(bytes: Buffer, file: string): Source {
  const text = decode(bytes, file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { text, sha256, document: parse(text, file) };
}

/** The bytes of a file. */
export async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new PipelineError(
      code === "ENOENT" ? `${file}: no such file` : `${file}: cannot be read (${code})`,
    );
  }
}

/** The text in the bytes of a file, without the mark that may stand before it. */
export function decode(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new PipelineError(`${file}: is not UTF-8 text`);
  }
}

/** Parses a document; the messages give line and column where the parser knows them. */
export function parse(text: string, file: string): JsonObject {
  if (text.trim() === "") throw new PipelineError(`${file}: is empty`);
  const [document, ...more] = parseDocuments(text, file);
  if (more.length > 0) throw new PipelineError(`${file}: holds more than one YAML document`);
  if (!isObject(document)) throw new PipelineError(`${file}: is not an OpenAPI document`);
  const { info } = document;
  if (isObject(info) && typeof info.version === "number") {
    // What it is written as: as a number, 1.10 would be 1.1.
    info.version = textAt(text, ["info", "version"]) ?? String(info.version);
  }
  return document;
}

function parseDocuments(text: string, file: string): Json[] {
  try {
    const events = yaml.parseEvents(text, parserOptions);
    const documents = yaml.constructFromEvents(events, { source: text, schema }) as Json[];
    if (events.some(({ type }) => type === yaml.EVENT_ID.ALIAS)) {
      checkAliases(documents, events.length + maxAliased, file);
    }
    return documents;
  } catch (error) {
    if (!(error instanceof yaml.YAMLException)) throw error;
    const { reason, mark } = error;
    const place = mark === undefined ? "" : `:${mark.line + 1}:${mark.column + 1}`;
    const line = mark === undefined ? "" : text.split(/\r\n?|\n/)[mark.line]?.slice(0, mark.column + 1);
    const hint = line?.includes("\t")
      ? ": there is a tab, where YAML takes spaces only"
      : ": all inside { } or [ ], and the end of it, must be indented further than its key";
    const isVague = reason === "deficient indentation";
    throw new PipelineError(`${file}${place}: is not valid YAML: ${reason}${isVague ? hint : ""}`);
  }
}

/**
 * Refuses documents whose aliases lead back to themselves, or stand for more than a tool could walk
 * through: a few lines of aliases to aliases can mean a billion values.
 */
function checkAliases(documents: Json[], maxValues: number, file: string): void {
  const extents = new Map<Json, { values: number; depth: number }>();

  /** What a value stands for once each alias in it is replaced by what it means. */
  function measure(value: Json): { values: number; depth: number } {
    if (typeof value !== "object" || value === null) return { values: 1, depth: 0 };
    const known = extents.get(value);
    if (known !== undefined) return known;
    // Until it is measured: what is found in itself has no end.
    extents.set(value, { values: 1, depth: Infinity });
    const inner = Object.values(value).map(measure);
    const values = inner.reduce((sum, extent) => sum + extent.values, 1);
    const depth = inner.reduce((most, extent) => Math.max(most, extent.depth + 1), 0);
    extents.set(value, { values, depth });
    return { values, depth };
  }

  const { values, depth } = measure(documents);
  if (depth === Infinity) throw new PipelineError(`${file}: has an alias to what holds it`);
  if (values > maxValues || depth > maxDepth) {
    throw new PipelineError(`${file}: has aliases that stand for too much`);
  }
}
