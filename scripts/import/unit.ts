import { methods } from "../openapi/grammar.js";
import { childOf, entries, isObject, type Json, type JsonObject, own } from "../openapi/json.js";

/**
 * A part of a document that is taken or left as a whole, as keys from the root: a path and one of its
 * keys (`paths`, `/things`, `get`), or a component (`components`, `schemas`, `Thing`).
 */
export type Unit = readonly [area: string, group: string, name: string];

/** The text by which a set knows a unit. */
export function idOf(unit: Unit): string {
  return JSON.stringify(unit);
}

export function nodeOf(document: JsonObject, unit: Unit): Json | undefined {
  return unit.reduce<Json | undefined>(childOf, document);
}

/** True for a key of a path item that says something of all its operations. */
export function isShared([area, , key]: Unit): boolean {
  return area === "paths" && !methods.includes(key);
}

/** The units of a path, whole. */
export function unitsOfPath(document: JsonObject, path: string): Unit[] {
  const pathItem = isObject(document.paths) ? own(document.paths, path) : undefined;
  return entries(pathItem).map(([key]) => ["paths", path, key]);
}
