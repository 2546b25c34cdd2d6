import { applyOverlay, type Overlaid } from "../openapi/apply-overlay.js";
import { load, type Source } from "../openapi/load.js";
import { hasFilter, lineOn, loadOverlay, type Overlay } from "../openapi/overlay.js";
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
  /** A line on each operation that is typed, but that the facade cannot carry. */
  readonly leftOut: readonly string[];
  /** A line on each action of the overlay that selects nothing, though it has no filter. */
  readonly warnings: readonly string[];
}

/** Turns an OpenAPI file into the files of `generated/`; refuses it with a `PipelineError`. */
export async function generate(file: string, overlay?: string): Promise<Generated> {
  const spec = { name: file, ...(await load(file)) };
  return generateFrom(spec, overlay === undefined ? undefined : await loadOverlay(overlay));
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
    const digests = { sha256: spec.sha256, ...(overlaid && { overlay: overlaid.overlay.sha256 }) };
    const files = new Map([
      ["paths.ts", await format(pathsCode(reading))],
      ["spec.ts", await format(specCode(reading, digests, facts, examples), "collapse")],
      ["examples.ts", await format(examplesCode(examples), "collapse")],
    ]);
    return { files, leftOut, warnings: overlaid ? warningsOn(overlaid) : [] };
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    throw overlaid ? await blame(error, spec, overlaid) : placed(error, spec.name, spec.text);
  }
}

function warningsOn({ unmatched, overlay }: Overlaid): string[] {
  const unexpected = unmatched.filter((action) => !hasFilter(action));
  return unexpected.map((action) => lineOn(action, "selects nothing", overlay));
}

/** The refusal of an overlaid document, with its place in the file that is to be mended. */
async function blame(error: PipelineError, spec: Named & Source, { overlay, originOf }: Overlaid) {
  const origin = originOf(error.keys ?? []);
  if (origin !== undefined) {
    return placed(new PipelineError(error.message, origin), overlay.name, overlay.text);
  }
  const refusal = placed(error, spec.name, spec.text);
  // What is wrong may be that something is gone, or that something else is there as well.
  const isSpecs = await generateFrom(spec).then(
    () => false,
    () => true,
  );
  return isSpecs ? refusal : new PipelineError(`${overlay.name}: leads to ${refusal.message}`);
}
