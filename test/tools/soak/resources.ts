import { pick } from "./mix.js";
import { createMixedCalls, signalKinds } from "./mixed-calls.js";
import { openTransport, type Transport } from "./transports.js";
import { heapInUse, keptAlive, slopeOf, watchSockets } from "./watch.js";

export interface ResourcesOptions {
  transport: Transport;
  /** Of a gateway in another process. */
  baseUrl: string;
  seed: number;
  calls: number;
  concurrency: number;
  /** How often the heap is looked at, after a first time that does not count. */
  checkpoints: number;
}

/** What many calls with mixed faults used, and what they left behind. Heap in MB. */
export interface ResourcesFigures {
  calls: number;
  /** How many calls ended so. */
  endings: Record<string, number>;
  /** In use at the checkpoints, with no call under way and no garbage. */
  heap: number[];
  /** From the first to the last of them, along the line that fits them best. */
  heapGrowth: number;
  heapPeak: number;
  sockets: { most: number; pooled: number };
  /** What keeps the process alive with no call under way, and did not before. */
  kept: string[];
  /** On the shared signal at most, and on all signals once their calls were done. */
  listeners: { most: number; left: number };
  cpuMsPerCall: number;
  seconds: number;
}

const megabyte = 1e6;

/** Makes many calls through a gateway that fails at random, and watches its own process. */
export async function resources(options: ResourcesOptions): Promise<ResourcesFigures> {
  const { calls, checkpoints, concurrency } = options;
  const sockets = watchSockets();
  const fetch = await openTransport(options.transport);
  const { call, endings, listeners } = createMixedCalls(options.baseUrl, fetch);
  const before = keptAlive();
  const kinds = pick(signalKinds, options.seed, calls);
  const startedAt = performance.now();
  const usage = process.cpuUsage();
  let heapPeak = 0;
  let next = 0;

  async function work(until: number): Promise<void> {
    while (next < until) {
      const index = next++;
      await call(kinds[index] ?? "none", index);
      if (index % 50 === 0) heapPeak = Math.max(heapPeak, process.memoryUsage().heapUsed);
    }
  }

  const heap: number[] = [];
  for (let checkpoint = 0; checkpoint <= checkpoints; checkpoint++) {
    const until = (calls * (checkpoint + 1)) / (checkpoints + 1);
    await Promise.all(Array.from({ length: concurrency }, () => work(until)));
    const used = await heapInUse();
    // By the first, the code is compiled and the pool has its connections.
    if (checkpoint > 0) heap.push(used / megabyte);
  }
  const { user, system } = process.cpuUsage(usage);
  return {
    calls: next,
    endings,
    heap,
    heapGrowth: slopeOf(heap) * (heap.length - 1),
    heapPeak: heapPeak / megabyte,
    sockets: { most: sockets.most(), pooled: sockets.open() },
    kept: keptAlive(before),
    listeners: { most: listeners.most, left: listeners.left() },
    cpuMsPerCall: (user + system) / 1000 / next,
    seconds: (performance.now() - startedAt) / 1000,
  };
}
