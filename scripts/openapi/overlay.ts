import { existsSync } from "node:fs";
import path from "node:path";

import { JSONPathEnvironment, type JSONPathQuery } from "json-p3";

import { isObject, items, type Json, own, text } from "./json.js";
import { load, type Source } from "./load.js";
import { inFile, type Named, placed } from "./placed.js";
import { at, type Place, PipelineError, refuse } from "./refuse.js";

/** A document of OpenAPI Overlay 1.0 as it was read. */
export interface Overlay extends Source, Named {
  readonly actions: readonly Action[];
}

/** One change to what a JSONPath of RFC 9535 selects. */
export interface Action {
  readonly query: JSONPathQuery;
  /** Whether it may select nothing on purpose. */
  readonly hasFilter: boolean;
  /** Undefined where it removes. */
  readonly update: Json | undefined;
  /** What there is to say of it, with its place in the overlay, or that of a part of it. */
  readonly problem: (message: string, ...keys: readonly string[]) => PipelineError;
  /** A line on it: these words, and the first sentence of its description. */
  readonly line: (words: string) => string;
}

/** Deep enough for any document that can be read, which `..` goes through. */
const jsonPath = new JSONPathEnvironment({ maxRecursionDepth: 1000 });
const fields = ["target", "description", "update", "remove"];

/** Where the overlay of a spec is, if it has one. */
export function overlayPath(spec: string): string {
  return path.join(path.dirname(spec), "overlay.yaml");
}

/** Reads the overlay of a spec, or another; undefined where it has none. */
export async function overlayOf(spec: string, other?: string): Promise<Overlay | undefined> {
  const isThere = other !== undefined || existsSync(overlayPath(spec));
  return isThere ? loadOverlay(other ?? overlayPath(spec)) : undefined;
}

/** Reads an overlay, and refuses one that is none, or has an action that says nothing clear. */
export async function loadOverlay(name: string): Promise<Overlay> {
  const file = { name, ...(await load(name)) };
  const { overlay, actions } = file.document;
  return inFile(file, () => {
    if (!/^1\.0\.\d+$/.test(text(overlay) ?? "")) {
      refuse(at(undefined, "overlay"), 'must be "1.0.0", the version of the Overlay Specification');
    }
    const place = at(undefined, "actions");
    if (items(actions).length === 0) refuse(place, "expected a list of actions");
    return { ...file, actions: items(actions).map((each, i) => readAction(each, at(place, i), file)) };
  });
}

function readAction(action: Json, place: Place, file: Named): Action {
  if (!isObject(action)) refuse(place, "expected an action");
  const unknown = Object.keys(action).find((key) => !fields.includes(key) && !/^x-/.test(key));
  if (unknown !== undefined) refuse(at(place, unknown), `is none of ${fields.join(", ")}`);
  const { target, remove = false } = action;
  if (typeof remove !== "boolean") refuse(at(place, "remove"), "must be true or false");
  const update = remove ? undefined : own(action, "update");
  if (!remove && update === undefined) refuse(place, "has neither an update nor remove: true");
  if (typeof target !== "string") refuse(at(place, "target"), "expected a JSONPath");
  const problem: Action["problem"] = (message, ...keys) =>
    placed(new PipelineError(message, ["actions", place.key, ...keys]), file.name, file.text);
  const [title] = (text(action.description) ?? target).split(/\.\s/, 1);
  const line = (words: string) => problem(`${words}: ${title}`).message;
  const hasFilter = target.replace(/'[^']*'|"[^"]*"/g, "").includes("?");
  try {
    return { query: jsonPath.compile(target), hasFilter, update, problem, line };
  } catch (error) {
    const reason = (error as Error).message;
    return refuse(at(place, "target"), `is no JSONPath of RFC 9535: ${reason}`);
  }
}
