import { contestants } from "./contestants.js";

// One contestant, in a process of its own: neither its garbage nor what V8 learnt of it is another's.

/** What one call costs, in microseconds. */
export interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

/** A batch of calls to make. */
export interface Batch {
  readonly concurrency: number;
  readonly calls: number;
}

const [name = "", baseUrl = ""] = process.argv.slice(2);
const make = contestants[name];
if (!make) throw new Error(`there is no contestant ${name}`);
const update = await make(baseUrl);
process.on("disconnect", () => {
  process.exit();
});
process.on("message", ({ concurrency, calls }: Batch) => {
  void run(concurrency, calls).then((cost) => process.send?.(cost));
});
// Until V8 has compiled what it will.
await run(32, 2000);
process.send?.("ready");

async function run(concurrency: number, calls: number): Promise<Cost> {
  let left = calls;
  const work = async () => {
    while (left-- > 0) await update();
  };
  const startedAt = performance.now();
  const usage = process.cpuUsage();
  await Promise.all(Array.from({ length: concurrency }, work));
  const { user, system } = process.cpuUsage(usage);
  return { cpu: (user + system) / calls, wall: ((performance.now() - startedAt) * 1000) / calls };
}
