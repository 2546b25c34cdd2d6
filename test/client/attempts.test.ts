import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { PeakaApiError, type Attempt } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { failureOf, reasonOf } from "../tools/failure.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientInZone } from "../tools/in-zone.js";
import { skipBackoff } from "../tools/no-backoff.js";

/** An observer, and what it was told. */
function observer() {
  const told: Attempt[] = [];
  return { told, onAttempt: (attempt: Attempt) => void told.push(attempt) };
}

describe("an observer is told", () => {
  test("of each attempt of a call, once it is over", async () => {
    skipBackoff();
    const gateway = await start({ zone: "eu" });
    const headers = { "retry-after": "0", "x-node": "7" };
    gateway.fail({ status: 503, headers }, { status: 429 });
    const { told, onAttempt } = observer();
    await clientInZone(gateway, { onAttempt }).updateConnection(exampleUpdate);
    const same = { operation: "updateConnection", zone: "eu" };
    const error = expect.any(PeakaApiError) as PeakaApiError;
    expect(told).toMatchObject([
      { ...same, attempt: 1, status: 503, error, outcome: "unknown", retryInMs: 0 },
      { ...same, attempt: 2, status: 429, error, outcome: "not-applied", retryInMs: 0 },
      { ...same, attempt: 3, status: 200, error: undefined, retryInMs: undefined },
    ]);
    expect(told[2]?.outcome).toBe("applied");
    expect(told[0]?.headers).toMatchObject({ ...headers, "x-request-id": told[0]?.requestId });
    for (const { requestId, durationMs } of told) {
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(durationMs).toBeGreaterThan(0);
    }
    expect(new Set(told.map(({ requestId }) => requestId)).size).toBe(3);
  });

  test("of the error that the call rejects with, which counts the attempts so far", async () => {
    const gateway = await start();
    gateway.fail({ status: 503, headers: { "retry-after": "0" }, times: 2 }, { status: 404 });
    const { told, onAttempt } = observer();
    const client = clientOf(gateway, { onAttempt });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaApiError);
    expect(told.at(-1)?.error).toBe(error);
    expect(told.map((attempt) => attempt.error?.attempts)).toEqual([1, 2, 3]);
    expect(told.map((attempt) => attempt.error?.outcome)).toEqual(Array(3).fill("unknown"));
  });

  test("what its attempt alone did, whatever the others did", async () => {
    skipBackoff();
    const refused = Object.assign(new Error("no"), { syscall: "connect", code: "ECONNREFUSED" });
    const answers: (() => Promise<Response>)[] = [
      () => Promise.reject(refused),
      () => Promise.reject(new Error("broken")),
      () => Promise.resolve(new Response("{}", { status: 400 })),
    ];
    const { told, onAttempt } = observer();
    const fetch = () => answers.shift()?.() ?? Promise.reject(new Error("one too many"));
    const client = clientOf(await start(), { onAttempt, fetch });
    await failureOf(client.updateConnection(exampleUpdate), PeakaApiError);
    expect(told.map(({ outcome }) => outcome)).toEqual(["not-applied", "unknown", "not-applied"]);
    expect(told.map(({ status }) => status)).toEqual([undefined, undefined, 400]);
  });

  test("of no zone where the client has a baseUrl", async () => {
    const { told, onAttempt } = observer();
    await clientOf(await start(), { onAttempt }).updateConnection(exampleUpdate);
    expect(told).toMatchObject([{ zone: undefined, status: 200 }]);
  });

  test("of no headers and no request id where no answer came", async () => {
    const gateway = await start();
    gateway.fail({ reset: "after-request" });
    const { told, onAttempt } = observer();
    const client = clientOf(gateway, { onAttempt, maxRetries: 0 });
    await reasonOf(client.updateConnection(exampleUpdate));
    expect(told).toMatchObject([{ status: undefined, requestId: undefined, attempt: 1 }]);
    expect(told[0]?.headers).toEqual({});
  });

  test("of an attempt that got no key and sent nothing, but of no wrong input", async () => {
    const { told, onAttempt } = observer();
    const client = clientOf(await start(), { onAttempt, apiKey: () => "" });
    await reasonOf(client.updateConnection({ ...exampleUpdate, projectId: ".." }));
    expect(told).toEqual([]);
    await reasonOf(client.updateConnection(exampleUpdate));
    expect(told).toMatchObject([{ attempt: 1, status: undefined, outcome: "not-applied" }]);
  });
});

describe("the headers of an answer", () => {
  const { clientSecret } = exampleUpdate.body.credential as { clientSecret: string };

  test.each([200, 400])("hold no secret: %d", async (status) => {
    const gateway = await start();
    const type = { "content-type": "application/json" };
    const echo = `before ${clientSecret} partner-key after`;
    const headers = { ...type, "x-echo": echo, "x-request-id": `id-${clientSecret}` };
    gateway.fail({ status, headers, body: "{}" });
    const { told, onAttempt } = observer();
    await Promise.allSettled([clientOf(gateway, { onAttempt }).updateConnection(exampleUpdate)]);
    expect(told[0]?.requestId).toBe("id-[redacted]");
    expect(told[0]?.headers).toMatchObject({
      ...{ ...type, "x-echo": "before [redacted] [redacted] after" },
      "x-request-id": "id-[redacted]",
    });
  });

  test("are put together only for one who reads them", async () => {
    const answer = new Response("{}", { headers: { "content-type": "application/json" } });
    const read = vi.spyOn(answer.headers, Symbol.iterator);
    const { told, onAttempt } = observer();
    const client = clientOf(await start(), { onAttempt, fetch: () => Promise.resolve(answer) });
    await client.updateConnection(exampleUpdate);
    expect(read).not.toHaveBeenCalled();
    expect(told[0]?.headers).toEqual({ "content-type": "application/json" });
  });
});

describe("an observer that fails never breaks a call", () => {
  const raise = () => {
    throw new Error("observer");
  };
  const failing: Record<string, (attempt: Attempt) => unknown> = {
    "it throws": raise,
    "it rejects": () => Promise.reject(new Error("observer")),
    "it gives what is almost a promise": () => ({
      then(_: unknown, reject: (reason: Error) => void) {
        reject(new Error("observer"));
      },
    }),
    "it gives what breaks when it is asked for then": () =>
      Object.defineProperty({}, "then", { get: raise }),
    "it changes what it was told": (attempt) => {
      Object.assign(attempt, { attempt: 99, retryInMs: 1e9, outcome: "applied", error: null });
    },
  };

  test.each(Object.entries(failing))("%s", async (_, onAttempt) => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    onTestFinished(() => void process.off("unhandledRejection", unhandled));
    const gateway = await start();
    gateway.fail({ status: 503, headers: { "retry-after": "0" } });
    const client = clientOf(gateway, { onAttempt });
    const { name } = exampleUpdate.body;
    expect(await client.updateConnection(exampleUpdate)).toMatchObject({ name });
    const call = client.updateConnection({ ...exampleUpdate, connectionId: "none" });
    expect(await failureOf(call, PeakaApiError)).toMatchObject({ status: 400, attempts: 1 });
    await setImmediate();
    expect(unhandled).not.toHaveBeenCalled();
  });
});
