import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { overlayOf, overlayPath } from "../openapi/overlay.js";
import { PipelineError } from "../openapi/refuse.js";
import { oneLine } from "../openapi/visible.js";
import { exitCodeOf, type Lines } from "./command.js";
import { generate, type Generated, orRefuse } from "./generate.js";
import { watch } from "./watch.js";
import { callableIn, check, write } from "./write/write.js";

const help = `openapi/peaka.yaml, with what openapi/overlay.yaml makes of it, into generated/.

npm run generate -- [options]

--check         write nothing, and exit 1 with the names of the files that are not what the spec gives
--watch         again on every save of the spec or the overlay
--spec FILE     another spec
--overlay FILE  another OpenAPI Overlay 1.0 (default: overlay.yaml beside the spec, where there is one)
--no-overlay    the spec as it is
--out DIR       another place
--help          this text`;

/** Runs the command with these arguments, and gives its exit code. */
export async function main(args: string[], lines: Lines): Promise<number> {
  return exitCodeOf(lines, async () => {
    const taken = ["check", "watch", "spec", "out"].find(
      (name) => process.env[`npm_config_${name}`],
    );
    if (taken !== undefined) {
      const advice = `npm run generate -- --${taken}`;
      throw new PipelineError(`npm took --${taken} for an option of its own: write ${advice}`);
    }
    const { values } = parseArgs({
      args,
      options: {
        check: { type: "boolean", default: false },
        watch: { type: "boolean", default: false },
        spec: { type: "string", default: here("../../openapi/peaka.yaml") },
        overlay: { type: "string" },
        "no-overlay": { type: "boolean", default: false },
        out: { type: "string", default: here("../../generated") },
        help: { type: "boolean", default: false },
      },
    });
    const { spec, overlay, out } = values;
    const isBare = values["no-overlay"];
    const run = async () =>
      orRefuse(spec, await generate(spec, isBare ? undefined : await overlayOf(spec, overlay)));
    if (values.help) lines.log(help);
    else if (values.check && values.watch) {
      throw new PipelineError("--check and --watch exclude each other: pass one of them");
    } else if (isBare && overlay !== undefined) {
      throw new PipelineError("--overlay and --no-overlay exclude each other: pass one of them");
    } else if (values.check) return checkOnce(await run(), out, lines);
    else if (values.watch) {
      const files = [spec, ...(isBare ? [] : [overlay ?? overlayPath(spec)])];
      watch(files, () => exitCodeOf(lines, async () => writeOnce(await run(), out, lines)));
    } else await writeOnce(await run(), out, lines);
    return 0;
  });
}

async function writeOnce(generated: Generated, out: string, { log }: Lines): Promise<void> {
  const { files, callable, leftOut, warnings } = generated;
  const before = await callableIn(path.join(out, "spec.ts"));
  const written = await write(out, files);
  const gone = before.filter((id) => !callable.includes(id));
  const gaps = gone.map((id) => `${id} could be called before, and is gone`);
  for (const line of [...warnings, ...leftOut, ...gaps]) log(oneLine(line));
  log(`${out}: ${written.length > 0 ? `wrote ${written.join(", ")}` : "is up to date"}`);
}

function checkOnce({ files, warnings }: Generated, out: string, { error }: Lines): number {
  const findings = check(out, files);
  for (const line of [...warnings, ...findings]) error(oneLine(line));
  return findings.length > 0 ? 1 : 0;
}

/** A file of this repository as seen from the current folder. */
function here(file: string): string {
  return path.relative("", fileURLToPath(new URL(file, import.meta.url)));
}
