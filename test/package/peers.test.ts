import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import {
  createPeakaClient,
  defaultZone,
  PeakaApiError,
  PeakaResponseError,
} from "../../src/index.js";
import { PeakaTimeoutError, PeakaUsageError, zones } from "../../src/index.js";
import type { Attempt, Fetch, Zone } from "../../src/index.js";
import { faults } from "../tools/gateway/faults.js";
import type { Gateway } from "../tools/gateway/gateway.js";
import { connectionId, start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { failures, secrets } from "../tools/each-failure.js";
import { failureOf, reasonOf } from "../tools/failure.js";
import { clientInZone } from "../tools/in-zone.js";
import { leaksIn } from "../tools/leaks.js";
import { skipBackoff } from "../tools/no-backoff.js";

const apiKey = "partner-key";
const atOnce = { "retry-after": "0" };

/** How an update fails. */
const refusal = <E extends Error>(gateway: Gateway, Class: new (...given: never[]) => E) =>
  failureOf(clientOf(gateway).updateConnection(exampleUpdate), Class);

// One test for each row of the comparison with other clients: what this one does there.
describe("where other clients differ", () => {
  test("pick a zone: one of the spec's, checked at creation, the spec's first by default", () => {
    for (const [zone, baseUrl] of Object.entries(zones) as [Zone, string][]) {
      expect(createPeakaClient({ zone, apiKey })).toMatchObject({ zone, baseUrl });
    }
    expect(() => createPeakaClient({ zone: "mars" as Zone, apiKey })).toThrow(PeakaUsageError);
    expect(createPeakaClient({ apiKey }).zone).toBe(defaultZone);
  });

  test("auth: a text, an async function asked per attempt, or the environment", async () => {
    const gateway = await start();
    await clientOf(gateway, { apiKey }).updateConnection(exampleUpdate);
    gateway.fail({ status: 503, headers: atOnce });
    const ask = vi.fn(() => Promise.resolve(apiKey));
    await clientOf(gateway, { apiKey: ask }).updateConnection(exampleUpdate);
    expect(ask).toHaveBeenCalledTimes(2);
    vi.stubEnv("PEAKA_API_KEY", apiKey);
    const client = createPeakaClient({ baseUrl: gateway.baseUrl });
    vi.unstubAllEnvs();
    expect(await client.updateConnection(exampleUpdate)).toMatchObject({ id: connectionId });
  });

  test("retry: two more attempts of a PUT, with waits that an abort ends", async () => {
    const gateway = await start();
    gateway.fail({ status: 503, headers: atOnce, times: 3 });
    expect(await refusal(gateway, PeakaApiError)).toMatchObject({ attempts: 3 });
    gateway.fail({ status: 503, headers: { "retry-after": "60" } });
    const caller = new AbortController();
    const onAttempt = () => {
      setImmediate(() => {
        caller.abort("stop");
      });
    };
    const call = clientOf(gateway, { onAttempt }).updateConnection(exampleUpdate, {
      signal: caller.signal,
    });
    expect(await reasonOf(call)).toBe("stop");
  });

  test("backoff: full jitter from 0 to 500 ms, doubling; Retry-After up to 60 s", async () => {
    const gateway = await start();
    gateway.fail({ status: 503 }, { status: 503, headers: { "retry-after": "61" } });
    const waits: unknown[] = [];
    const random = vi.spyOn(Math, "random").mockReturnValue(0.1);
    const client = clientOf(gateway, { onAttempt: ({ retryInMs }) => waits.push(retryInMs) });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaApiError);
    random.mockRestore();
    expect(waits).toEqual([50, undefined]);
    expect(error.retryAfterMs).toBe(61_000);
  });

  test("timeout: each attempt, its headers and its body", async () => {
    skipBackoff();
    const gateway = await start();
    gateway.fail({ hang: true }, faults.oversizedContentLength);
    const client = clientOf(gateway, { timeoutMs: 500, maxRetries: 1 });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    expect(error).toMatchObject({ attempts: 2, timeoutMs: 500 });
  });

  test("errors: five classes, an outcome on each", async () => {
    const errors = await Promise.all(Object.values(failures).map(async (fail) => fail()));
    expect(errors).toHaveLength(5);
    for (const { outcome } of errors) expect(outcome).toMatch(/^(?:not-applied|unknown)$/);
  });

  test("raw answer: status, headers and request id through onAttempt", async () => {
    const told: Attempt[] = [];
    const client = clientOf(await start(), { onAttempt: (attempt) => told.push(attempt) });
    await client.updateConnection(exampleUpdate);
    expect(told).toHaveLength(1);
    expect(told[0]?.status).toBe(200);
    expect(told[0]?.headers["x-request-id"]).toBe(told[0]?.requestId);
  });

  test("hooks: onAttempt and fetch", async () => {
    const spy = vi.fn<Fetch>((url, init) => fetch(url, init));
    const onAttempt = vi.fn();
    await clientOf(await start(), { fetch: spy, onAttempt }).updateConnection(exampleUpdate);
    expect(spy).toHaveBeenCalledTimes(1);
    expect(onAttempt).toHaveBeenCalledTimes(1);
  });

  test.each([
    [".. in a path", ".."],
    [".. in a path, encoded", "%2e%2E"],
    [".. in a path, encoded twice", "%252e."],
    ["empty path parameter", ""],
  ])("%s: rejected", async (_, projectId) => {
    const gateway = await start();
    const call = clientOf(gateway).updateConnection({ ...exampleUpdate, projectId });
    await failureOf(call, PeakaUsageError);
    expect(gateway.requests).toEqual([]);
  });

  test("redirects: refused, and the secret body is not replayed", async () => {
    const [gateway, other] = [await start(), await start()];
    gateway.fail(faults.redirect(307, other.baseUrl));
    await refusal(gateway, PeakaApiError);
    expect(other.requests).toEqual([]);
  });

  test("echoed secret in an error body: scrubbed", async () => {
    const gateway = await start({ validCredential: () => false });
    const error = await refusal(gateway, PeakaApiError);
    expect(error.message).toContain("[redacted]");
    expect(leaksIn(error, secrets)).toEqual([]);
  });

  test("errors free of the request: each class", async () => {
    for (const fail of Object.values(failures)) expect(leaksIn(await fail(), secrets)).toEqual([]);
  });

  test.each([" ", "bro\nken-key"])("blank API key: %j is refused, unquoted", (wrong) => {
    const create = () => createPeakaClient({ apiKey: wrong });
    expect(create).toThrow(PeakaUsageError);
    expect(create).not.toThrow(/bro|ken-key/);
  });

  test("console.log(client): shows no key", () => {
    const client = createPeakaClient({ apiKey });
    expect(inspect(client)).toContain(client.baseUrl);
    expect(leaksIn(client, [apiKey])).toEqual([]);
  });

  test("200 with HTML: a PeakaResponseError that quotes none of it", async () => {
    const gateway = await start();
    gateway.fail(faults.html);
    const { message } = await refusal(gateway, PeakaResponseError);
    expect(message).not.toContain("log in");
  });

  test("size cap: 10 MiB, of a success and of an error", async () => {
    const gateway = await start();
    const body = `{"name":"${"x".repeat(10 * 1024 * 1024)}"}`;
    gateway.fail({ endless: true }, { status: 400, body });
    await refusal(gateway, PeakaResponseError);
    expect((await refusal(gateway, PeakaApiError)).body).toBeUndefined();
  });

  test("was it applied? the outcome says", async () => {
    const gateway = await start();
    gateway.fail({ status: 400 }, { status: 501, applied: true });
    expect((await refusal(gateway, PeakaApiError)).outcome).toBe("not-applied");
    expect((await refusal(gateway, PeakaApiError)).outcome).toBe("unknown");
  });

  test.each([401, 403])("wrong zone: a hint on a %i", async (status) => {
    const gateway = await start({ zone: "eu" });
    gateway.fail({ status });
    const call = clientInZone(gateway).updateConnection(exampleUpdate);
    const { hint, message } = await failureOf(call, PeakaApiError);
    expect(hint).toMatch(/\beu\b.*another zone \(us\)/);
    expect(message.endsWith(String(hint))).toBe(true);
  });
});
