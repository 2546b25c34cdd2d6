import { describe } from "./describe/describe.js";
import { examplesOf } from "./describe/examples.js";
import { PipelineError } from "../openapi/refuse.js";
import { emitExamples } from "./emit/examples.js";
import { emitPaths } from "./emit/paths.js";
import { emitSpec } from "./emit/spec.js";
import { load, type Source } from "../openapi/load.js";
import { placed } from "../openapi/placed.js";
import { readDocument } from "./read/read.js";
import { format } from "./write/format.js";

/** What one document gives. */
export interface Generated {
  /** The text of each file, by its name. */
  readonly files: ReadonlyMap<string, string>;
  /** A line on each operation that is typed, but that the facade cannot carry. */
  readonly leftOut: readonly string[];
}

/** Turns an OpenAPI file into the files of `generated/`; refuses it with a `PipelineError`. */
export async function generate(file: string): Promise<Generated> {
  const source = await load(file);
  try {
    return await generateFrom(source);
  } catch (error) {
    if (error instanceof PipelineError) throw placed(error, file, source.text);
    throw error;
  }
}

async function generateFrom({ document, sha256 }: Source): Promise<Generated> {
  const { identity, resolver, surveyed, zones, auth, list } = readDocument(document);
  const { operations, leftOut } = describe(document, list, auth, resolver);
  const examples = new Map(
    list
      .filter(({ id }) => operations.has(id))
      .map((operation) => [operation.id, examplesOf(operation, resolver)]),
  );
  const code = [
    ["paths.ts", emitPaths(document, surveyed, resolver)],
    ["spec.ts", emitSpec(identity, sha256, zones, auth, operations, examples)],
    ["examples.ts", emitExamples(examples)],
  ] as const;
  const files = new Map<string, string>();
  for (const [name, text] of code) files.set(name, await format(text));
  return { files, leftOut };
}
