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
const [shown, place] = [
  { id: "c", name: "n", type: "stripe" },
  { projectId: "p", connectionId: "c" },
];
const body = { name: "new", type: "stripe", credential: { token: "new token" } };
const update = { ...place, body };

function start(options: TestGatewayOptions = {}) {
  const gateway = createTestGateway({ connections: [stored], ...options });
  const { apiKey } = gateway;
  return {
    ...{ gateway, token: () => gateway.connection("c")?.credential.token },
    peaka: createPeakaClient({ apiKey, fetch: kept(gateway.fetch), maxRetries: 0 }),
  };
}

describe("a test gateway", () => {
  test("answers below any base URL what a service reads before it changes a connection", async () => {
    ofAnotherApi();
    const { apiKey, fetch } = createTestGateway({ connections: [stored] });
    const peaka = createPeakaClient({
      apiKey,
      fetch,
      baseUrl: "https://peaka.example.com/partner/api/v1",
    });
    expect(await peaka.listConnections({ projectId: "p" })).toEqual([shown]);
    expect(await peaka.listConnections({ projectId: "q" })).toEqual([]);
    expect(await peaka.getConnection(place)).toEqual(shown);
    const error = await failureOf(peaka.getConnection({ ...place, projectId: "q" }), PeakaApiError);
    expect(error).toMatchObject({ status: 400, code: "INVALID_CONNECTION_ID", errorCode: "cn004" });
  });

  test("asks whether the third party accepts a credential, and keeps the old one else", async () => {
    const acceptsCredential = vi.fn(() => false);
    const { peaka, token } = start({ acceptsCredential });
    const error = await failureOf(peaka.updateConnection(update), PeakaApiError);
    expect(error).toMatchObject({ code: "INVALID_CREDENTIALS", outcome: "not-applied" });
    expect(acceptsCredential).toHaveBeenCalledWith(body.credential, { ...stored, ...body });
    expect(token()).toBe("old token");
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
    expect([token(), gateway.requests[0]?.applied]).toEqual(["new token", true]);
  });

  test("has other operations answered by handlers, and says where there is none", async () => {
    const connectionType = "stripe";
    const { peaka } = start({
      handlers: {
        getConnectionConfig: (input) => Promise.resolve(input),
        getConnection: () => new Response("", { status: 418 }),
      },
    });
    expect(await peaka.getConnectionConfig({ connectionType })).toEqual({ connectionType });
    await expect(peaka.getConnection(place)).rejects.toMatchObject({ status: 418 });
    const error = await failureOf(peaka.listConnectionConfig(), PeakaApiError);
    expect(error.message).toContain("there is no handler for listConnectionConfig");
  });

  test("tells what arrived, without the API key", async () => {
    const { gateway, peaka } = start();
    await peaka.getConnection(place);
    await peaka.updateConnection(update);
    const arrivedAt = expect.any(Number) as number;
    expect(gateway.requests).toMatchObject([
      { operation: "getConnection", input: place, applied: false, arrivedAt },
      { operation: "updateConnection", input: update, applied: true, arrivedAt },
    ]);
    expect(gateway.requests[1]?.headers).toMatchObject({ "content-type": "application/json" });
    expect(JSON.stringify(gateway.requests)).not.toContain(gateway.apiKey);
  });
});

describe("a fault", () => {
  test("strikes the next request, or for a change that is lost the next change", async () => {
    const { gateway, peaka, token } = start();
    gateway.next({ status: 503, retryAfter: 7 }, "lose-answer", "refuse");
    const error = await failureOf(peaka.getConnection(place), PeakaApiError);
    expect(error).toMatchObject({ status: 503, retryAfterMs: 7_000 });
    expect(await peaka.getConnection(place)).toEqual(shown);
    const lost = await failureOf(peaka.updateConnection(update), PeakaNetworkError);
    expect([lost.outcome, token()]).toEqual(["unknown", "new token"]);
    await failureOf(peaka.getConnection(place), PeakaNetworkError);
    expect(gateway.requests).toHaveLength(3);
  });

  test("strikes what a predicate picks, where no other was to be next", async () => {
    const { gateway, peaka } = start();
    gateway.when(({ operation, input }) => {
      return operation === "updateConnection" && input.body.name === "new";
    }, "echo");
    gateway.next({ status: 409, body: "[]" });
    await expect(peaka.updateConnection(update)).rejects.toMatchObject({ status: 409, body: [] });
    expect(await peaka.getConnection(place)).toEqual(shown);
    const error = await failureOf(peaka.updateConnection(update), PeakaApiError);
    expect(error.message).toContain("[redacted]");
    expect(error.message).not.toMatch(/new token|test-api-key/);
  });

  test("of no known name is a TypeError", () => {
    const { gateway } = start();
    const name = "lose-anwser" as "lose-answer";
    expect(() => gateway.next("break", name)).toThrow(/^createTestGateway: .* lose-anwser$/);
    expect(() => gateway.when(() => true, name)).toThrow(TypeError);
  });

  test("waits for no time but the test's, and applies late what the test lets it", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "queueMicrotask", "Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const { gateway, peaka, token } = start();
    const timeoutMs = 86_400_000;
    gateway.next("apply-late", "silence");
    const failure = failureOf(peaka.updateConnection(update, { timeoutMs }), PeakaTimeoutError);
    await vi.advanceTimersByTimeAsync(timeoutMs);
    expect(await failure).toMatchObject({ outcome: "unknown" });
    const later = { ...update, body: { ...body, credential: { token: "newest token" } } };
    const silence = failureOf(peaka.updateConnection(later, { timeoutMs }), PeakaTimeoutError);
    await vi.advanceTimersByTimeAsync(1);
    expect(token()).toBe("old token");
    let isSettled = false;
    const settled = gateway.settled().then(() => (isSettled = true));
    await vi.advanceTimersByTimeAsync(timeoutMs - 2);
    expect([token(), isSettled]).toEqual(["new token", false]);
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all([silence, settled]);
    expect(gateway.requests).toMatchObject([{ applied: true }, { applied: false }]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test("a caller who has given up sends nothing, and one who gives up hears no more", async () => {
  const { gateway } = start();
  const signal = AbortSignal.abort("stop");
  await expect(gateway.fetch("https://x.example", { signal })).rejects.toBe("stop");
  const caller = new AbortController();
  gateway.next("endless-body");
  const { body: stream } = await gateway.fetch("https://x.example", { signal: caller.signal });
  caller.abort("stop");
  await expect(new Response(stream).text()).rejects.toBe("stop");
  expect(gateway.requests).toEqual([]);
});
