import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createPeakaClient, PeakaAbortError, PeakaApiError } from "../../src/index.js";
import { PeakaNetworkError, PeakaTimeoutError } from "../../src/index.js";
import { createTestGateway, type TestGatewayOptions } from "../../src/testing/index.js";
import { kept } from "../tools/arrivals.js";
import { deferred } from "../tools/deferred.js";
import { ofAnotherApi } from "../tools/departures.js";
import { failureOf } from "../tools/failure.js";

const credential = { token: "old token" };
const stored = { projectId: "p", id: "c", name: "n", type: "stripe", credential };
const shown = { id: "c", name: "n", type: "stripe" };
const place = { projectId: "p", connectionId: "c" };
const body = { name: "new", type: "stripe", credential: { token: "new token" } };
const update = { ...place, body };

function start(options: TestGatewayOptions = {}) {
  const gateway = createTestGateway({ connections: [stored], ...options });
  const { apiKey } = gateway;
  const peaka = createPeakaClient({ apiKey, fetch: kept(gateway.fetch), maxRetries: 0 });
  return { gateway, peaka, token: () => gateway.connection("c")?.credential.token };
}

describe("a test gateway", () => {
  test("answers below any base URL, and tells what arrived, without the API key", async () => {
    ofAnotherApi();
    const { apiKey, fetch, requests } = createTestGateway({ connections: [stored] });
    const baseUrl = "https://peaka.example.com/partner/api/v1";
    const peaka = createPeakaClient({ apiKey, fetch, baseUrl });
    expect(await peaka.listConnections({ projectId: "p" })).toEqual([shown]);
    expect(await peaka.listConnections({ projectId: "q" })).toEqual([]);
    expect(await peaka.getConnection(place)).toEqual(shown);
    expect(await peaka.updateConnection(update)).toEqual({ ...shown, name: "new" });
    const headers = { "content-type": "application/json" };
    expect(requests.slice(-2)).toMatchObject([
      { operation: "getConnection", input: place, applied: false },
      { operation: "updateConnection", input: update, applied: true, headers },
    ]);
    expect(JSON.stringify(requests)).not.toContain(apiKey);
  });

  const key = { authorization: "Bearer test-api-key" };
  test.each<[path: string, headers: Record<string, string>, body: string, number, said: object]>([
    ["p/c", {}, "{}", 401, { error: "UNAUTHORIZED" }],
    ["p/c/d", key, "{}", 404, { error: "Not Found", status: 404 }],
    ["q/c", key, JSON.stringify(body), 400, { error: "INVALID_CONNECTION_ID", errorCode: "cn004" }],
    ["p/c", key, "{}", 400, { error: "Bad Request", status: 400 }],
    ["p/c", key, "[]", 400, { error: "Bad Request", status: 400 }],
    ["p/c", key, "", 400, { error: "Bad Request", status: 400 }],
    ["p/c", key, JSON.stringify(body), 400, { error: "INVALID_CREDENTIALS", errorCode: "cn012" }],
  ])("refuses %s with %j and %s: %i", async (path, headers, content, status, said) => {
    const { gateway, token } = start({ acceptsCredential: ({ token }) => token !== "new token" });
    const init = { method: "PUT", headers, body: content };
    const answer = await gateway.fetch(`https://peaka.example.com/connections/${path}`, init);
    expect([answer.status, await answer.json()]).toMatchObject([status, said]);
    expect(token()).toBe("old token");
    expect(gateway.requests.every(({ applied }) => !applied)).toBe(true);
  });

  test("applies what it is at work on when its caller gives up", async () => {
    const [asked, login, caller] = [deferred(), deferred<boolean>(), new AbortController()];
    const acceptsCredential = () => {
      asked.resolve();
      return login.promise;
    };
    const { gateway, peaka, token } = start({ acceptsCredential });
    const call = peaka.updateConnection(update, { signal: caller.signal });
    const failure = failureOf(call, PeakaAbortError);
    await asked.promise;
    caller.abort();
    expect(await failure).toMatchObject({ outcome: "unknown" });
    login.resolve(true);
    await gateway.settled();
    expect(token()).toBe("new token");
  });

  test("has other operations answered by handlers, and says where there is none", async () => {
    const getConnectionConfig = vi.fn(() => Promise.resolve({ name: "Stripe" }));
    const getConnection = () => new Response("", { status: 418 });
    const { peaka } = start({ handlers: { getConnectionConfig, getConnection } });
    const input = { connectionType: "stripe" };
    expect(await peaka.getConnectionConfig(input)).toEqual({ name: "Stripe" });
    expect(getConnectionConfig).toHaveBeenCalledWith(input);
    await expect(peaka.getConnection(place)).rejects.toMatchObject({ status: 418 });
    const error = await failureOf(peaka.listConnectionConfig(), PeakaApiError);
    expect(error.message).toContain("there is no handler for listConnectionConfig");
  });
});

describe("a fault", () => {
  test("strikes the next request or change, or else what a predicate picks", async () => {
    const { gateway, peaka, token } = start();
    gateway.when(({ operation }) => operation === "updateConnection", "refuse");
    gateway.next({ status: 503, retryAfter: 7 }, "lose-answer");
    const error = await failureOf(peaka.getConnection(place), PeakaApiError);
    expect(error).toMatchObject({ status: 503, retryAfterMs: 7_000 });
    expect(await peaka.getConnection(place)).toEqual(shown);
    await failureOf(peaka.updateConnection(update), PeakaNetworkError);
    expect(token()).toBe("new token");
    const { outcome } = await failureOf(peaka.updateConnection(update), PeakaNetworkError);
    expect([outcome, gateway.requests.length]).toEqual(["not-applied", 3]);
  });

  test("of no known name is a TypeError", () => {
    const name = "lose-anwser" as "lose-answer";
    expect(() => start().gateway.next(name)).toThrow(/^createTestGateway: .* lose-anwser$/);
  });

  test("waits for no time but the test's, and is applied late when the test says so", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "queueMicrotask", "Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const { gateway, peaka, token } = start();
    gateway.next("apply-late", "silence");
    const failure = failureOf(peaka.updateConnection(update), PeakaTimeoutError);
    await vi.advanceTimersByTimeAsync(60_000);
    await failure;
    const silence = failureOf(peaka.updateConnection(update), PeakaTimeoutError);
    await vi.advanceTimersByTimeAsync(1);
    expect(token()).toBe("old token");
    const settled = vi.fn();
    void gateway.settled().then(settled);
    await vi.advanceTimersByTimeAsync(59_998);
    expect(token()).toBe("new token");
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await silence;
    expect(settled).toHaveBeenCalled();
    expect(gateway.requests).toMatchObject([{ applied: true }, { applied: false }]);
  });

  test("ends with the signal, and nothing arrives after it", async () => {
    const { gateway } = start();
    const caller = new AbortController();
    gateway.next("endless-body");
    const answer = await gateway.fetch("https://x.example", { signal: caller.signal });
    caller.abort("stop");
    await expect(answer.text()).rejects.toBe("stop");
    await expect(gateway.fetch("https://x.example", caller)).rejects.toBe("stop");
  });
});
