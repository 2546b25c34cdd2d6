import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { PipelineError } from "../openapi/refuse.js";
import { oneLine } from "../openapi/visible.js";
import { exitCodeOf, type Lines } from "./command.js";
import { generate } from "./generate.js";
import { watch } from "./watch.js";
import { callableIn, check, write } from "./write/write.js";

const help = `openapi/peaka.yaml into generated/.

npm run generate -- [options]

--check      write nothing, and exit 1 with the names of the files that are not what the spec gives
--watch      again on every save of the spec
--spec FILE  another spec
--out DIR    another place
--help       this text`;

/** Runs the command with these arguments, and gives its exit code. */
export async function main(args: string[], lines: Lines): Promise<number> {
  return exitCodeOf(lines, async () => {
    const { values } = parseArgs({
      args,
      options: {
        check: { type: "boolean", default: false },
        watch: { type: "boolean", default: false },
        spec: { type: "string", default: here("../../openapi/peaka.yaml") },
        out: { type: "string", default: here("../../generated") },
        help: { type: "boolean", default: false },
      },
    });
    const { spec, out } = values;
    if (values.help) lines.log(help);
    else if (values.check && values.watch) {
      throw new PipelineError("--check and --watch exclude each other: pass one of them");
    } else if (values.check) return checkOnce(spec, out, lines);
    else if (values.watch) watch(spec, () => exitCodeOf(lines, () => writeOnce(spec, out, lines)));
    else await writeOnce(spec, out, lines);
    return 0;
  });
}

async function writeOnce(spec: string, out: string, { log }: Lines): Promise<void> {
  const { files, callable, leftOut } = await generate(spec);
  for (const line of leftOut) log(oneLine(line));
  checkCallable(spec, callable);
  const before = await callableIn(path.join(out, "spec.ts"));
  const written = await write(out, files);
  const gone = before.filter((id) => !callable.includes(id));
  for (const id of gone) log(oneLine(`${id} could be called before, and is gone`));
  log(`${out}: ${written.length > 0 ? `wrote ${written.join(", ")}` : "is up to date"}`);
}

async function checkOnce(spec: string, out: string, { error }: Lines): Promise<number> {
  const { files, callable } = await generate(spec);
  checkCallable(spec, callable);
  const findings = check(out, files);
  for (const finding of findings) error(oneLine(finding));
  return findings.length > 0 ? 1 : 0;
}

function checkCallable(spec: string, callable: readonly string[]): void {
  if (callable.length === 0)
    throw new PipelineError(`${spec}: has no operation that can be called`);
}

/** A file of this repository as seen from the current folder. */
function here(file: string): string {
  return path.relative("", fileURLToPath(new URL(file, import.meta.url)));
}
