import { setImmediate } from "node:timers/promises";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { PeakaApiError, PeakaNetworkError, PeakaUsageError } from "../../src/index.js";
import type { Attempt } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { failWith } from "../tools/fail-with.js";
import { failureOf } from "../tools/failure.js";
import { start } from "../tools/gateway/start.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientInZone } from "../tools/in-zone.js";
import { skipBackoff } from "../tools/no-backoff.js";

// An answer that asks for no wait is followed by the backoff alone.
beforeEach(skipBackoff);

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
      expect(durationMs).toEqual(expect.any(Number));
    }
    expect(new Set(told.map(({ requestId }) => requestId)).size).toBe(3);
  });

  test("of the error that the call rejects with, which counts the attempts so far", async () => {
    const { told, onAttempt } = observer();
    const again = { status: 503, retryAfter: 0 };
    const { error } = await failWith(PeakaApiError, {
      onAttempt,
      faults: [again, again, { status: 404 }],
    });
    expect(told.at(-1)?.error).toBe(error);
    expect(told.map((attempt) => attempt.error?.attempts)).toEqual([1, 2, 3]);
    expect(told.map((attempt) => attempt.error?.outcome)).toEqual(Array(3).fill("unknown"));
  });

  test("what its attempt alone did, whatever the others did", async () => {
    skipBackoff();
    const refused = Object.assign(new Error("no"), { syscall: "connect", code: "ECONNREFUSED" });
    const answers = [
      () => Promise.reject(refused),
      () => Promise.reject(new Error("broken")),
      () => Promise.resolve(new Response("{}", { status: 400 })),
    ];
    const { told, onAttempt } = observer();
    const fetch = () => answers.shift()?.() ?? Promise.reject(new Error("one too many"));
    await failWith(PeakaApiError, { onAttempt, fetch });
    expect(told.map(({ outcome }) => outcome)).toEqual(["not-applied", "unknown", "not-applied"]);
    expect(told.map(({ status }) => status)).toEqual([undefined, undefined, 400]);
  });

  test("of the attempts of its call alone where that brings it, beside the client's", async () => {
    const gateway = await start();
    const [ofClient, ofCall] = [observer(), observer()];
    const client = clientOf(gateway, { onAttempt: ofClient.onAttempt });
    await client.updateConnection(exampleUpdate, { onAttempt: ofCall.onAttempt });
    await client.updateConnection(exampleUpdate);
    expect(ofClient.told).toHaveLength(2);
    expect(ofCall.told).toEqual([ofClient.told[0]]);
    expect(ofCall.told[0]?.requestId).toBe(ofClient.told[0]?.requestId);
  });

  test("of no headers and no request id where no answer came", async () => {
    const { told, onAttempt } = observer();
    await failWith(PeakaNetworkError, { onAttempt, maxRetries: 0, faults: ["break"] });
    expect(told).toMatchObject([{ zone: undefined, status: undefined, requestId: undefined }]);
    expect(told[0]?.headers).toEqual({});
  });

  test("of an attempt that got no key and sent nothing, but of no wrong input", async () => {
    const { told, onAttempt } = observer();
    await failWith(PeakaUsageError, { onAttempt, input: { ...exampleUpdate, projectId: ".." } });
    expect(told).toEqual([]);
    await failWith(PeakaUsageError, { onAttempt, apiKey: () => "" });
    expect(told).toMatchObject([{ attempt: 1, status: undefined, outcome: "not-applied" }]);
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
