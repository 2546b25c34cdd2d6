import { isDeepStrictEqual } from "node:util";

import { isObject, type Json, type JsonObject, own } from "../openapi/json.js";
import { PipelineError } from "../openapi/refuse.js";
import { parse } from "../openapi/load.js";
import { dumpDocument, dumpEntry, dumpKey } from "./dump.js";
import { type Entry, layoutOf } from "./layout.js";

/** A document and the text that says it. */
export interface Written {
  readonly text: string;
  readonly document: JsonObject;
}

/** A node of a document, and where it stands in the text. */
interface Side {
  readonly text: string;
  readonly node: Json | undefined;
  readonly entry: Entry | undefined;
}

/** Where an entry is to stand: under which key, how many mappings deep, and how far in. */
interface Place {
  readonly key: string;
  readonly depth: number;
  readonly indent: number;
}

/**
 * The text of a merged document: what is the present document's or the source's stands as it stands
 * there, and the rest is written out.
 */
export function render(merged: JsonObject, present: Written, source: Written): string {
  const ours = sideOf(present);
  if (ours.entry !== undefined) {
    const { start, end, indent } = ours.entry;
    const body = renderEntries(merged, 0, indent, ours, sideOf(source));
    const text = `${present.text.slice(0, start)}${body}${present.text.slice(end)}`;
    if (means(text, merged)) return text;
  }
  // The parts of the text do not stand alone: it is in braces, or has aliases from part to part.
  const text = dumpDocument(merged);
  if (!means(text, merged)) throw new Error("the merged document cannot be written as YAML");
  return text;
}

function sideOf({ text, document }: Written): Side {
  return { text, node: document, entry: layoutOf(text) };
}

function renderEntries(node: JsonObject, depth: number, indent: number, ours: Side, theirs: Side) {
  return Object.entries(node)
    .map(([key, value]) =>
      renderEntry(value, { key, depth, indent }, under(ours, key), under(theirs, key)),
    )
    .join("");
}

function renderEntry(value: Json, place: Place, ours: Side, theirs: Side): string {
  const { text, node, entry } = ours;
  if (value === node && entry !== undefined) return lines(text, entry.start, entry.end);
  if (value !== node && value !== theirs.node && isObject(value)) {
    return renderMerged(value, place, ours, theirs);
  }
  // The comments above it stay where it is replaced.
  const above = entry === undefined ? undefined : text.slice(entry.start, entry.line);
  if (value === theirs.node && theirs.entry?.isPortable === true) {
    const { start, line, end, indent } = theirs.entry;
    const [gap, body] = [theirs.text.slice(start, line), lines(theirs.text, line, end)];
    return (above ?? shift(gap, place.indent - indent)) + shift(body, place.indent - indent);
  }
  return (above ?? "") + written(dumpEntry(place.key, value, place.depth), place);
}

/** A mapping that is neither document's as it is, but whose parts may be. */
function renderMerged(node: JsonObject, place: Place, ours: Side, theirs: Side): string {
  const { key, depth, indent } = place;
  if (Object.keys(node).length === 0) return written(dumpEntry(key, node, depth), place);
  const first = ours.entry?.entries?.values().next().value;
  const head =
    ours.entry === undefined || first === undefined
      ? written(dumpKey(key, depth), place)
      : ours.text.slice(ours.entry.start, first.start);
  return head + renderEntries(node, depth + 1, first?.indent ?? indent + 2, ours, theirs);
}

/** What was written for its depth, at the indentation of its place. */
function written(dumped: string, { depth, indent }: Place): string {
  return shift(dumped, indent - 2 * depth);
}

function under({ text, node, entry }: Side, key: string): Side {
  const inner = isObject(node) ? own(node, key) : undefined;
  return { text, node: inner, entry: entry?.entries?.get(key) };
}

/** A part of a text, in whole lines. */
function lines(text: string, start: number, end: number): string {
  const part = text.slice(start, end);
  return part.endsWith("\n") ? part : `${part}\n`;
}

/** The same lines so many spaces further in, or further out. */
function shift(lines: string, by: number): string {
  if (by === 0) return lines;
  // Not `^` by line: that would also match after the line separators that text can hold.
  if (by > 0) return lines.replace(/(?<=^|\n)(?=[^\n])/g, " ".repeat(by));
  return lines.replace(new RegExp(`(?<=^|\\n) {1,${-by}}`, "g"), "");
}

function means(text: string, document: JsonObject): boolean {
  try {
    return isDeepStrictEqual(parse(text, "the merged document"), document);
  } catch (error) {
    if (error instanceof PipelineError) return false;
    throw error;
  }
}
