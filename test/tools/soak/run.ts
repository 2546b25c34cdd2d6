import { spawnSync } from "node:child_process";
import { runApart, withGateway } from "./apart.js";
import type { BackoffFigures } from "./backoff.js";
import { broken, claimsOfBackoff, claimsOfResources, claimsOfRotation } from "./claims.js";
import type { ResourcesFigures } from "./resources.js";
import type { RotationFigures } from "./rotation.js";
import { table, type Row } from "./table.js";
import { transports, type Transport } from "./transports.js";

// Another seed lets other things go wrong; `npm run soak -- SEED` repeats a run.
const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
console.log(`seed ${seed}: repeat this run with \`npm run soak -- ${seed}\``);

// The properties of the quick tests, with this seed and ten times the cases.
const properties = spawnSync("npx", ["vitest", "run", "--project", "quick"], {
  stdio: "inherit",
  env: { ...process.env, PEAKA_TEST_SEED: String(seed), PEAKA_TEST_RUNS: "10" },
});
const sizes = {
  rotation: { seed, updates: 10_000, workers: 100, connections: 500, timeoutMs: 1_000 },
  resources: { seed, calls: 100_000, concurrency: 100, checkpoints: 10 },
  backoff: { calls: 1_000 },
};

type Soaked = Awaited<ReturnType<typeof soak>>;
const soaked: Soaked[] = [];
for (const transport of transports) soaked.push(await soak(transport));

const { rotation, resources, backoff } = sizes;
const title = `rotation: ${rotation.workers} workers, ${rotation.connections} connections`;
show(title, [
  row("updates", (one) => one.rotation.updates),
  row("attempts", (one) => one.rotation.attempts),
  row("requests at the gateway", (one) => one.rotation.requests),
  row("of these sent late", (one) => one.rotation.late),
  row("success", ({ rotation: { told } }) => told.success.applied),
  row("not applied", ({ rotation: { told } }) => told["not-applied"].notApplied),
  row("unknown, and applied", ({ rotation: { told } }) => told.unknown.applied),
  row("unknown, and not applied", ({ rotation: { told } }) => told.unknown.notApplied),
  row("aborted, and applied", ({ rotation: { told } }) => told.aborted.applied),
  row("aborted, and not applied", ({ rotation: { told } }) => told.aborted.notApplied),
  row("other than what the owner was told", (one) => one.rotation.wrong.length),
  row("requests that depart from the spec", (one) => one.rotation.violations.length),
  row("seconds", (one) => one.rotation.seconds),
]);
show(`resources: ${resources.concurrency} calls at once, mixed faults`, [
  row("calls", (one) => one.resources.calls),
  row("successes", (one) => one.resources.endings["success"] ?? 0),
  row("heap at the first checkpoint, MB", (one) => one.resources.heap[0] ?? NaN),
  row("heap growth from there, MB", (one) => one.resources.heapGrowth),
  row("heap at its peak, MB", (one) => one.resources.heapPeak),
  row("sockets at most", (one) => one.resources.sockets.most),
  row("sockets in the pool in the end", (one) => one.resources.sockets.pooled),
  row("sockets and timers in use in the end", (one) => one.resources.kept.length),
  row("listeners on the shared signal at most", (one) => one.resources.listeners.most),
  row("listeners in the end", (one) => one.resources.listeners.left),
  row("the process lived on, ms", (one) => Math.round(one.outlivedMs)),
  row("CPU per call, ms", (one) => one.resources.cpuMsPerCall),
  row("seconds", (one) => one.resources.seconds),
]);
show(`abort of ${backoff.calls} calls in a backoff of 60 s`, [
  row("timers before", (one) => one.backoff.timers.waiting),
  row("timers after", (one) => one.backoff.timers.left),
  row("listeners after", (one) => one.backoff.listeners),
  row("until all had rejected, ms", (one) => Math.round(one.backoff.tookMs)),
]);

const failures = soaked.flatMap(({ transport, failed }) =>
  failed.map((claim) => `over ${transport}: ${claim}`),
);
console.log(failures.length === 0 ? "\nEvery claim holds." : "\nThese claims do NOT hold:");
for (const failure of failures) console.log(`  ${failure}`);
process.exitCode = failures.length === 0 && properties.status === 0 ? 0 : 1;

async function soak(transport: Transport) {
  const rotating = { ...sizes.rotation, transport };
  const rotated = await runApart<RotationFigures>("rotation", rotating);
  const calling = { ...sizes.resources, transport };
  const called = await withGateway(seed, (baseUrl) =>
    runApart<ResourcesFigures>("resources", { ...calling, baseUrl }),
  );
  const waiting = { ...sizes.backoff, transport };
  const waited = await runApart<BackoffFigures>("abort in backoff", waiting);
  const failed = broken({
    ...claimsOfRotation(rotating, rotated.figures),
    ...claimsOfResources(calling, called.figures, called.outlivedMs),
    ...claimsOfBackoff(waiting, waited.figures),
  });
  return {
    ...{ transport, failed, outlivedMs: called.outlivedMs },
    ...{ rotation: rotated.figures, resources: called.figures, backoff: waited.figures },
  };
}

function row(label: string, value: (one: Soaked) => number): Row {
  return [label, ...soaked.map(value)];
}

function show(title: string, rows: readonly Row[]): void {
  console.log(`\n${table(title, transports, rows)}`);
}
