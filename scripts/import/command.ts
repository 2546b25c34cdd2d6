import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { PipelineError } from "../openapi/refuse.js";
import { oneLine } from "../openapi/visible.js";
import { type Import, importSpec } from "./import.js";

const usage = `npm run import-spec -- SOURCE [options]

Merges operations into openapi/peaka.yaml, with every component that they reach, and takes
servers, security and info from SOURCE; components that nothing reaches any more are removed.
Prints what was added, changed and removed, and which actions of the overlay beside the file change
nothing any more. Where anything changed, the file is written anew in the style of Peaka's docs,
without comments; otherwise it stays as it is.

SOURCE  a docs page in Markdown that has its OpenAPI document in a fence of four backticks,
        or a whole OpenAPI document in YAML or JSON: a file or an https: address

  --operation ID  take this operation; can be given more than once
  --all           take every operation of SOURCE
                  Without either, the operations that the spec has are taken: those that a docs
                  page does not show stay as they are; that a whole document lacks one is an error.
  --remove ID     take this operation out of the spec; can be given more than once
  --spec FILE     merge into this file
  --help          print this

Then run: npm run generate`;

/** Runs `import-spec` with these arguments, and gives the lines to print. */
export async function importCommand(args: readonly string[]): Promise<readonly string[]> {
  const order = readOrder(args, defaultSpec());
  if (order === undefined) return [usage];
  const { changes, notes } = await importSpec(order);
  const lines = changes.length > 0 ? changes : [`${order.spec}: nothing changed`];
  return [...lines, ...notes].map(oneLine);
}

/** What the arguments ask to import; undefined where they ask for help. */
export function readOrder(
  args: readonly string[],
  spec: string,
  usual?: string,
): Import | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      operation: { type: "string", multiple: true, default: [] },
      all: { type: "boolean", default: false },
      remove: { type: "string", multiple: true, default: [] },
      spec: { type: "string", default: spec },
      help: { type: "boolean", default: false },
    },
  });
  const { operation: operations, help, ...rest } = values;
  if (help) return undefined;
  const [source = usual, ...more] = positionals;
  if (source === undefined || more.length > 0) {
    throw new PipelineError("expected one SOURCE, a file or an https: address: see --help");
  }
  if (rest.all && operations.length > 0) {
    throw new PipelineError("--all and --operation exclude each other: pass one of them");
  }
  return { source, operations, ...rest };
}

/** The repository's spec as seen from the current folder. */
function defaultSpec(): string {
  return path.relative("", fileURLToPath(new URL("../../openapi/peaka.yaml", import.meta.url)));
}
