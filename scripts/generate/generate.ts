import { load } from "../openapi/load.js";
import { placed } from "../openapi/placed.js";
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
}

/** Turns an OpenAPI file into the files of `generated/`; refuses it with a `PipelineError`. */
export async function generate(file: string): Promise<Generated> {
  const { text, sha256, document } = await load(file);
  try {
    const reading = readDocument(document);
    // TypeScript is large, and a document that is refused has no need of it.
    const { pathsCode } = await import("./types/paths.js");
    const { facts, leftOut } = factsOf(reading);
    const carried = reading.operations.filter(({ id }) => facts.has(id));
    const examples = new Map(carried.map((each) => [each.id, examplesOf(each, reading.resolver)]));
    const files = new Map([
      ["paths.ts", await format(pathsCode(reading))],
      ["spec.ts", await format(specCode(reading, sha256, facts, examples), "collapse")],
      ["examples.ts", await format(examplesCode(examples), "collapse")],
    ]);
    return { files, callable: [...facts.keys()], leftOut };
  } catch (error) {
    throw error instanceof PipelineError ? placed(error, file, text) : error;
  }
}
