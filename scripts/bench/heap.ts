import { heapInUse } from "../../test/tools/soak/watch.js";
import { heldByServer, heldInProcess } from "./held-calls.js";
import { makers } from "./memory-contestants.js";

/** What each of many clients, or of many calls in flight, takes, in bytes. */
export interface Held {
  readonly heap: number;
  /** Of the process, for all that is outside the heap too. */
  readonly rss: number;
  /** Of the heap, and not for each: what is left when all of them are done and let go. */
  readonly left: number;
}

const [kind = "", name = "", count = ""] = process.argv.slice(2);
const held = kind === "clients" ? await ofClients(Number(count)) : await ofCalls(Number(count));
process.send?.(held, () => process.exit());

async function ofClients(count: number): Promise<Held> {
  const make = makers[name];
  if (!make) throw new Error(`there is no contestant ${name}`);
  return hold(count, (many) => ({ all: Array.from({ length: many }, make), end: () => undefined }));
}

async function ofCalls(count: number): Promise<Held> {
  const calls = name === "peaka-client, in process" ? heldInProcess() : await heldByServer(name);
  return hold(count, async (many) => {
    const all = await calls.start(many);
    const end = async () => {
      calls.answer();
      await Promise.all(all);
    };
    return { all, end };
  });
}

interface Many {
  readonly all: unknown[];
  readonly end: () => unknown;
}

async function hold(count: number, start: (count: number) => Many | Promise<Many>): Promise<Held> {
  // After as many that do not count, the code is compiled and the pool has its connections.
  await usedBy(await start(count));
  const before = await used();
  const during = await usedBy(await start(count));
  const after = await used();
  return {
    heap: (during.heap - before.heap) / count,
    rss: (during.rss - before.rss) / count,
    left: after.heap - before.heap,
  };
}

async function usedBy({ all, end }: Many): Promise<{ heap: number; rss: number }> {
  const during = await used();
  await end();
  all.length = 0;
  return during;
}

async function used(): Promise<{ heap: number; rss: number }> {
  return { heap: await heapInUse(), rss: process.memoryUsage.rss() };
}
