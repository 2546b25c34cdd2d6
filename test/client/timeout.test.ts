import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { PeakaTimeoutError } from "../../src/index.js";
import type { AnyPeakaError, Attempt, Fetch, PeakaClientOptions } from "../../src/index.js";
import { clientOf, transport } from "../tools/client-of.js";
import { stopClock } from "../tools/clock.js";
import { deferred } from "../tools/deferred.js";
import { failureOf, reasonOf } from "../tools/failure.js";
import { faults, type Fault } from "../tools/gateway/faults.js";
import { start } from "../tools/gateway/start.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { skipBackoff } from "../tools/no-backoff.js";

const timeoutMs = 60_000;
const never = () => new Promise<never>(() => undefined);

/** A `fetch` over the transport of this run, and a promise of its first answer's headers. */
function watchedFetch() {
  const send = transport() ?? fetch;
  const { promise: arrived, resolve: arrive } = deferred();
  const watched: Fetch = async (url, init) => {
    const response = await send(url, init);
    arrive();
    return response;
  };
  return { fetch: watched, arrived };
}

/** A call whose time is up where this fault has struck, and what the gateway made of it. */
async function runOut(fault: Fault, options: PeakaClientOptions = {}, input = exampleUpdate) {
  const gateway = await start();
  gateway.fail(fault);
  const attempts: Attempt[] = [];
  const onAttempt = (attempt: Attempt) => void attempts.push(attempt);
  const { fetch, arrived } = watchedFetch();
  const pass = stopClock();
  const client = clientOf(gateway, { maxRetries: 0, onAttempt, fetch, ...options });
  const reason = reasonOf(client.updateConnection(input));
  if (fault === "silence") await gateway.arrived(1);
  else if (!options.apiKey) await arrived;
  await pass(timeoutMs - 1);
  expect(attempts).toEqual([]);
  await pass(1);
  return {
    error: (await reason) as AnyPeakaError,
    attempts,
    gateway,
    request: gateway.requests[0],
  };
}

describe("the time of an attempt covers", () => {
  test("asking for the key: nothing was sent, and one that comes later is not used", async () => {
    const key = deferred<string>();
    const { error, gateway } = await runOut({}, { apiKey: () => key.promise });
    expect(error).toMatchObject({ timeoutMs, attempts: 1, outcome: "not-applied" });
    expect(error.message).toMatch(/\(http.*\): no apiKey within 60000 ms$/);
    key.resolve("partner-key");
    await clientOf(gateway).updateConnection(exampleUpdate);
    expect(gateway.requests).toHaveLength(1);
  });

  test("the headers", async () => {
    const { error, request } = await runOut("silence");
    expect(error).toMatchObject({ timeoutMs, attempts: 1, outcome: "unknown" });
    expect(error).toMatchObject({ name: "PeakaTimeoutError", operation: "updateConnection" });
    expect(error.cause).toBeUndefined();
    expect(error.message).toMatch(/ no answer within 60000 ms; the change may have been applied$/);
    expect(await request?.ended).toBe("cut");
  });

  test.each<[string, Fault]>([
    ["trickles in", { trickleMs: 100 }],
    ["is announced and does not come", faults.oversizedContentLength],
  ])("the body: one that %s", async (_, fault) => {
    const { error, attempts, request } = await runOut(fault);
    expect(error).toMatchObject({ timeoutMs, attempts: 1, outcome: "unknown" });
    expect(attempts).toMatchObject([{ status: 200, outcome: "unknown" }]);
    // What was sent whole before the client went is no matter.
    if (fault !== faults.oversizedContentLength) expect(await request?.ended).toBe("cut");
  });

  test("each attempt anew", async () => {
    skipBackoff();
    const gateway = await start();
    gateway.fail("silence", "silence", "silence");
    const pass = stopClock();
    const attempts: number[] = [];
    const client = clientOf(gateway, { onAttempt: ({ attempt }) => attempts.push(attempt) });
    const failure = failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    for (const attempt of [1, 2, 3]) {
      await gateway.arrived(attempt);
      await pass(timeoutMs - 1);
      expect(attempts).toHaveLength(attempt - 1);
      await pass(1);
      await pass(0);
    }
    expect((await failure).attempts).toBe(3);
  });
});

describe("what a timeout leaves alone", () => {
  test("a status that came decides, although the body of the error did not come in time", async () => {
    const input = { ...exampleUpdate, connectionId: "none" };
    const { error, request } = await runOut({ trickleMs: 100 }, {}, input);
    expect(error).toMatchObject({ status: 400, body: undefined, code: undefined });
    expect(error).toMatchObject({ attempts: 1, outcome: "not-applied" });
    expect(error).toHaveProperty("requestId", expect.stringMatching(/^[0-9a-f-]{36}$/));
    expect(await request?.ended).toBe("cut");
  });
});

describe("a fetch that heeds no signal", () => {
  async function runOutOf(fetch: () => Promise<Response>) {
    const client = clientOf(
      { baseUrl: "https://gateway.example/api/v1" },
      { fetch, maxRetries: 0 },
    );
    const pass = stopClock();
    const failure = failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    await setImmediate();
    await pass(timeoutMs);
    return failure;
  }

  test("ends the call all the same", async () => {
    expect(await runOutOf(never)).toMatchObject({ outcome: "unknown", attempts: 1 });
  });

  test("has its answer cancelled that comes too late", async () => {
    const [answer, cancelled] = [deferred<Response>(), deferred()];
    await runOutOf(() => answer.promise);
    const cancel = () => {
      cancelled.resolve();
    };
    answer.resolve(new Response(new ReadableStream({ cancel })));
    await cancelled.promise;
  });

  test("is ignored where it fails too late", async () => {
    const answer = deferred<Response>();
    const error = await runOutOf(() => answer.promise);
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    onTestFinished(() => void process.off("unhandledRejection", unhandled));
    answer.reject(new Error("too late"));
    await setImmediate();
    expect(unhandled).not.toHaveBeenCalled();
    expect(error.cause).toBeUndefined();
  });

  test("has its answer cancelled while the body is read", async () => {
    const cancelled = deferred();
    const cancel = () => {
      cancelled.resolve();
    };
    const headers = { "content-type": "application/json" };
    const body = new ReadableStream({ cancel });
    await runOutOf(() => Promise.resolve(new Response(body, { headers })));
    await cancelled.promise;
  });
});
