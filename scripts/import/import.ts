import path from "node:path";

import { dump } from "js-yaml";

import { identify } from "../generate/read/identify.js";
import { without, withoutBroken } from "../generate/read/survey.js";
import { write } from "../generate/write/write.js";
import { applyOverlay } from "../openapi/apply-overlay.js";
import { entries, type JsonObject, text } from "../openapi/json.js";
import { load, sourceOf } from "../openapi/load.js";
import { overlayOf } from "../openapi/overlay.js";
import { inFile, type Named } from "../openapi/placed.js";
import { at, PipelineError, refuse } from "../openapi/refuse.js";
import { changesOf } from "./changes.js";
import { checkMerged } from "./check.js";
import { merge } from "./merge.js";
import { listOperations } from "./operations.js";
import { choose } from "./reach.js";
import { select, type Wanted } from "./select.js";
import { readSource, type Source } from "./source.js";

/** What to import, and where to. */
export interface Import extends Wanted {
  /** A file or an address. */
  readonly source: string;
  /** The file to merge into. */
  readonly spec: string;
}

/** A spec with what a source has of it, a line on each change, and what its overlay makes of it then. */
export type Merged = Awaited<ReturnType<typeof mergeSpec>>;

/** Merges operations of a source into a spec, with all that they reach, and writes nothing. */
export async function mergeSpec(order: Import) {
  const { spec } = order;
  const given = await readSource(order.source);
  const { source, untaken } = order.all ? soundOf(given) : { source: given, untaken: [] };
  const present = { name: spec, ...(await load(spec)) };
  const overlay = await overlayOf(spec);
  const merged = mergeFrom(source, present, order);
  const changes = changesOf(present.document, merged);
  if (changes.length > 0) checkMerged(merged, present, source);
  const overlaid = overlay && applyOverlay(merged, overlay);
  const idle = (overlaid?.actions ?? []).filter(({ isIdle }) => isIdle);
  // With these options the text is as upstream writes its own.
  const yaml = changes.length > 0 ? dump(merged, { noRefs: true }) : present.text;
  const isDos = yaml !== present.text && present.text.includes("\r\n");
  const written = isDos ? yaml.replaceAll("\n", "\r\n") : yaml;
  const notes = [...untaken, ...idle.map(({ line }) => line("is no longer needed"))];
  const result = { name: spec, ...sourceOf(Buffer.from(written), spec) };
  return { spec: result, changes, overlaid, notes };
}

/** What of a whole document can be taken, and a line on each thing that cannot. */
function soundOf(given: Source) {
  // To read is to spell some things in another way, and what is taken is to stay as it is.
  const { gone, leftOut } = inFile(given, () => withoutBroken(structuredClone(given.document)));
  const webhooks = entries(given.document.webhooks).map(([name]) => `webhook ${name} is not taken`);
  const source = { ...given, document: gone.reduce(without, given.document) };
  return { source, untaken: [...leftOut, ...webhooks] };
}

/** The same, written to the file, which stays as it is where nothing changed or anything is wrong. */
export async function importSpec(order: Import): Promise<Merged> {
  const merged = await mergeSpec(order);
  const { name, text } = merged.spec;
  if (merged.changes.length === 0) return merged;
  await write(path.dirname(name), new Map([[path.basename(name), text]]));
  return merged;
}

function mergeFrom(source: Source, present: Named, wanted: Wanted): JsonObject {
  const [theirs, ours] = [contentsOf(source), contentsOf(present)];
  const selection = select({ ...present, ...ours }, { ...source, ...theirs }, wanted);
  if (selection.kept.length > 0 && theirs.version !== ours.version) {
    const problem = `is ${theirs.version}, but ${present.name} has operations that stay as OpenAPI ${ours.version}: take those as well`;
    inFile(source, () => refuse(at(undefined, "openapi"), problem));
  }
  const merged = merge(present.document, source.document, choose(present, source, selection));
  const ids = listOperations(merged).map(({ id }) => id);
  const stuck = wanted.remove.find((id) => ids.includes(id));
  if (stuck === undefined) return merged;
  const problem = `"${stuck}" cannot be removed: what stays refers to it`;
  throw new PipelineError(`${present.name}: ${problem}`);
}

function contentsOf(file: Named) {
  return inFile(file, () => {
    identify(file.document);
    // The part of OpenAPI's version that decides what schemas mean: "3.0" or "3.1".
    const version = text(file.document.openapi)?.split(".", 2).join(".") ?? "";
    return { version, operations: listOperations(file.document) };
  });
}
