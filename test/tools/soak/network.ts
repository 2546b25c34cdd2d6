import { setTimeout as sleep } from "node:timers/promises";
import type { Fetch, FetchInit } from "../../../src/index.js";
import { closedBaseUrl } from "../closed-port.js";
import { pick, type Mix } from "./mix.js";

/** What happens to a request: a number holds it for so long after its caller has given up on it. */
const fates: Mix<"none" | "refused" | number> = [
  [376, "none"],
  [12, "refused"],
  ...[0, 1, 20, 200].map((pauseMs) => [3, pauseMs] as const),
];

/**
 * A network that fails as no server can, at random: it does not connect, or holds a request back and
 * delivers it only once its caller has given up on it.
 */
export async function createNetwork(fetch: Fetch, seed: number, size: number) {
  const plan = pick(fates, seed, size);
  const nowhere = await closedBaseUrl();
  const held = new Map<Promise<void>, string>();
  let requests = 0;
  let late = 0;

  async function deliver(url: string, init: FetchInit, pauseMs: number): Promise<void> {
    await sleep(pauseMs);
    late += 1;
    // Nobody waits for the answer. What it has an effect on, it has before.
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(500) });
    await answer.text?.();
  }

  const hold = (url: string, init: FetchInit, pauseMs: number) =>
    new Promise<never>((_, reject) => {
      init.signal.addEventListener("abort", () => {
        const delivery = deliver(url, init, pauseMs).catch(() => undefined);
        held.set(delivery, url);
        void delivery.then(() => held.delete(delivery));
        reject(init.signal.reason as Error);
      });
    });

  return {
    fetch: ((url, init) => {
      const fate = plan[requests++ % size];
      if (fate === "refused") return fetch(nowhere + new URL(url).pathname, init);
      return typeof fate === "number" ? hold(url, init, fate) : fetch(url, init);
    }) satisfies Fetch,
    /** How many requests went out after their caller had given up on them. */
    late: () => late,
    /** Resolves when no request with this text in its URL is held back any more. */
    async delivered(text: string): Promise<void> {
      await Promise.all([...held].filter(([, url]) => url.includes(text)).map(([one]) => one));
    },
  };
}
