import { inspect } from "node:util";
import { beforeEach, describe, expect, test, vi, onTestFinished } from "vitest";
import { createPeakaClient, defaultZone, zones } from "../../src/index.js";
import type { CallOptions, PeakaClientOptions } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { stopClock } from "../tools/clock.js";
import { reasonOf, refusalOf, rejectionOf } from "../tools/failure.js";
import { start } from "../tools/gateway/start.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { skipBackoff } from "../tools/no-backoff.js";

// An answer that asks for no wait is followed by the backoff alone.
beforeEach(skipBackoff);

const apiKey = "key-of-the-options";
const create = (options: unknown) => createPeakaClient(options as PeakaClientOptions);
const failing = { status: 503, headers: { "retry-after": "0" } };
const text = "word-of-an-option";

/** For each option of a client, values that it must not have. */
const wrong: Record<keyof PeakaClientOptions, unknown[]> = {
  apiKey: [null, "", "  ", 42, true, {}, [], Symbol("key"), new String("key")],
  zone: [null, "", "mars", "US", "toString", "__proto__", 1, ["eu"], text],
  baseUrl: [
    ...[null, "", "gateway", "/api/v1", "//gateway.example", 1, {}, Symbol("url"), text],
    ...[["https://gateway.example"], new URL("https://gateway.example")],
    { toString: () => "https://gateway.example" },
  ],
  timeoutMs: [null, 0, 0.5, -1, NaN, Infinity, 2 ** 31, 2 ** 31 - 0.5, "1000", 1000n, {}, text],
  maxRetries: [null, -1, 0.5, NaN, Infinity, 2 ** 53, "2", 2n, {}, text],
  fetch: [null, "fetch", "", 0, false, {}, text],
  onAttempt: [null, "log", "", 0, false, {}, text],
};

describe("a wrong option is refused at creation, in a sentence that names it", () => {
  const cases = Object.entries(wrong).flatMap(([name, values]) =>
    values.map((value) => [name, inspect(value), value] as const),
  );
  test.each(cases)("%s: %s", (name, _, value) => {
    const { message, operation, zone } = refusalOf(() => create({ apiKey, [name]: value }));
    expect(message).toMatch(new RegExp(`^createPeakaClient: ${name} (?:must|is) `));
    expect(message).not.toContain(text);
    expect({ operation, zone }).toEqual({ operation: undefined, zone: undefined });
  });

  test.each([null, "key-of-the-options", 1, true])("options that are no object: %j", (options) => {
    const { message } = refusalOf(() => create(options));
    expect(message).toBe("createPeakaClient: options must be an object");
  });

  test.each(["apikey", "headers", "signal", "redirect", "timeout"])(
    "an option that there is not: %s",
    (name) => {
      const { message } = refusalOf(() => create({ apiKey, [name]: text }));
      expect(message).toContain(`options must not hold ${name}, only apiKey, zone, baseUrl`);
      expect(message).not.toContain(text);
    },
  );

  test("options that cannot be read", () => {
    const { proxy, revoke } = Proxy.revocable({ apiKey }, {});
    revoke();
    const zone = () => {
      throw new Error(apiKey);
    };
    const throwing = Object.defineProperty({ apiKey }, "zone", { get: zone, enumerable: true });
    for (const options of [proxy, throwing]) {
      const { message } = refusalOf(() => create(options));
      expect(message).toBe("createPeakaClient: options must not hold a getter that throws");
    }
  });
});

describe("a wrong option of a call is refused before anything is sent", () => {
  const reject = async (options: unknown) => {
    const gateway = await start();
    const call = clientOf(gateway).updateConnection(exampleUpdate, options as CallOptions);
    const error = await rejectionOf(call);
    expect(error.operation).toBe("updateConnection");
    expect(gateway.requests).toEqual([]);
    return error.message.replace(/^PUT \S+ \(\S+\): /, "");
  };

  const ofCalls: Record<keyof CallOptions, unknown[]> = {
    signal: [
      ...[null, "signal", true, 0, {}, new AbortController(), new EventTarget()],
      { throwIfAborted: () => undefined },
    ],
    timeoutMs: wrong.timeoutMs,
    maxRetries: wrong.maxRetries,
    onAttempt: wrong.onAttempt,
  };
  test.each(Object.entries(ofCalls))("%s", async (name, values) => {
    for (const value of values) {
      expect(await reject({ [name]: value })).toMatch(new RegExp(`^${name} must be `));
    }
  });

  test.each([null, "options-of-the-call", 1, false])("%j in place of options", async (options) => {
    expect(await reject(options)).toBe("options must be an object");
  });

  test.each(["headers", "redirect", "method", "body", "fetch", "apiKey", "zone", "baseUrl"])(
    "%s, which passes through no call",
    async (name) => {
      expect(await reject({ [name]: text })).toContain(
        `options must not hold ${name}, only signal, timeoutMs, maxRetries, onAttempt`,
      );
    },
  );
});

describe("an option that is left out, or undefined, has its default", () => {
  test("apiKey is that of the environment, at the time of creation", async () => {
    const gateway = await start();
    vi.stubEnv("PEAKA_API_KEY", "partner-key");
    onTestFinished(() => void vi.unstubAllEnvs());
    const client = clientOf(gateway, { apiKey: undefined });
    vi.stubEnv("PEAKA_API_KEY", "another key");
    await client.updateConnection(exampleUpdate);
    await clientOf(gateway).updateConnection(exampleUpdate);
    expect(gateway.requests).toMatchObject([{ applied: true }, { applied: true }]);
  });

  // As in Deno, where reading the environment was not allowed, and in a browser.
  const refuse = () => {
    throw new Error("NotCapable");
  };
  test.each([
    ["the environment", { ...process, env: {} }],
    ["a process", undefined],
    ["leave to read it", { env: new Proxy({}, { get: refuse }) }],
  ])("an apiKey is missing that is nowhere, for there is not %s", (_, process) => {
    const sentence = "createPeakaClient: apiKey is missing: pass it, or set PEAKA_API_KEY";
    let message = "";
    vi.stubGlobal("process", process);
    try {
      createPeakaClient();
    } catch (error) {
      message = (error as Error).message;
    } finally {
      vi.unstubAllGlobals();
    }
    expect(message).toBe(sentence);
  });

  test.each(Object.keys(wrong))("%s has it, whatever every object inherits", (name) => {
    onTestFinished(() => void Reflect.deleteProperty(Object.prototype, name));
    Object.assign(Object.prototype, { [name]: "https://elsewhere.example" });
    vi.stubEnv("PEAKA_API_KEY", apiKey);
    onTestFinished(() => void vi.unstubAllEnvs());
    const client = create(name === "apiKey" ? {} : { apiKey });
    expect(client).toMatchObject({ zone: defaultZone, baseUrl: zones[defaultZone] });
  });

  test("fetch is the global one, as it is when the call is made", async () => {
    const gateway = await start();
    const client = clientOf(gateway);
    const patched = vi.fn(globalThis.fetch);
    vi.stubGlobal("fetch", patched);
    onTestFinished(() => void vi.unstubAllGlobals());
    await client.updateConnection(exampleUpdate);
    expect(patched).toHaveBeenCalledOnce();
    expect(gateway.requests).toHaveLength(1);
  });
});

describe("an option of a call", () => {
  test.each([
    ["maxRetries is 2 where nothing is said", undefined, undefined, 3],
    ["maxRetries is the client's", 0, undefined, 1],
    ["maxRetries may be more than 2", 4, undefined, 5],
    ["maxRetries goes before the client's", 0, 3, 4],
    ["maxRetries may be none", 5, 0, 1],
  ])("%s", async (_, ofClient, ofCall, requests) => {
    const gateway = await start();
    gateway.fail(...Array<typeof failing>(10).fill(failing));
    const client = clientOf(gateway, { maxRetries: ofClient });
    const options: CallOptions = { maxRetries: ofCall };
    const call = client.updateConnection(exampleUpdate, options);
    // It is read when the call is made: a later change of it changes nothing.
    options.maxRetries = 9;
    await expect(call).rejects.toMatchObject({ status: 503, attempts: requests });
    expect(gateway.requests).toHaveLength(requests);
  });

  test.each([
    ["is a minute where nothing is said", undefined, undefined, 60_000],
    ["is the client's", 300, undefined, 300],
    ["goes before the client's", 300, 700, 700],
    ["may be three weeks", 2 ** 31 - 1, undefined, 2 ** 31 - 1],
    ["may be a millisecond", 1, undefined, 1],
  ])("timeoutMs %s", async (_, ofClient, ofCall, timeoutMs) => {
    const gateway = await start();
    gateway.fail("silence");
    const pass = stopClock();
    const client = clientOf(gateway, { timeoutMs: ofClient, maxRetries: 0 });
    const call = client.updateConnection(exampleUpdate, { timeoutMs: ofCall });
    const reason = reasonOf(call);
    let isOver = false;
    void reason.then(() => (isOver = true));
    await pass(Math.ceil(timeoutMs) - 1);
    expect(isOver).toBe(false);
    await pass(1);
    expect(await reason).toMatchObject({ name: "PeakaTimeoutError", timeoutMs });
  });
});

test("a client that is shown says its zone and base URL, and nothing of the other options", () => {
  const fetch = () => Promise.reject(new Error("not called"));
  const onAttempt = () => undefined;
  for (const key of [apiKey, () => apiKey]) {
    const options = { zone: "eu", apiKey: key, fetch, onAttempt, timeoutMs: 12345 } as const;
    const client = createPeakaClient(options);
    expect(JSON.stringify(client)).toBe(JSON.stringify({ zone: "eu", baseUrl: zones.eu }));
    const shown = inspect(client, { showHidden: true, depth: Infinity, getters: true });
    expect(shown).toContain(`baseUrl: '${zones.eu}'`);
    expect(shown + inspect(client)).not.toMatch(/key-of-the|apiKey|fetch|onAttempt|12345/);
  }
  const elsewhere = create({ apiKey, baseUrl: "https://gateway.example/api/" });
  expect(JSON.stringify(elsewhere)).toBe('{"baseUrl":"https://gateway.example/api"}');
  expect({ ...elsewhere }).toMatchObject({ zone: undefined, baseUrl: elsewhere.baseUrl });
});

test("a client that is spread into another object has its methods there", async () => {
  const gateway = await start();
  const { updateConnection } = { ...clientOf(gateway) };
  await updateConnection(exampleUpdate);
  expect(gateway.requests).toMatchObject([{ applied: true }]);
});
