import { readAuth } from "./auth.js";
import { describe } from "./describe.js";
import { emitExamples, emitSpec } from "./emit.js";
import { emitPaths } from "./emit-paths.js";
import { examplesOf } from "./examples.js";
import { PipelineError } from "./fail.js";
import { format } from "./format.js";
import { identify } from "./identify.js";
import { load, type Source } from "./load.js";
import { locate } from "./locate.js";
import { listOperations } from "./operations.js";
import { createResolver, refTo } from "./resolver.js";
import { survey } from "./survey.js";
import { readZones } from "./zones.js";

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
  const identity = identify(document);
  const resolver = createResolver(document);
  const surveyed = survey(document, resolver);
  const zones = readZones(document);
  const auth = readAuth(document, resolver);
  const list = listOperations(document, resolver);
  const { operations, leftOut } = describe(document, list, auth, resolver);
  const examples = list
    .filter(({ id }) => operations.has(id))
    .map((operation) => [operation.id, examplesOf(operation, resolver)] as const);
  const code = [
    ["paths.ts", emitPaths(document, surveyed, resolver)],
    ["spec.ts", emitSpec({ ...identity, sha256 }, zones, auth, operations)],
    ["examples.ts", emitExamples(new Map(examples))],
  ] as const;
  const files = new Map<string, string>();
  for (const [name, text] of code) files.set(name, await format(text));
  return { files, leftOut };
}

/** The same problem with the file, and with line and column where the document has a place for it. */
function placed(error: PipelineError, file: string, text: string): PipelineError {
  const keys = error.keys ?? [];
  const place = locate(text, keys);
  const position = place === undefined ? "" : `:${place.line}:${place.column}`;
  const pointer = keys.length === 0 ? "" : ` ${refTo(keys)}`;
  return new PipelineError(`${file}${position}:${pointer} ${error.message}`);
}
