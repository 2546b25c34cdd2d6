import { getEventListeners } from "node:events";
import { setImmediate } from "node:timers/promises";
import { createPeakaClient } from "../../../src/index.js";
import type { Fault } from "../gateway/faults.js";
import { startGateway } from "../gateway/gateway.js";
import { exampleConnections, exampleUpdate } from "../gateway/seeds.js";
import { openTransport, type Transport } from "./transports.js";
import { timersRunning } from "./watch.js";

export interface BackoffOptions {
  transport: Transport;
  calls: number;
}

/** What became of calls that were aborted while they waited to try again. */
export interface BackoffFigures {
  /** How many ran while all calls waited, and once they had rejected. */
  timers: { waiting: number; left: number };
  /** How many rejected with the reason of the abort. */
  aborted: number;
  /** From the abort until the last had rejected. */
  tookMs: number;
  /** Left on their signals. */
  listeners: number;
}

/** Aborts many calls that would wait for a minute: half of them share a signal. */
export async function abortInBackoff({
  transport,
  calls,
}: BackoffOptions): Promise<BackoffFigures> {
  const gateway = await startGateway({
    apiKey: "partner-key",
    connections: exampleConnections(),
  });
  gateway.fail(...Array<Fault>(calls).fill({ status: 503, retryAfter: 60 }));
  const fetch = await openTransport(transport);
  let come = 0;
  let allCame: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (allCame = resolve));
  const onAttempt = () => {
    come += 1;
    if (come === calls) allCame();
  };
  const { baseUrl } = gateway;
  const client = createPeakaClient({ apiKey: "partner-key", baseUrl, fetch, onAttempt });
  const shared = new AbortController();
  const callers = Array.from({ length: calls }, (_, index) =>
    index % 2 ? shared : new AbortController(),
  );
  const before = timersRunning();
  const reasons = callers.map(({ signal }) =>
    client.updateConnection(exampleUpdate, { signal }).catch((reason: unknown) => reason),
  );
  await waiting;
  // The last of them is told of its attempt before it waits.
  await setImmediate();
  const timers = { waiting: timersRunning() - before, left: 0 };
  const abortedAt = performance.now();
  for (const caller of callers) caller.abort("aborted");
  const endings = await Promise.all(reasons);
  const tookMs = performance.now() - abortedAt;
  timers.left = timersRunning() - before;
  await gateway.close();
  return {
    timers,
    aborted: endings.filter((reason) => (reason as Error).cause === "aborted").length,
    tookMs,
    listeners: callers.reduce(
      (sum, { signal }) => sum + getEventListeners(signal, "abort").length,
      0,
    ),
  };
}
