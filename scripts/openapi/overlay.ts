import { existsSync } from "node:fs";
import path from "node:path";

import { jsonpath, JSONPathEnvironment, type JSONPathQuery } from "json-p3";

import { isObject, items, type Json, type JsonObject, own, text } from "./json.js";
import { load, type Source } from "./load.js";
import { inFile, type Named, placed } from "./placed.js";
import { at, type Place, PipelineError, refuse } from "./refuse.js";

/** A document of OpenAPI Overlay 1.0 as it was read. */
export interface Overlay extends Source, Named {
  readonly actions: readonly Action[];
}

/** One change to what a JSONPath of RFC 9535 selects. */
export interface Action {
  /** Where it stands in the overlay, as keys from the root. */
  readonly keys: readonly string[];
  readonly description: string;
  readonly query: JSONPathQuery;
  /** Undefined where it removes. */
  readonly update: Json | undefined;
}

/** Deep enough for any document that can be read, which `..` goes through. */
const paths = new JSONPathEnvironment({ maxRecursionDepth: 1000 });

/** Reads an overlay. */
export async function loadOverlay(file: string): Promise<Overlay> {
  const overlay = { name: file, ...(await load(file)) };
  return { ...overlay, actions: inFile(overlay, () => readActions(overlay.document)) };
}

/** Where the overlay of a spec is, if it has one. */
export function overlayPath(spec: string): string {
  return path.join(path.dirname(spec), "overlay.yaml");
}

/** The overlay that belongs to a spec; undefined where there is none. */
export function overlayBeside(spec: string): string | undefined {
  return existsSync(overlayPath(spec)) ? overlayPath(spec) : undefined;
}

function readActions({ overlay, actions }: JsonObject): Action[] {
  if (!/^1\.0\.\d+$/.test(text(overlay) ?? "")) {
    refuse(at(undefined, "overlay"), 'must be the version of the Overlay Specification, "1.0.0"');
  }
  const place = at(undefined, "actions");
  if (items(actions).length === 0) refuse(place, "expected a list of actions");
  return items(actions).map((action, index) => readAction(action, at(place, index)));
}

const fields = ["target", "description", "update", "remove"];

function readAction(action: Json, place: Place): Action {
  if (!isObject(action)) refuse(place, "expected an action");
  const unknown = Object.keys(action).find((key) => !fields.includes(key) && !/^x-/.test(key));
  if (unknown !== undefined) refuse(at(place, unknown), `is none of ${fields.join(", ")}`);
  const { remove = false } = action;
  const update = remove === true ? undefined : own(action, "update");
  if (typeof remove !== "boolean") refuse(at(place, "remove"), "must be true or false");
  if (!remove && update === undefined) refuse(place, "has neither an update nor remove: true");
  const query = compile(action.target, at(place, "target"));
  const keys = ["actions", place.key];
  return { keys, description: text(action.description) ?? query.toString(), query, update };
}

function compile(target: Json | undefined, place: Place): JSONPathQuery {
  if (typeof target !== "string") refuse(place, "expected a JSONPath");
  try {
    return paths.compile(target);
  } catch (error) {
    return refuse(place, `is no JSONPath of RFC 9535: ${(error as Error).message}`);
  }
}

/** Whether an action may select nothing on purpose, because of a filter. */
export function hasFilter({ query }: Action): boolean {
  const { FilterSelector } = jsonpath.selectors;
  return query.segments.some((segment) =>
    segment.selectors.some((selector) => selector instanceof FilterSelector),
  );
}

/** What there is to say of an action, with its place. */
export function lineOn({ keys, description }: Action, words: string, { name, text }: Named): string {
  return placed(new PipelineError(`${words}: ${description}`, keys), name, text).message;
}
