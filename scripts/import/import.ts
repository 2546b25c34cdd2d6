import path from "node:path";

import { type JsonObject, text } from "../openapi/json.js";
import { at, PipelineError, refuse } from "../openapi/refuse.js";
import { load } from "../openapi/load.js";
import { identify } from "../generate/read/identify.js";
import { write } from "../generate/write/write.js";
import { changesOf } from "./changes.js";
import { checkMerged, inFile, type Named } from "./check.js";
import { choose } from "./choose.js";
import { merge } from "./merge.js";
import { listOperations } from "./operations.js";
import type { Progress } from "./progress.js";
import { readSource, type Source } from "./read-source.js";
import { render } from "./render.js";
import { select, type Wanted } from "./select.js";

/** What to import, and where to. */
export interface Import extends Wanted {
  /** A file or an address. */
  readonly source: string;
  /** The file to merge into. */
  readonly spec: string;
}

/**
 * Merges operations of a source into a spec, with all that they reach. Gives a line on each change; where
 * there is none, and where anything is wrong, the file stays as it is.
 */
export async function importSpec(order: Import, progress: Progress): Promise<readonly string[]> {
  const { spec } = order;
  const source = await readSource(order.source, progress);
  progress(`reading ${spec}`);
  const present = { name: spec, ...(await load(spec)) };
  progress("merging");
  const merged = mergeFrom(source, present, order);
  const changes = changesOf(present.document, merged);
  if (changes.length === 0) return [];
  progress("checking");
  checkMerged(merged, present, source);
  progress(`writing ${spec}`);
  const rendered = render(merged, present, source);
  await write(path.dirname(spec), new Map([[path.basename(spec), rendered]]));
  return changes;
}

function mergeFrom(source: Source, present: Named, wanted: Wanted): JsonObject {
  const version = inFile(source, () => minorOf(source.document));
  const presentVersion = inFile(present, () => minorOf(present.document));
  const theirs = inFile(source, () => listOperations(source.document));
  const ours = inFile(present, () => listOperations(present.document));
  const { name, isPage } = source;
  const selection = select({ ours, spec: present.name, theirs, source: name, isPage }, wanted);
  if (selection.kept.length > 0 && version !== presentVersion) {
    inFile(source, () => refuseVersion(version, presentVersion, present.name));
  }
  const choice = choose(present, source, selection);
  const merged = merge(present.document, source.document, choice);
  const ids = listOperations(merged).map(({ id }) => id);
  const stuck = wanted.remove.find((id) => ids.includes(id));
  if (stuck !== undefined) {
    throw new PipelineError(
      `${present.name}: "${stuck}" cannot be removed: what stays refers to it`,
    );
  }
  return merged;
}

/** The version of OpenAPI that decides what schemas mean: "3.0" or "3.1". */
function minorOf(document: JsonObject): string {
  identify(document);
  return text(document.openapi)?.split(".", 2).join(".") ?? "";
}

function refuseVersion(version: string, present: string, spec: string): never {
  refuse(
    at(undefined, "openapi"),
    `is ${version}, but ${spec} has operations that stay as OpenAPI ${present}: take those as well`,
  );
}
