import { getEventListeners } from "node:events";
import { createPeakaClient, isPeakaError, type Fetch } from "../../../src/index.js";
import { exampleUpdate } from "../gateway/seeds.js";
import type { Mix } from "./mix.js";

/** Which signal a call is given: a number aborts its own after so many milliseconds. */
export type SignalKind = "shared" | "own" | "none" | number;

export const signalKinds: Mix<SignalKind> = [
  [40, "shared"],
  [20, "own"],
  [25, "none"],
  ...[0, 1, 5, 20, 100].map((abortAfterMs) => [3, abortAfterMs] as const),
];

export interface MixedCalls {
  /** Makes one call, whatever comes of it. */
  call: (kind: SignalKind, index: number) => Promise<void>;
  /** How many calls ended so. */
  endings: Record<string, number>;
  /** On the shared signal at most, and left on it or on another once a call was done. */
  listeners: { most: number; left: () => number };
}

/** A service that calls with and without signals, and with and without an observer. */
export function createMixedCalls(baseUrl: string, fetch: Fetch): MixedCalls {
  const limits = { apiKey: "partner-key", baseUrl, fetch, timeoutMs: 1_000, maxRetries: 1 };
  const plain = createPeakaClient(limits);
  const observed = createPeakaClient({
    ...limits,
    // What it looks at is made for it.
    onAttempt: ({ headers, requestId }) => [headers, requestId],
  });
  const shared = new AbortController();
  const endings: Record<string, number> = {};
  let left = 0;
  const listeners = { most: 0, left: () => left + countOf(shared) };

  async function call(kind: SignalKind, index: number): Promise<void> {
    const caller = kind === "shared" ? shared : new AbortController();
    const abort = () => caller.abort("aborted");
    const timer = typeof kind === "number" ? setTimeout(abort, kind) : undefined;
    const client = index % 2 ? observed : plain;
    const options = kind === "none" ? {} : { signal: caller.signal };
    const ending = await client.updateConnection(exampleUpdate, options).then(
      () => "success",
      (error: unknown) => (isPeakaError(error) ? error.name : String(error)),
    );
    clearTimeout(timer);
    endings[ending] = (endings[ending] ?? 0) + 1;
    if (caller !== shared) left += countOf(caller);
    listeners.most = Math.max(listeners.most, countOf(shared));
  }
  return { call, endings, listeners };
}

function countOf({ signal }: AbortController): number {
  return getEventListeners(signal, "abort").length;
}
