/**
 * Many rotations over both transports, and then every property with a seed of its own and ten times
 * its usual cases: `npm run soak`, or `npm run soak -- SEED` for one that was printed before.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { rotation } from "./rotation.js";
import { openTransport, transports } from "./transports.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const seed = Number(process.argv[2] ?? Math.floor(Math.random() * 2 ** 31));
const repeat = `npm run soak -- ${seed}`;
console.log(`seed ${seed}; to repeat it: ${repeat}`);

const size = { updates: 2_000, workers: 100, connections: 500 };
const rounds = 5;
/** What the later rounds may add to the heap, in MB. */
const mostHeapGrowthMb = 3;

for (const transport of transports) {
  const fetch = await openTransport(transport);
  const table = [];
  const heap: number[] = [];
  const kept = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const { figures, broken } = await rotation({ ...size, seed: seed + 10 * round, fetch });
    for (const claim of broken) fail(`does NOT hold over ${transport}: ${claim}`);
    const heapMb = (await heapInUse()) / 1e6;
    heap.push(heapMb);
    for (const name of process.getActiveResourcesInfo()) kept.add(name);
    table.push({ ...figures, heapMb: Number(heapMb.toFixed(2)) });
  }
  console.log(`rotations over ${transport}`);
  console.table(table);
  // By the end of the first, code is compiled. Node keeps a pool for each gateway that there was.
  const growth = Math.min(...heap.slice(-2)) - (heap[1] ?? 0);
  if (growth > mostHeapGrowthMb) fail(`over ${transport} the heap grew by ${growth} MB`);
  // Its own output may be a pipe.
  const alive = [...kept].filter((name) => !/^(?:Pipe|TTY)Wrap$/.test(name));
  if (alive.length > 0) fail(`over ${transport} a round leaves behind: ${alive.join(", ")}`);
}

/** The test files that have properties. */
const files: string[] = [];
for (const file of await readdir(path.join(root, "test"), { recursive: true })) {
  if (!file.endsWith(".test.ts")) continue;
  const text = await readFile(path.join(root, "test", file), "utf8");
  if (/\bruns\(/.test(text)) files.push(path.join("test", file));
}
const vitest = spawn("npx", ["vitest", "run", "--testTimeout=1200000", ...files], {
  ...{ cwd: root, stdio: "inherit" },
  env: { ...process.env, PEAKA_TEST_SEED: String(seed), PEAKA_TEST_RUNS: "10" },
});
const [code] = (await once(vitest, "close")) as [number | null];
if (code !== 0) fail("a property does not hold");
process.exit();

/** The bytes of the heap that are in use once there is no garbage. */
async function heapInUse(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // What one collection finds to be unused can let go of more, in a later turn.
  for (let round = 0; round < 4; round++) {
    for (let turn = 0; turn < 4; turn++) await setImmediate();
    collect();
  }
  return process.memoryUsage().heapUsed;
}

function fail(problem: string): void {
  console.error(`${problem}\nto repeat it: ${repeat}`);
  process.exitCode = 1;
}
