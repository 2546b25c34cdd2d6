import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { PeakaApiError, PeakaTimeoutError, type Attempt } from "../../src/index.js";
import { faults } from "../tools/gateway/faults.js";
import { connectionId, start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { failureOf } from "../tools/failure.js";
import { skipBackoff } from "../tools/no-backoff.js";

const never = () => new Promise<never>(() => undefined);
const brief = { timeoutMs: 60, maxRetries: 0 };
/** Long enough for a request to arrive, however busy the machine is. */
const enough = { timeoutMs: 1_000, maxRetries: 0 };

describe("the time of an attempt covers", () => {
  test("asking for the key: nothing was sent", async () => {
    const gateway = await start();
    const client = clientOf(gateway, { ...brief, apiKey: never });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    expect(error).toMatchObject({ timeoutMs: 60, attempts: 1, outcome: "not-applied" });
    expect(error.message).toContain("60 ms");
    expect(error.message).toContain("apiKey");
    expect(error.message).not.toContain("may have been applied");
    expect(gateway.requests).toEqual([]);
  });

  test("asking for the key: one that comes later is not used", async () => {
    const gateway = await start();
    let giveKey: (key: string) => void = () => undefined;
    const apiKey = () => new Promise<string>((resolve) => (giveKey = resolve));
    const client = clientOf(gateway, { ...brief, apiKey });
    await failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    giveKey("partner-key");
    await clientOf(gateway).updateConnection(exampleUpdate);
    expect(gateway.requests).toHaveLength(1);
  });

  test.each([true, false])("the headers: with the change applied: %s", async (applied) => {
    const gateway = await start();
    gateway.fail({ hang: true, applied });
    const call = clientOf(gateway).updateConnection(exampleUpdate, enough);
    const error = await failureOf(call, PeakaTimeoutError);
    expect(error).toMatchObject({ timeoutMs: 1_000, attempts: 1, outcome: "unknown" });
    expect(error.message).toContain("may have been applied");
    expect(gateway.requests).toMatchObject([{ applied }]);
    expect(await gateway.requests[0]?.ended).toBe("cut");
  });

  test("the body: one that trickles in", async () => {
    const gateway = await start();
    gateway.fail({ trickleMs: 100 });
    const statuses: unknown[] = [];
    const client = clientOf(gateway, {
      ...enough,
      onAttempt: ({ status }) => statuses.push(status),
    });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    expect(statuses).toEqual([200]);
    expect(error).toMatchObject({ timeoutMs: 1_000, attempts: 1, outcome: "unknown" });
    expect(gateway.connections.get(connectionId)).toMatchObject(exampleUpdate.body);
    expect(await gateway.requests[0]?.ended).toBe("cut");
  });

  test("the body: one that is announced and does not come", async () => {
    const gateway = await start();
    gateway.fail(faults.oversizedContentLength);
    const call = clientOf(gateway, brief).updateConnection(exampleUpdate);
    const error = await failureOf(call, PeakaTimeoutError);
    expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
  });

  test("a fetch that heeds no signal", async () => {
    const client = clientOf(await start(), { ...brief, fetch: never });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    expect(error.outcome).toBe("unknown");
  });
});

describe("the error of a timeout", () => {
  test("says which call, where, and how long", async () => {
    const gateway = await start();
    gateway.fail({ hang: true });
    const call = clientOf(gateway, brief).updateConnection(exampleUpdate);
    const error = await failureOf(call, PeakaTimeoutError);
    expect(error).toMatchObject({ name: "PeakaTimeoutError", operation: "updateConnection" });
    expect(error.message).toContain(
      `PUT /connections/{projectId}/{connectionId} (${gateway.origin}): `,
    );
    expect(error.cause).toBeUndefined();
  });

  test("counts the attempts, each of which has the whole time", async () => {
    skipBackoff();
    const gateway = await start();
    gateway.fail({ hang: true, times: 3 });
    const attempts: Attempt[] = [];
    const client = clientOf(gateway, {
      timeoutMs: 60,
      onAttempt: (attempt) => attempts.push(attempt),
    });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    expect(error.attempts).toBe(3);
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    for (const { durationMs } of attempts) expect(durationMs).toBeGreaterThanOrEqual(55);
  });
});

describe("what a timeout leaves alone", () => {
  test("a status that came decides, although the body of the error did not come in time", async () => {
    const gateway = await start();
    gateway.fail({ trickleMs: 100 });
    const update = { ...exampleUpdate, connectionId: "none" };
    const call = clientOf(gateway).updateConnection(update, enough);
    const error = await failureOf(call, PeakaApiError);
    expect(error).toMatchObject({ status: 400, body: undefined, code: undefined });
    expect(error).toMatchObject({ attempts: 1, outcome: "not-applied" });
    expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await gateway.requests[0]?.ended).toBe("cut");
  });

  test("a status that may pass is tried again although its body stalled", async () => {
    skipBackoff();
    const gateway = await start();
    const headers = { "content-length": "1000000000" };
    gateway.fail({ status: 503, headers, body: "{}" });
    const connection = await clientOf(gateway, { timeoutMs: 1_000 }).updateConnection(
      exampleUpdate,
    );
    expect(connection.id).toBe(connectionId);
    expect(gateway.requests).toHaveLength(2);
  });

  test("a call in time", async () => {
    const gateway = await start();
    gateway.fail({ delayMs: 30 });
    const call = clientOf(gateway).updateConnection(exampleUpdate, { timeoutMs: 5_000 });
    expect((await call).id).toBe(connectionId);
  });
});

describe("an answer that comes too late", () => {
  test("is cancelled", async () => {
    let answer: (response: Response) => void = () => undefined;
    const fetch = () => new Promise<Response>((resolve) => (answer = resolve));
    const client = clientOf(await start(), { ...brief, fetch });
    await failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    const cancelled = new Promise((cancel) => {
      answer(new Response(new ReadableStream({ cancel })));
    });
    await expect(cancelled).resolves.toBeUndefined();
  });

  test("and says that it failed is ignored", async () => {
    let fail: (error: Error) => void = () => undefined;
    const fetch = () => new Promise<Response>((_, reject) => (fail = reject));
    const client = clientOf(await start(), { ...brief, fetch });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    onTestFinished(() => void process.off("unhandledRejection", unhandled));
    fail(new Error("too late"));
    await setImmediate();
    expect(unhandled).not.toHaveBeenCalled();
    expect(error.cause).toBeUndefined();
  });

  test("is cancelled while its body is read, although the fetch heeds no signal", async () => {
    let cancel: () => void = () => undefined;
    const cancelled = new Promise<void>((resolve) => (cancel = resolve));
    const headers = { "content-type": "application/json" };
    const fetch = () => Promise.resolve(new Response(new ReadableStream({ cancel }), { headers }));
    const client = clientOf(await start(), { ...brief, fetch });
    await failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    await expect(cancelled).resolves.toBeUndefined();
  });
});
