/**
 * What the package costs: `npm run bench -- NAME`. It fails where a limit is passed. Leave the
 * machine alone while it runs; docs/performance.md has the figures and what they mean.
 */
import { benchCall } from "./call.js";
import { benchGenerate } from "./generate.js";
import { benchImport } from "./import.js";
import type { Row } from "./report.js";

const benches: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  call: benchCall,
  import: benchImport,
  generate: benchGenerate,
};

const [name = "call"] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench === undefined) {
  console.error(`There is no bench ${name}, only ${Object.keys(benches).join(", ")}.`);
  process.exit(1);
}
for (const { what, ratio, accept } of await bench()) {
  const isOver = !(ratio <= accept);
  const limit = `at most ${accept.toFixed(2)}${isOver ? ", which is passed" : ""}`;
  console.log(`${what.padEnd(60)} ${ratio.toFixed(2)}, ${limit}`);
  if (isOver) process.exitCode = 1;
}
