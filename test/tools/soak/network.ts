import { setTimeout as sleep } from "node:timers/promises";
import type { Fetch, FetchInit } from "../../../src/index.js";
import { closedBaseUrl } from "../closed-port.js";
import { pick } from "./mix.js";

/** How long an answer to a late request may take that nobody waits for. It has its effect before. */
const patienceMs = 500;

const faults = [
  [94, "none"],
  [3, "refused"],
  [3, "held"],
] as const;

/** What lies between the clients and the gateway. */
export interface Network {
  fetch: Fetch;
  /** How many requests went out after their caller had given up on them. */
  late: () => number;
  /** Resolves when no request with this text in its URL is held back any more. */
  delivered: (text: string) => Promise<void>;
}

/**
 * A network that fails as no server can, at random: it does not connect, or holds a request back and
 * delivers it only once its caller has given up on it.
 */
export async function createNetwork(fetch: Fetch, seed: number, size: number): Promise<Network> {
  const plan = pick(faults, seed, size);
  const pauses = pick(
    [0, 1, 20, 200].map((ms) => [1, ms] as const),
    seed,
    size,
  );
  const nowhere = await closedBaseUrl();
  const held = new Map<Promise<void>, string>();
  let requests = 0;
  let late = 0;

  async function deliver(url: string, init: FetchInit, pauseMs: number): Promise<void> {
    await sleep(pauseMs);
    late += 1;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), patienceMs);
    try {
      const answer = await fetch(url, { ...init, signal: patience.signal });
      await (answer.body as ReadableStream | null)?.cancel();
    } finally {
      clearTimeout(timer);
    }
  }

  function hold(url: string, init: FetchInit, pauseMs: number): Promise<never> {
    return new Promise((_, reject) => {
      init.signal.addEventListener("abort", () => {
        // Whatever comes of it: nobody waits for the answer.
        const delivery = deliver(url, init, pauseMs).catch(() => undefined);
        held.set(delivery, url);
        void delivery.then(() => held.delete(delivery));
        reject(init.signal.reason as Error);
      });
    });
  }

  return {
    fetch(url, init) {
      const index = requests++ % size;
      const fault = plan[index];
      if (fault === "refused") return fetch(nowhere + new URL(url).pathname, init);
      return fault === "held" ? hold(url, init, pauses[index] ?? 0) : fetch(url, init);
    },
    late: () => late,
    async delivered(text) {
      await Promise.all([...held].filter(([, url]) => url.includes(text)).map(([one]) => one));
    },
  };
}
