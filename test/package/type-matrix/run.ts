/**
 * Type-checks services that have installed the packed file, with the versions of TypeScript and the
 * settings that services have, and prints a matrix: `npm run test:types`, or `-- 5.9` for one version.
 */
import { realpath } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createService, root } from "../packed/service.js";
import { installTools } from "../../tools/tools.js";
import { check } from "./check.js";
import { danglingImports } from "./dangling.js";
import { matrixOf, problemsOf, type Result } from "./report.js";
import { rows } from "./rows.js";
import { furnish } from "./workspace.js";

const every = ["5.4", "5.9", "6.0", "7.0"];
const only = process.argv[2];
const versions = every.filter((version) => only === undefined || version === only);
if (versions.length === 0) throw new Error(`name one of ${every.join(", ")}, or none for all`);

const startedAt = performance.now();
const manifests = fileURLToPath(new URL("tools", import.meta.url));
const tools = await realpath(await installTools(manifests, path.join(root, ".types")));
const service = await createService();
try {
  const places = await furnish(service, tools);
  const jobs = rows.flatMap((row) => versions.map((version) => ({ row, version })));
  const results = await inTwos(jobs, async ({ row, version }): Promise<Result> => {
    return { row, version, verdict: await check(version, row, places) };
  });
  console.log(matrixOf(versions, results));
  const problems = [...danglingImports(service), ...problemsOf(results)];
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(`\n${problems.length === 0 ? "No problem" : "Problems"}, in ${seconds} s`);
  // One cause can have hundreds; the matrix has their number.
  for (const problem of problems.slice(0, 100)) console.log(`  ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await service.remove();
}

/** Two at a time: a compiler fills a core, and hundreds of megabytes. */
async function inTwos<Job, Done>(
  jobs: readonly Job[],
  run: (job: Job) => Promise<Done>,
): Promise<Done[]> {
  const done: Done[] = [];
  const queue = jobs.entries();
  const work = async () => {
    for (const [index, job] of queue) done[index] = await run(job);
  };
  await Promise.all([work(), work()]);
  return done;
}
