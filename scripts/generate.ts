import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { check } from "./generate/write/check.js";
import { runCommand } from "./generate/command.js";
import { PipelineError } from "./openapi/refuse.js";
import { generate } from "./generate/generate.js";
import { oneLine } from "./openapi/visible.js";
import { watch } from "./generate/watch.js";
import { write } from "./generate/write/write.js";

const help = `openapi/peaka.yaml into generated/.

npm run generate -- [options]

--check      write nothing, and exit 1 with the names of the files that are not what the spec gives
--watch      again on every save of the spec
--spec FILE  another spec
--out DIR    another place
--help       this text`;

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      check: { type: "boolean", default: false },
      watch: { type: "boolean", default: false },
      spec: { type: "string", default: here("../openapi/peaka.yaml") },
      out: { type: "string", default: here("../generated") },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  if (values.check && values.watch) {
    throw new PipelineError("--check and --watch exclude each other: pass one of them");
  }
  if (values.check) await runCheck(values.spec, values.out);
  else if (!values.watch) await run(values.spec, values.out);
  else watch(values.spec, () => runCommand(() => run(values.spec, values.out)));
});

/** A file of this repository as seen from the current folder. */
function here(file: string): string {
  return path.relative("", fileURLToPath(new URL(file, import.meta.url)));
}

async function run(spec: string, out: string): Promise<void> {
  const { files, leftOut } = await generate(spec);
  const written = await write(out, files);
  for (const line of leftOut) console.log(oneLine(line));
  console.log(`${out}: ${written.length > 0 ? `wrote ${written.join(", ")}` : "is up to date"}`);
}

async function runCheck(spec: string, out: string): Promise<void> {
  const { files } = await generate(spec);
  for (const finding of check(out, files)) {
    console.error(oneLine(finding));
    process.exitCode = 1;
  }
}
