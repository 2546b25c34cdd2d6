/**
 * Many rotations over both transports, and then every property with a seed of its own and ten times
 * its usual cases: `npm run soak`, or `npm run soak -- SEED` for one that was printed before.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rotation } from "./rotation.js";
import { transports } from "./transports.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const seed = Number(process.argv[2] ?? Math.floor(Math.random() * 2 ** 31));
const repeat = `npm run soak -- ${seed}`;
console.log(`seed ${seed}; to repeat it: ${repeat}`);

const size = { seed, updates: 10_000, workers: 100, connections: 500 };
for (const transport of transports) {
  const { figures, broken } = await rotation({ ...size, transport });
  console.table({ [`rotations over ${transport}`]: figures });
  for (const claim of broken) fail(`does NOT hold over ${transport}: ${claim}`);
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

function fail(problem: string): void {
  console.error(`${problem}\nto repeat it: ${repeat}`);
  process.exitCode = 1;
}
