import { describe, expect, test } from "vitest";
import { auth } from "../../generated/spec.js";
import {
  PeakaApiError,
  PeakaNetworkError,
  PeakaUsageError,
  type Attempt,
} from "../../src/index.js";
import { faults, type Fault } from "../tools/gateway/faults.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { failureOf, reasonOf } from "../tools/failure.js";
import { skipBackoff } from "../tools/no-backoff.js";

const atOnce = { "retry-after": "0" };
const refused = Object.assign(new Error("refused"), { syscall: "connect", code: "ECONNREFUSED" });

describe("what may pass is tried again", () => {
  const passing: [string, Fault][] = [408, 429, 500, 502, 503, 504].map((status) => [
    String(status),
    { status, headers: atOnce },
  ]);
  passing.push(
    ["a connection that breaks before the request is read", { reset: "on-arrival" }],
    ["a connection that breaks after the request", { reset: "after-request" }],
    ["an answer that breaks off", { reset: "mid-body" }],
    ["no answer in time", { hang: true }],
    ["an answer that stalls", faults.oversizedContentLength],
  );
  test.each(passing)("%s, with the same bytes", async (_, fault) => {
    skipBackoff();
    const gateway = await start();
    gateway.fail(fault);
    const body = { ...exampleUpdate.body, name: "first" };
    const client = clientOf(gateway, {
      timeoutMs: 1_000,
      onAttempt() {
        body.name = "changed by the caller";
      },
    });
    const connection = await client.updateConnection({ ...exampleUpdate, body });
    expect(connection.name).toBe("first");
    expect(gateway.requests).toHaveLength(2);
    const [first, second] = gateway.requests;
    expect(second?.body).toBe(JSON.stringify({ ...body, name: "first" }));
    expect(second?.url).toBe(first?.url);
    expect(second?.headers).toEqual(first?.headers);
  });

  test.each([400, 401, 403, 404, 409, 422, 501, 505, 307])("%i is not", async (status) => {
    const gateway = await start();
    gateway.fail({ status, headers: atOnce });
    const call = clientOf(gateway).updateConnection(exampleUpdate);
    expect(await failureOf(call, PeakaApiError)).toMatchObject({ status, attempts: 1 });
    expect(gateway.requests).toHaveLength(1);
  });
});

describe("how often", () => {
  test.each([
    ["twice where nothing is said", undefined, undefined, 3],
    ["never, if the client says so", 0, undefined, 1],
    ["as often as the client says", 4, undefined, 5],
    ["as often as the call says", 0, 3, 4],
    ["never, if the call says so", 5, 0, 1],
  ])("%s", async (_, ofClient, ofCall, requests) => {
    const gateway = await start();
    gateway.fail({ status: 503, headers: atOnce, times: 10 });
    const client = clientOf(gateway, { maxRetries: ofClient });
    const call = client.updateConnection(exampleUpdate, { maxRetries: ofCall });
    const error = await failureOf(call, PeakaApiError);
    expect(error).toMatchObject({ status: 503, attempts: requests });
    expect(gateway.requests).toHaveLength(requests);
  });
});

describe("when", () => {
  /** What `onAttempt` tells of the first attempt; the call ends there. */
  async function firstAttempt(headers: Record<string, string>): Promise<Attempt> {
    const gateway = await start();
    gateway.fail({ status: 503, headers });
    const caller = new AbortController();
    const attempts: Attempt[] = [];
    const onAttempt = (attempt: Attempt) => {
      attempts.push(attempt);
      caller.abort("seen");
    };
    const client = clientOf(gateway, { onAttempt });
    const { signal } = caller;
    expect(await reasonOf(client.updateConnection(exampleUpdate, { signal }))).toBe("seen");
    const [attempt] = attempts;
    if (!attempt) throw new Error("no attempt was reported");
    return attempt;
  }

  test("the answer asks for it in seconds", async () => {
    expect(await firstAttempt({ "retry-after": "60" })).toMatchObject({ retryInMs: 60_000 });
  });

  test("the answer asks for it with a date", async () => {
    const date = new Date(Date.now() + 40_000).toUTCString();
    const { retryInMs } = await firstAttempt({ "retry-after": date });
    expect(retryInMs).toBeGreaterThan(20_000);
    expect(retryInMs).toBeLessThanOrEqual(40_000);
  });

  test.each<[string, Record<string, string>]>([
    ["nothing is asked for", {}],
    ["what is asked for is no time", { "retry-after": "soon" }],
  ])("chance decides where %s", async (_, headers) => {
    const { retryInMs } = await firstAttempt(headers);
    expect(retryInMs).toBeGreaterThanOrEqual(0);
    expect(retryInMs).toBeLessThan(500);
  });

  test("what is asked for has passed before the next attempt", async () => {
    const gateway = await start();
    gateway.fail({ status: 429, headers: { "retry-after": "1" } });
    await clientOf(gateway).updateConnection(exampleUpdate);
    const [first, second] = gateway.requests.map(({ arrivedAt }) => arrivedAt);
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(990);
  });

  test("a call that would have to wait over a minute fails at once, and says till when", async () => {
    const gateway = await start();
    gateway.fail({ status: 503, headers: { "retry-after": "61" } });
    const call = clientOf(gateway).updateConnection(exampleUpdate);
    const error = await failureOf(call, PeakaApiError);
    expect(error).toMatchObject({ status: 503, attempts: 1, retryAfterMs: 61_000 });
    expect(error.message).toMatch(/\b61 s\b/);
    expect(gateway.requests).toHaveLength(1);
  });

  test("an error says it too where it is not tried again for another reason", async () => {
    const gateway = await start();
    gateway.fail({ status: 409, headers: { "retry-after": "7" } });
    const call = clientOf(gateway).updateConnection(exampleUpdate);
    expect(await failureOf(call, PeakaApiError)).toMatchObject({ retryAfterMs: 7_000 });
  });
});

describe("over several attempts", () => {
  test("an apiKey function is asked before each, so that keys can rotate", async () => {
    const gateway = await start();
    gateway.fail({ status: 503, headers: atOnce });
    const keys = ["old-key", "partner-key"];
    const client = clientOf(gateway, { apiKey: () => Promise.resolve(keys.shift() ?? "none") });
    await client.updateConnection(exampleUpdate);
    expect(gateway.requests.map(({ headers }) => headers[auth.header])).toEqual([
      `${auth.prefix}old-key`,
      `${auth.prefix}partner-key`,
    ]);
  });

  test("one that may have applied the change makes the whole call unknown", async () => {
    const gateway = await start();
    gateway.fail({ status: 503, headers: atOnce, applied: true });
    const call = clientOf(gateway).updateConnection({ ...exampleUpdate, body: { name: "new" } });
    const error = await failureOf(call, PeakaApiError);
    expect(error).toMatchObject({ status: 400, attempts: 2, outcome: "unknown" });
    expect(error.message).toContain("may have been applied");
  });

  test("a key that is not given ends the call with what the attempts before it did", async () => {
    const gateway = await start();
    gateway.fail({ status: 503, headers: atOnce });
    const keys = ["partner-key"];
    const client = clientOf(gateway, { apiKey: () => keys.pop() ?? "" });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaUsageError);
    expect(error).toMatchObject({ attempts: 2, outcome: "unknown" });
    expect(error.message).toContain("may have been applied");
    expect(gateway.requests).toHaveLength(1);
  });

  test("a call that never got a connection applied nothing", async () => {
    skipBackoff();
    const client = clientOf(await start(), { fetch: () => Promise.reject(refused) });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error).toMatchObject({ attempts: 3, outcome: "not-applied", code: "ECONNREFUSED" });
    expect(error.message).not.toContain("applied");
  });
});
