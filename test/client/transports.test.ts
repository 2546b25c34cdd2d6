import { EventEmitter } from "node:events";
import { Readable } from "node:stream";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { PeakaNetworkError, PeakaTimeoutError, PeakaUsageError } from "../../src/index.js";
import { createPeakaClient, type Fetch, type FetchResponse } from "../../src/index.js";
import { failureOf } from "../tools/failure.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { skipBackoff } from "../tools/no-backoff.js";

/** A client whose `fetch` answers so, and how often it was called. */
function clientOver(answer: () => unknown, options: object = {}) {
  const fetch = vi.fn(answer);
  const client = createPeakaClient({ apiKey: "partner-key", fetch: fetch as Fetch, ...options });
  return { fetch, call: () => client.updateConnection(exampleUpdate) };
}

const json = { "content-type": "application/json" };
const text = '{"id":"1","name":"é"}';
const bytes = Buffer.from(text);
const halves = [bytes.subarray(0, 19), bytes.subarray(19)];
const answer = (ways: object): FetchResponse => ({
  status: 200,
  headers: new Headers(json),
  ...ways,
});

async function* iterate(parts: readonly (Uint8Array | string)[]) {
  for (const part of parts) yield await Promise.resolve(part);
}

/** An iterator may leave `done` out until the end. */
function byHand(parts: readonly Uint8Array[]) {
  const left = parts.map((part) => ({ value: Uint8Array.from(part).buffer }));
  const next = () => Promise.resolve(left.shift() ?? { done: true });
  return answer({ body: { [Symbol.asyncIterator]: () => ({ next }) } });
}

describe("an answer is read by whatever way it offers:", () => {
  test.each<[string, () => object]>([
    ["a web stream", () => new Response(text, { headers: json })],
    ["a Node stream, as node-fetch gives it", () => answer({ body: Readable.from(halves) })],
    ["a Node stream of text", () => answer({ body: Readable.from(["{", text.slice(1)]) })],
    ["an async iterator", () => answer({ body: iterate(halves) })],
    ["an async iterator of ArrayBuffers, which says done at its end alone", () => byHand(halves)],
    [
      "arrayBuffer alone, as React Native gives it",
      () => answer({ arrayBuffer: () => Promise.resolve(Uint8Array.from(bytes).buffer) }),
    ],
    ["an answer that is no promise", () => answer({ text: () => text })],
    ["text alone", () => answer({ text: () => Promise.resolve(text) })],
    [
      "text beside an object as body",
      () => answer({ body: {}, text: () => Promise.resolve(text) }),
    ],
  ])("%s", async (_, make) => {
    const { fetch, call } = clientOver(make);
    expect(await call()).toEqual({ id: "1", name: "é" });
    expect(fetch).toHaveBeenCalledOnce();
  });

  const long = new Uint8Array(11 * 1_048_576).fill(32);
  test.each<[string, object]>([
    ["a Node stream", { body: Readable.from([long]) }],
    ["an iterator of ArrayBuffers", byHand([long])],
    ["arrayBuffer", { arrayBuffer: () => Promise.resolve(long.buffer) }],
    ["text", { text: () => Promise.resolve(" ".repeat(long.length)) }],
    [
      "a length that is announced",
      {
        headers: new Headers({ ...json, "content-length": String(long.length) }),
        text: () => Promise.reject(new Error("it was read")),
      },
    ],
  ])("and not beyond 10 MiB, from %s", async (_, ways) => {
    const { call } = clientOver(() => Promise.resolve(answer(ways)));
    await expect(call()).rejects.toThrow("200 with more than 10 MiB");
  });

  test("and a Node stream that is left unread is destroyed, and may fail afterwards", async () => {
    const body = Object.assign(new EventEmitter(), { destroy: vi.fn() });
    const headers = new Headers({ location: "https://elsewhere.example" });
    const { call } = clientOver(() => Promise.resolve({ status: 307, headers, body }));
    await expect(call()).rejects.toMatchObject({ status: 307 });
    expect(body.destroy).toHaveBeenCalledOnce();
    expect(() => body.emit("error", new Error("late"))).not.toThrow();
  });
});

describe("whatever a sloppy fetch does, the call settles with an error of ours:", () => {
  const raise = () => {
    throw new Error("of the transport");
  };
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as sloppy code does
  const rejecting = (reason: unknown) => Promise.reject(reason);
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const headers = { get: raise, forEach: raise };
  const cancelling = (cancel: unknown) => ({
    status: 302,
    headers: new Headers(),
    body: { cancel },
  });

  test.each<[string, () => unknown, string]>([
    ["headers that throw", () => ({ status: 503, headers }), "PeakaApiError"],
    ["a success whose headers throw", () => answer({ headers }), "PeakaResponseError"],
    ["a cancel that gives no promise", () => cancelling(() => undefined), "PeakaApiError"],
    ["a cancel that throws", () => cancelling(raise), "PeakaApiError"],
    ["a cancel that rejects", () => cancelling(() => Promise.reject(new Error())), "PeakaApiError"],
    ["a revoked proxy", () => revoked.proxy, "PeakaNetworkError"],
    ["a revoked proxy that is thrown", () => rejecting(revoked.proxy), "PeakaNetworkError"],
    [
      "errors whose length throws",
      () =>
        Promise.reject(
          Object.assign(new Error(), {
            errors: {
              get length() {
                return raise();
              },
            },
          }),
        ),
      "PeakaNetworkError",
    ],
    ["nothing that is rejected", () => rejecting(undefined), "PeakaNetworkError"],
  ])("%s", async (_, make, name) => {
    const { call } = clientOver(make, { maxRetries: 0 });
    const thrown = await call().catch((error: unknown) => error);
    expect((thrown as Error).name).toBe(name);
  });
});

describe("what cannot have been sent is not tried again:", () => {
  test("without a fetch, the option is named", async () => {
    const client = createPeakaClient({ apiKey: "partner-key" });
    vi.stubGlobal("fetch", undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaUsageError);
    expect(error.message).toMatch(/: fetch is missing in this runtime: pass one$/);
    expect(error).toMatchObject({ attempts: 1, outcome: "not-applied" });
  });

  test("to a port that fetch refuses", async () => {
    const client = createPeakaClient({ apiKey: "partner-key", baseUrl: "http://127.0.0.1:1" });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaUsageError);
    expect(error.message).toMatch(/: baseUrl has a port that fetch refuses$/);
    expect(error).toMatchObject({ attempts: 1, outcome: "not-applied" });
  });
});

describe("the limit of Node's own fetch", () => {
  test.each(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"])(
    "is a timeout of 300,000 ms, where timeoutMs is longer: %s",
    async (code) => {
      skipBackoff();
      const cause = Object.assign(new Error("Timeout"), { code });
      const fail = () => Promise.reject(new TypeError("fetch failed", { cause }));
      const late = clientOver(fail, { timeoutMs: 400_000, maxRetries: 1 });
      const error = await failureOf(late.call(), PeakaTimeoutError);
      expect(error).toMatchObject({ timeoutMs: 300_000, attempts: 2, outcome: "unknown" });
      expect(error.message).toContain(": no answer within 300000 ms; ");
      // A dispatcher of the caller's can have a limit of its own.
      const early = clientOver(fail, { timeoutMs: 300_000, maxRetries: 0 });
      expect((await failureOf(early.call(), PeakaNetworkError)).code).toBe(code);
    },
  );
});
