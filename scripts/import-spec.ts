import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { importSpec } from "./import/import.js";
import { showProgress } from "./import/progress.js";
import { runCommand } from "./generate/command.js";
import { PipelineError } from "./openapi/refuse.js";
import { oneLine } from "./openapi/visible.js";

const usage = `npm run import-spec -- SOURCE [options]

Merges operations into openapi/peaka.yaml, with every component that they reach, and takes
servers, security and info from SOURCE. What says the same keeps its text and its place;
components that nothing reaches any more are removed. Prints what was added, changed and removed.

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

const progress = showProgress(process.stderr);

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      operation: { type: "string", multiple: true, default: [] },
      all: { type: "boolean", default: false },
      remove: { type: "string", multiple: true, default: [] },
      spec: { type: "string", default: here("../openapi/peaka.yaml") },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const [source, ...more] = positionals;
  if (source === undefined || more.length > 0) {
    throw new PipelineError("expected one SOURCE, a file or an https: address: see --help");
  }
  if (values.all && values.operation.length > 0) {
    throw new PipelineError("--all and --operation exclude each other: pass one of them");
  }
  const { operation: operations, all, remove, spec } = values;
  const order = { source, operations, all, remove, spec };
  const changes = await importSpec(order, progress).finally(() => progress(""));
  for (const change of changes) console.log(oneLine(change));
  if (changes.length === 0) console.log(oneLine(`${spec}: nothing changed`));
});

/** A file of this repository as seen from the current folder. */
function here(file: string): string {
  return path.relative("", fileURLToPath(new URL(file, import.meta.url)));
}
