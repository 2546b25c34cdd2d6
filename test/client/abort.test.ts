import { getEventListeners } from "node:events";
import { setImmediate } from "node:timers/promises";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { PeakaAbortError, type Attempt, type PeakaClient } from "../../src/index.js";
import type { PeakaClientOptions } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { deferred } from "../tools/deferred.js";
import { failureOf, reasonOf } from "../tools/failure.js";
import type { Fault } from "../tools/gateway/faults.js";
import type { Gateway } from "../tools/gateway/gateway.js";
import { start } from "../tools/gateway/start.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { skipBackoff } from "../tools/no-backoff.js";

// An answer that asks for no wait is followed by the backoff alone.
beforeEach(skipBackoff);

/** A moment of a call: what makes it last, and how a test learns that it has come. */
interface Moment {
  fault?: Fault;
  options?: (arrived: () => void) => PeakaClientOptions;
  hasCome?: (gateway: Gateway) => Promise<void>;
  /** What `onAttempt` is told; nothing where the call is not in an attempt then. */
  told?: object;
  requests: number;
  outcome: "not-applied" | "unknown";
  /** How the exchange ended for the gateway. */
  ending?: "cut";
}

const headersCame = (arrived: () => void): PeakaClientOptions => ({
  fetch: async (url, init) => {
    const response = await fetch(url, init);
    arrived();
    return response;
  },
});

const moments: Record<string, Moment> = {
  "while asking for the key": {
    options: (arrived) => ({
      apiKey: () => {
        arrived();
        return new Promise<never>(() => undefined);
      },
    }),
    told: { attempt: 1, status: undefined, outcome: "not-applied" },
    requests: 0,
    outcome: "not-applied",
  },
  "before the headers": {
    fault: "silence",
    hasCome: (gateway) => gateway.arrived(1),
    told: { attempt: 1, status: undefined, outcome: "unknown" },
    requests: 1,
    outcome: "unknown",
    ending: "cut",
  },
  "within the body": {
    // Its headers go out with its first byte.
    fault: { trickleMs: 100 },
    options: headersCame,
    told: { attempt: 1, status: 200, outcome: "unknown" },
    requests: 1,
    outcome: "unknown",
    ending: "cut",
  },
  "within the body of a refusal": {
    fault: { status: 400, headers: { "content-length": "1000" }, body: "{" },
    options: headersCame,
    told: { attempt: 1, status: 400, outcome: "not-applied" },
    requests: 1,
    outcome: "not-applied",
  },
  "during the backoff": {
    fault: { status: 503, headers: { "retry-after": "60" } },
    options: (arrived) => ({ onAttempt: arrived }),
    requests: 1,
    outcome: "unknown",
  },
};

/** Aborts a call at a moment. */
async function abortAt({ fault, options, hasCome }: Moment, reason: unknown) {
  const gateway = await start();
  if (fault) gateway.fail(fault);
  const caller = new AbortController();
  const { signal } = caller;
  const told: Attempt[] = [];
  const arrived = deferred();
  const onAttempt = (attempt: Attempt) => void told.push(attempt);
  const client = clientOf(gateway, { onAttempt, ...options?.(arrived.resolve) });
  const call = client.updateConnection(exampleUpdate, { signal });
  const rejection = failureOf(call, PeakaAbortError);
  await (hasCome?.(gateway) ?? arrived.promise);
  // By then the call waits for what comes next, and not for this promise.
  await setImmediate();
  expect(getEventListeners(signal, "abort")).not.toEqual([]);
  caller.abort(reason);
  const error = await rejection;
  expect(getEventListeners(signal, "abort")).toEqual([]);
  return { gateway, told, error };
}

describe.each(Object.entries(moments))("%s", (_, moment) => {
  test("an abort ends the call with its own outcome, and its attempt is reported", async () => {
    // As of a sibling call, whose outcome says nothing of this one.
    const reason = Object.assign(new Error("a sibling failed"), { outcome: "not-applied" });
    const { gateway, told, error } = await abortAt(moment, reason);
    expect(error.cause).toBe(reason);
    expect(error.message).toContain(": aborted by the caller's signal");
    expect(error).toMatchObject({ attempts: 1, outcome: moment.outcome });
    expect(gateway.requests).toHaveLength(moment.requests);
    if (moment.ending) expect(await gateway.requests[0]?.ended).toBe(moment.ending);
    const reported = told.filter(({ error }) => error?.name === "PeakaAbortError");
    expect(reported).toMatchObject(moment.told ? [moment.told] : []);
    expect(told.every(({ headers }) => typeof headers === "object")).toBe(true);
  });

  test.each(["stop", { why: "stop" }, null, 0, "", false])(
    "the reason may be no error: %j",
    async (reason) => {
      expect((await abortAt(moment, reason)).error.cause).toBe(reason);
    },
  );
});

test("the reason of a signal that times out is its own, not that of timeoutMs", async () => {
  const gateway = await start();
  gateway.fail("silence");
  const signal = AbortSignal.timeout(20);
  const call = clientOf(gateway).updateConnection(exampleUpdate, { signal });
  const { cause } = await failureOf(call, PeakaAbortError);
  expect(cause).toBe(signal.reason);
  expect(signal.reason).toMatchObject({ name: "TimeoutError" });
});

describe("a signal that has aborted", () => {
  test.each(["stop", null, 0, ""])("with %j before the call: nothing is sent", async (reason) => {
    const gateway = await start();
    const apiKey = vi.fn(() => "partner-key");
    const onAttempt = vi.fn();
    const client = clientOf(gateway, { apiKey, onAttempt });
    const signal = AbortSignal.abort(reason);
    const call = client.updateConnection(exampleUpdate, { signal });
    const error = await failureOf(call, PeakaAbortError);
    expect(error.cause).toBe(reason);
    expect(error).toMatchObject({ attempts: 0, outcome: "not-applied" });
    expect(apiKey).not.toHaveBeenCalled();
    expect(onAttempt).not.toHaveBeenCalled();
    expect(gateway.requests).toEqual([]);
  });
});

test("a signal that many calls share carries one listener, and none once they are done", async () => {
  const gateway = await start();
  const caller = new AbortController();
  const { signal } = caller;
  const listeners = () => getEventListeners(signal, "abort").length;
  const clients = [clientOf(gateway), clientOf(gateway)];
  const update = (client: PeakaClient) => client.updateConnection(exampleUpdate, { signal });
  gateway.fail(...Array<Fault>(10).fill("silence"));
  gateway.fail({ status: 503, retryAfter: 0 }, { status: 400 });
  const hanging = [1, 2, 3, 4, 5].flatMap(() => clients.map((client) => reasonOf(update(client))));
  await gateway.arrived(10);
  expect(listeners()).toBe(1);
  // Others come and go, one of them after another attempt.
  for (const client of clients) await Promise.allSettled([update(client)]);
  expect(listeners()).toBe(1);
  caller.abort("stop");
  const ended = await Promise.all(hanging);
  expect(ended.map((error) => (error as Error).cause)).toEqual(Array(10).fill("stop"));
  expect(listeners()).toBe(0);
});

test("an abort by the observer of an attempt ends the call before it waits", async () => {
  const gateway = await start();
  gateway.fail({ status: 503, headers: { "retry-after": "60" } });
  const caller = new AbortController();
  const client = clientOf(gateway, { onAttempt: () => caller.abort("seen") });
  const call = client.updateConnection(exampleUpdate, { signal: caller.signal });
  const error = await failureOf(call, PeakaAbortError);
  expect(error).toMatchObject({ attempts: 1, outcome: "unknown", cause: "seen" });
  expect(gateway.requests).toHaveLength(1);
});
