import { setImmediate } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { type Attempt, type PeakaClientOptions } from "../../src/index.js";
import type { Fault } from "../tools/gateway/faults.js";
import type { Gateway } from "../tools/gateway/gateway.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { reasonOf } from "../tools/failure.js";

/** A moment of a call: what makes it last, and how a test learns that it has come. */
interface Moment {
  fault?: Fault;
  options?: (arrived: () => void) => PeakaClientOptions;
  hasCome?: (gateway: Gateway) => Promise<void>;
  /** What `onAttempt` is told; nothing where the call is not in an attempt then. */
  told?: object;
  requests: number;
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
  },
  "before the headers": {
    fault: { hang: true },
    hasCome: (gateway) => gateway.arrived(1),
    told: { attempt: 1, status: undefined, outcome: "unknown" },
    requests: 1,
    ending: "cut",
  },
  "within the body": {
    // Its headers go out with its first byte.
    fault: { trickleMs: 100 },
    options: headersCame,
    told: { attempt: 1, status: 200, outcome: "unknown" },
    requests: 1,
    ending: "cut",
  },
  "within the body of a refusal": {
    fault: { status: 400, headers: { "content-length": "1000" }, body: "{" },
    options: headersCame,
    told: { attempt: 1, status: 400, outcome: "not-applied" },
    requests: 1,
  },
  "during the backoff": {
    fault: { status: 503, headers: { "retry-after": "60" } },
    options: (arrived) => ({ onAttempt: arrived }),
    requests: 1,
  },
};

/** Aborts a call at a moment. */
async function abortAt({ fault, options, hasCome }: Moment, reason: unknown) {
  const gateway = await start();
  if (fault) gateway.fail(fault);
  const caller = new AbortController();
  const { signal } = caller;
  const add = vi.spyOn(signal, "addEventListener");
  const remove = vi.spyOn(signal, "removeEventListener");
  const told: Attempt[] = [];
  let arrive: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const onAttempt = (attempt: Attempt) => void told.push(attempt);
  const client = clientOf(gateway, { onAttempt, ...options?.(arrive) });
  const rejection = reasonOf(client.updateConnection(exampleUpdate, { signal }));
  await (hasCome?.(gateway) ?? arrived);
  // By then the call waits for what comes next, and not for this promise.
  await setImmediate();
  const abortedAt = performance.now();
  caller.abort(reason);
  const rejectedWith = await rejection;
  const tookMs = performance.now() - abortedAt;
  const listeners = { added: add.mock.calls.length, removed: remove.mock.calls.length };
  return { gateway, told, rejectedWith, tookMs, listeners };
}

describe.each(Object.entries(moments))("%s", (_, moment) => {
  test("an abort ends the call at once, with the signal's reason", async () => {
    const reason = new Error("the service shuts down");
    const { gateway, rejectedWith, tookMs } = await abortAt(moment, reason);
    expect(rejectedWith).toBe(reason);
    expect(tookMs).toBeLessThan(2_000);
    expect(gateway.requests).toHaveLength(moment.requests);
    if (moment.ending) expect(await gateway.requests[0]?.ended).toBe(moment.ending);
  });

  test("an attempt that it ends is reported, without an error", async () => {
    const { told } = await abortAt(moment, "stop");
    expect(told.filter(({ error }) => !error)).toMatchObject(moment.told ? [moment.told] : []);
    expect(told.every(({ headers }) => typeof headers === "object")).toBe(true);
  });

  test("no listener is left", async () => {
    const { listeners } = await abortAt(moment, "stop");
    expect(listeners.added).toBeGreaterThan(0);
    expect(listeners.removed).toBe(listeners.added);
  });
});

describe("the reason", () => {
  test.each([
    ["a text", "stop"],
    ["an object", { why: "stop" }],
    ["a number", 7],
    ["null", null],
    ["zero", 0],
    ["an empty text", ""],
    ["false", false],
  ])("may be no error: %s", async (_, reason) => {
    for (const moment of Object.values(moments)) {
      expect((await abortAt(moment, reason)).rejectedWith).toBe(reason);
    }
    const gateway = await start();
    const signal = AbortSignal.abort(reason);
    expect(await reasonOf(clientOf(gateway).updateConnection(exampleUpdate, { signal }))).toBe(
      reason,
    );
  });

  test("is an AbortError where none is given", async () => {
    const { rejectedWith } = await abortAt(
      { fault: { hang: true }, requests: 1, hasCome: (gateway) => gateway.arrived(1) },
      undefined,
    );
    expect(rejectedWith).toBeInstanceOf(DOMException);
    expect(rejectedWith).toMatchObject({ name: "AbortError" });
  });

  test("of a signal that times out is its own, not that of timeoutMs", async () => {
    const gateway = await start();
    gateway.fail({ hang: true });
    const signal = AbortSignal.timeout(50);
    const rejectedWith = await reasonOf(
      clientOf(gateway).updateConnection(exampleUpdate, { signal }),
    );
    expect(rejectedWith).toBe(signal.reason);
    expect(rejectedWith).toMatchObject({ name: "TimeoutError" });
  });
});

describe("a signal that has aborted", () => {
  test("before the call: nothing is asked for, sent or reported", async () => {
    const gateway = await start();
    const apiKey = vi.fn(() => "partner-key");
    const onAttempt = vi.fn();
    const client = clientOf(gateway, { apiKey, onAttempt });
    const signal = AbortSignal.abort("stop");
    expect(await reasonOf(client.updateConnection(exampleUpdate, { signal }))).toBe("stop");
    expect(apiKey).not.toHaveBeenCalled();
    expect(onAttempt).not.toHaveBeenCalled();
    expect(gateway.requests).toEqual([]);
  });

  test("after the call changes nothing", async () => {
    const caller = new AbortController();
    const call = clientOf(await start()).updateConnection(exampleUpdate, { signal: caller.signal });
    const connection = await call;
    caller.abort("stop");
    expect(await call).toBe(connection);
  });
});
