import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { median } from "./median.js";
import { fileURLToPath } from "node:url";

import { largeDocument } from "./large-document.js";

/** What generating may take on the large document, in terms of openapi-typescript alone. */
const acceptedRatio = 1.6;

interface Measure {
  readonly seconds: number;
  /** Of all processors together: what else the machine does counts for less in it. */
  readonly processor: number;
  /** Peak memory in megabytes. */
  readonly memory: number;
}

const folder = await mkdtemp(path.join(tmpdir(), "bench-generate-"));
try {
  const large = path.join(folder, "large.json");
  await writeFile(large, JSON.stringify(largeDocument(1000, 6), null, 2));
  const ratio = await compare(large, 5);
  await compare(here("../../openapi/peaka.yaml"), 5);
  if (ratio > acceptedRatio) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}

/** Measures both in turn, so that what else the machine does falls on both, and prints the medians. */
async function compare(spec: string, rounds: number): Promise<number> {
  const alone: Measure[] = [];
  const ours: Measure[] = [];
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await run(here("openapi-typescript.ts"), [spec, path.join(folder, "alone.ts")]));
    ours.push(
      await run(here("../generate.ts"), ["--spec", spec, "--out", path.join(folder, "out")]),
    );
    await rm(path.join(folder, "out"), { recursive: true });
  }
  const { size } = await stat(spec);
  const [left, right] = [alone, ours].map((measures) => ({
    seconds: median(measures.map(({ seconds }) => seconds)),
    processor: median(measures.map(({ processor }) => processor)),
    memory: median(measures.map(({ memory }) => memory)),
  })) as [Measure, Measure];
  const ratio = right.seconds / left.seconds;
  const processorRatio = right.processor / left.processor;
  console.log(`${path.basename(spec)}, ${(size / 1e6).toFixed(3)} MB, medians of ${rounds} runs:`);
  console.log(`  openapi-typescript alone  ${describe(left)}`);
  console.log(`  generate                  ${describe(right)}`);
  console.log(
    `  ratio                     ${ratio.toFixed(2)} (processor ${processorRatio.toFixed(2)})`,
  );
  return ratio;
}

/** Runs a script in a process of its own, which tells what it used as it ends. */
async function run(script: string, args: readonly string[]): Promise<Measure> {
  const report = "process.on('exit', () => process.send(process.resourceUsage()))";
  const execArgv = ["--import", "tsx", "--import", `data:text/javascript,${report}`];
  const start = performance.now();
  const child = fork(script, args, { execArgv, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  let usage: NodeJS.ResourceUsage | undefined;
  child.on("message", (message) => (usage = message as NodeJS.ResourceUsage));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0 || usage === undefined) throw new Error(`${script} failed`);
  const { maxRSS, userCPUTime, systemCPUTime } = usage;
  return {
    seconds: (performance.now() - start) / 1000,
    processor: (userCPUTime + systemCPUTime) / 1e6,
    memory: maxRSS / 1000,
  };
}

function describe({ seconds, processor, memory }: Measure): string {
  return `${seconds.toFixed(2)} s (processor ${processor.toFixed(2)} s), peak ${memory.toFixed(0)} MB`;
}

function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
