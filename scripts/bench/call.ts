import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { zones } from "../../generated/spec.js";
import type { Batch, Cost } from "./caller.js";
import { contestants } from "./contestants.js";
import { interleave } from "./interleave.js";
import { median, printTable, type Row } from "./report.js";

/** What V8 makes of the same code differs from process to process, so there are several of each. */
const processes = 7;
const rounds = 3;
const calls = 800;
const concurrencies = [1, 32] as const;
type Concurrency = (typeof concurrencies)[number];

/** What the processor time of one client may be, over that of another, by the calls at once. */
const limits: readonly [name: string, over: string, accept: Record<Concurrency, number>][] = [
  ["peaka-client", "openapi-fetch", { 1: 1, 32: 1 }],
  ["peaka-client", "fetch", { 1: 1.3, 32: 1.4 }],
  ["peaka-client/undici", "fetch", { 1: 0.5, 32: 0.35 }],
];

/** The costs of one call by concurrency and contestant, over all processes. */
type Costs = Record<Concurrency, Map<string, Cost[]>>;

/** What one call costs, next to other clients that send the same request to the same server. */
export async function benchCall(): Promise<Row[]> {
  const names = Object.keys(contestants);
  const costs: Costs = { 1: new Map(), 32: new Map() };
  const server = fork(fileURLToPath(new URL("server.ts", import.meta.url)));
  try {
    const port = await nextMessage(server);
    const baseUrl = `http://127.0.0.1:${String(port)}${new URL(zones.us).pathname}`;
    for (let run = 0; run < processes; run++) await measure(names, baseUrl, costs);
  } finally {
    server.disconnect();
  }
  const figure = (concurrency: Concurrency, name: string, of: keyof Cost) =>
    median((costs[concurrency].get(name) ?? []).map((cost) => cost[of]));
  for (const concurrency of concurrencies) {
    const cells = (name: string) =>
      (["cpu", "wall"] as const).flatMap((of) => {
        const cost = figure(concurrency, name, of);
        const ratio = cost / figure(concurrency, "fetch", of);
        return [`${cost.toFixed(0)} µs`, ratio.toFixed(2)];
      });
    const title = `${concurrency} at once, per call`;
    const headings = [title, "processor", "over fetch", "wall", "over fetch"];
    printTable(
      headings,
      names.map((name) => [name, ...cells(name)]),
    );
  }
  return limits.flatMap(([name, over, accept]) =>
    concurrencies.map((concurrency) => ({
      what: `processor of ${name} over ${over}, ${concurrency} at once`,
      ratio: figure(concurrency, name, "cpu") / figure(concurrency, over, "cpu"),
      accept: accept[concurrency],
    })),
  );
}

/** Adds what a new process of each contestant measures. */
async function measure(names: readonly string[], baseUrl: string, costs: Costs): Promise<void> {
  const script = fileURLToPath(new URL("caller.ts", import.meta.url));
  const children = new Map<string, ChildProcess>();
  try {
    for (const name of names) {
      const child = fork(script, [name, baseUrl]);
      children.set(name, child);
      await nextMessage(child);
    }
    for (const concurrency of concurrencies) {
      const batch: Batch = { concurrency, calls };
      const measured = await interleave(names, rounds, async (name) => {
        const child = children.get(name) as ChildProcess;
        child.send(batch);
        return (await nextMessage(child)) as Cost;
      });
      for (const [name, added] of measured) {
        costs[concurrency].set(name, [...(costs[concurrency].get(name) ?? []), ...added]);
      }
    }
  } finally {
    for (const child of children.values()) child.kill();
  }
}

/** What a process says next; it fails where the process ends instead. */
async function nextMessage(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const said = once(child, "message", { signal: ended.signal });
  const onExit = () => ended.abort(new Error("a process of the bench ended before its time"));
  child.once("exit", onExit);
  try {
    const [message] = (await said) as [unknown];
    return message;
  } finally {
    child.off("exit", onExit);
  }
}
