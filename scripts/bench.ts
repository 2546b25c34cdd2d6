import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { zones } from "../generated/spec.js";
import { clients, type Built } from "./bench/clients.js";
import { measure, type Cost } from "./bench/measure.js";

// Costs per call, as ratios to bare `fetch` in the same run. The package is measured as built.
const dist = new URL("../dist/", import.meta.url);
const built: Built = {
  index: (await import(new URL("index.js", dist).href)) as Built["index"],
  undici: (await import(new URL("undici.js", dist).href)) as Built["undici"],
};

const server = fork(fileURLToPath(new URL("bench/server.ts", import.meta.url)));
const [port] = (await once(server, "message")) as [number];
const baseUrl = `http://127.0.0.1:${port}${new URL(zones.us).pathname}`;

for (const bodyBytes of [100, 1_000, 100_000]) {
  for (const concurrency of [32, 1]) {
    const size = bodyBytes < 1000 ? `${bodyBytes} B` : `${bodyBytes / 1000} kB`;
    console.log(`\nbody ${size}, concurrency ${concurrency}`);
    const contestants = clients(built, baseUrl, bodyBytes);
    const effort = bodyBytes > 10_000 ? { rounds: 5, calls: 800 } : { rounds: 9, calls: 1600 };
    show(await measure(contestants, concurrency, effort));
  }
}

console.log("\nan error (400, with its secrets redacted), body 100 B, concurrency 1");
const wrong = clients(built, `${baseUrl}/wrong`, 100);
const answered = (update: () => Promise<unknown>) => () => update().catch(() => undefined);
const failing = {
  fetch: answered(wrong["fetch"] ?? fail),
  "peaka-client": answered(wrong["peaka-client"] ?? fail),
};
show(await measure(failing, 1, { rounds: 9, calls: 800 }));
server.disconnect();
process.exit();

function show(costs: ReadonlyMap<string, Cost>): void {
  const base = costs.get("fetch");
  if (!base) throw new Error("there is nothing to compare with");
  for (const [name, { cpu, wall }] of costs) {
    const cells = [`cpu ${(cpu / base.cpu).toFixed(2)}x`, `${cpu.toFixed(0)} µs`];
    console.log(
      `  ${name.padEnd(26)}${cells.map((cell) => cell.padStart(11)).join("")}` +
        `   wall ${(wall / base.wall).toFixed(2)}x ${wall.toFixed(0).padStart(6)} µs`,
    );
  }
}

function fail(): never {
  throw new Error("no such contestant");
}
