/** Runs one suite over the installed package in every runtime, and prints what came of it. */
import { createService } from "../packed/service.js";
import { compileSuite } from "./compile.js";
import { failuresOf, matrixOf, type Run } from "./matrix.js";
import { runOne } from "./run-one.js";
import type { Runtime } from "./runtime.js";
import { findRuntimes, isPinned } from "./runtimes.js";
import { installRuntimes } from "./tools.js";

// The runtimes have process groups of their own, and are ended when this process exits.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const asked = process.argv.slice(2);
const { runtimes, skipped } = findRuntimes();
const isAsked = ({ name, family }: { name: string; family?: string }) =>
  asked.length === 0 || asked.includes(name) || (family !== undefined && asked.includes(family));
const known = new Set([...runtimes, ...skipped].flatMap(namesOf));
const unknown = asked.filter((name) => !known.has(name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}, only ${[...known].join(", ")}.`);
  process.exit(1);
}

const chosen = runtimes.filter(isAsked);
const startedAt = performance.now();
if (chosen.some(isPinned)) await installRuntimes();
const runs = await runAll(chosen);
const lines = await matrixOf(runs, skipped.filter(isAsked));
console.log(lines.join("\n"));
console.log(`${((performance.now() - startedAt) / 1000).toFixed(1)} s, installation included`);
const failures = runs.flatMap(failuresOf);
for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exitCode = 1;

async function runAll(chosen: readonly Runtime[]): Promise<Run[]> {
  const jobs = chosen.flatMap((runtime) => runtime.formats.map((format) => ({ runtime, format })));
  const runs: Run[] = [];
  const service = await createService();
  try {
    await compileSuite(service.folder);
    const queue = jobs.entries();
    const work = async () => {
      for (const [index, { runtime, format }] of queue) {
        const results = await runOne(runtime, format, service.folder);
        runs[index] = { runtime, format, results };
      }
    };
    // Two at a time: they wait for most of it.
    await Promise.all([work(), work()]);
  } finally {
    await service.remove();
  }
  return runs;
}

function namesOf({ name, family }: { name: string; family?: string }): string[] {
  return family === undefined ? [name] : [name, family];
}
