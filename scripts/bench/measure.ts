import type { Update } from "./clients.js";

/** What one call costs, in microseconds. */
export interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

/**
 * The medians over `rounds` of what one call of each contestant costs, in batches of `calls`. The
 * rounds are interleaved and start with another contestant each, so that drift hits all of them.
 */
export async function measure(
  contestants: Record<string, Update>,
  concurrency: number,
  { rounds, calls }: { rounds: number; calls: number },
): Promise<Map<string, Cost>> {
  const names = Object.keys(contestants);
  const costs = new Map<string, Cost[]>(names.map((name) => [name, []]));
  for (const name of names) await batch(contestants[name] as Update, concurrency, calls);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length] as string;
      costs.get(name)?.push(await batch(contestants[name] as Update, concurrency, calls));
    }
  }
  return new Map(
    [...costs].map(([name, all]) => [
      name,
      { cpu: median(all.map(({ cpu }) => cpu)), wall: median(all.map(({ wall }) => wall)) },
    ]),
  );
}

async function batch(update: Update, concurrency: number, calls: number): Promise<Cost> {
  globalThis.gc?.();
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

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = sorted.slice(sorted.length % 2 ? middle : middle - 1, middle + 1);
  return sorted.length % 2 ? low : (low + high) / 2;
}
