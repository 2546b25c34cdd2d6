import { applyOverlay, blame } from "../openapi/apply-overlay.js";
import { load, type Source } from "../openapi/load.js";
import type { Overlay } from "../openapi/overlay.js";
import { type Named, placed } from "../openapi/placed.js";
import { PipelineError } from "../openapi/refuse.js";
import { examplesOf } from "./facts/content.js";
import { factsOf } from "./facts/facts.js";
import { readDocument } from "./read/read.js";
import { format } from "./write/format.js";
import { examplesCode, specCode } from "./write/spec.js";

/** What one document gives. */
export interface Generated {
  /** The text of each file, by its name. */
  readonly files: ReadonlyMap<string, string>;
  /** The operations that the facade can carry, by operationId. */
  readonly callable: readonly string[];
  /** A line on each operation that it cannot carry, and on whatever else is left out. */
  readonly leftOut: readonly string[];
  /** A line on each action of the overlay that selects nothing, though it has no filter. */
  readonly warnings: readonly string[];
}

/** Turns an OpenAPI file into the files of `generated/`; refuses it with a `PipelineError`. */
export async function generate(file: string, overlay?: Overlay): Promise<Generated> {
  return generateFrom({ name: file, ...(await load(file)) }, overlay);
}

/** Refuses what would be of no use: nothing of it can be called. */
export function orRefuse(spec: string, generated: Generated): Generated {
  if (generated.callable.length > 0) return generated;
  const reasons = ["has no operation that can be called", ...generated.leftOut].join(": ");
  throw new PipelineError(`${spec}: ${reasons}`);
}

/** The same of a document that has been read. */
export async function generateFrom(spec: Named & Source, overlay?: Overlay): Promise<Generated> {
  const overlaid = overlay && applyOverlay(spec.document, overlay);
  try {
    const reading = readDocument(overlaid?.document ?? spec.document);
    // TypeScript is large, and a document that is refused has no need of it.
    const { pathsCode } = await import("./types/paths.js");
    const { facts, leftOut } = factsOf(reading);
    const carried = reading.operations.filter(({ id }) => facts.has(id));
    const examples = new Map(carried.map((each) => [each.id, examplesOf(each, reading.resolver)]));
    const digests = { sha256: spec.sha256, ...(overlay && { overlay: overlay.sha256 }) };
    const files = new Map([
      ["paths.ts", await format(pathsCode(reading))],
      ["spec.ts", await format(specCode(reading, digests, facts, examples), "collapse")],
      ["examples.ts", await format(examplesCode(examples), "collapse")],
    ]);
    const warnings = overlaid?.actions
      .filter(({ places, hasFilter }) => places.length === 0 && !hasFilter)
      .map(({ line }) => line("selects nothing"));
    return { files, callable: [...facts.keys()], leftOut, warnings: warnings ?? [] };
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    if (overlaid === undefined) throw placed(error, spec.name, spec.text);
    // What the spec is refused for without the overlay is to be mended in the spec.
    await generateFrom(spec);
    throw blame(error, overlaid);
  }
}
