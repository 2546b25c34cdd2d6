import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { zones } from "../../generated/spec.js";
import type { Cost } from "./call.js";
import { contestants } from "./contestants.js";
import { measure, nextMessage } from "./measure.js";

// Costs per call, as ratios to bare `fetch` in the same run.

/** What the ratio of processor time may be at most, by the number of calls at once. */
const mostWith100Bytes: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  "peaka-client": { 32: 1.2, 1: 1.2 },
  "peaka-client, onAttempt": { 32: 1.25, 1: 1.25 },
  "peaka-client/undici": { 32: 0.45, 1: 0.6 },
};

const server = fork(fileURLToPath(new URL("server.ts", import.meta.url)));
const port = (await nextMessage(server)) as number;
const baseUrl = `http://127.0.0.1:${port}${new URL(zones.us).pathname}`;

try {
  for (const bodyBytes of [100, 1_000, 100_000]) {
    for (const concurrency of [32, 1]) {
      const size = bodyBytes < 1000 ? `${bodyBytes} B` : `${bodyBytes / 1000} kB`;
      console.log(`\nbody ${size}, concurrency ${concurrency}`);
      const isLimited = bodyBytes === 100;
      const effort = isLimited
        ? { processes: 9, rounds: 3, calls: 800 }
        : { processes: 1, rounds: 5, calls: 800 };
      const setting = { baseUrl, bodyBytes, concurrency };
      const costs = await measure(Object.keys(contestants), setting, effort);
      show(costs, (name) => (isLimited ? mostWith100Bytes[name]?.[concurrency] : undefined));
    }
  }
  console.log("\nan error (400, with its secrets redacted), body 100 B, concurrency 1");
  const wrong = { baseUrl: `${baseUrl}/wrong`, bodyBytes: 100, concurrency: 1 };
  const effort = { processes: 1, rounds: 9, calls: 800 };
  show(await measure(["fetch", "peaka-client"], wrong, effort));
} finally {
  server.disconnect();
}

function show(
  costs: ReadonlyMap<string, Cost>,
  mostOf: (name: string) => number | undefined = () => undefined,
): void {
  const base = costs.get("fetch");
  if (!base) throw new Error("there is nothing to compare with");
  for (const [name, { cpu, wall }] of costs) {
    const ratio = cpu / base.cpu;
    const most = mostOf(name);
    console.log(
      `  ${name.padEnd(26)}cpu ${ratio.toFixed(2)}x ${cpu.toFixed(0).padStart(6)} µs` +
        `   wall ${(wall / base.wall).toFixed(2)}x ${wall.toFixed(0).padStart(6)} µs` +
        (most === undefined ? "" : `   at most ${most.toFixed(2)}x`),
    );
    if (most !== undefined && !(ratio <= most)) process.exitCode = 1;
  }
}
