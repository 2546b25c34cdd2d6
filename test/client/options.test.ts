import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test, vi, onTestFinished } from "vitest";
import { createPeakaClient, defaultZone, zones, type PeakaClientOptions } from "../../src/index.js";
import { put, start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { refusalOf } from "../tools/refusal.js";
import { runs } from "../tools/runs.js";

const apiKey = "key-of-the-options";
const create = (options: unknown) => createPeakaClient(options as PeakaClientOptions);

/** For each option, values that it must not have. */
const wrong: Record<keyof PeakaClientOptions, unknown[]> = {
  apiKey: [null, "", "  ", 42, true, {}, [], Symbol("key"), new String("key")],
  zone: [
    null,
    "",
    "mars",
    Object.keys(zones)[0]?.toUpperCase(),
    "toString",
    "__proto__",
    1,
    ["eu"],
  ],
  baseUrl: [null, "", "gateway", "/api/v1", "//gateway.example", 1, {}, Symbol("url")],
  timeoutMs: [null, 0, 0.5, -1, NaN, Infinity, 2 ** 31, 2 ** 31 - 0.5, "1000", 1000n, {}],
  maxRetries: [null, -1, 0.5, NaN, Infinity, 2 ** 53, "2", 2n, {}],
  fetch: [null, "fetch", "", 0, false, {}],
  onAttempt: [null, "log", "", 0, false, {}],
};

describe("a wrong option is refused at creation, in a sentence that names it", () => {
  const cases = Object.entries(wrong).flatMap(([name, values]) =>
    values.map((value) => [name, inspect(value), value] as const),
  );
  test.each(cases)("%s: %s", (name, _, value) => {
    const { message, operation, zone } = refusalOf(() => create({ apiKey, [name]: value }));
    expect(message).toMatch(new RegExp(`^createPeakaClient: ${name} (?:must|is) `));
    expect({ operation, zone }).toEqual({ operation: undefined, zone: undefined });
  });

  test.each([null, "key-of-the-options", 1, true])("options that are no object: %j", (options) => {
    const { message } = refusalOf(() => create(options));
    expect(message).toBe("createPeakaClient: options must be an object");
  });

  test("of any text where it cannot be right, no word is quoted", () => {
    const textless = fc.constantFrom("zone", "baseUrl", "timeoutMs", "maxRetries", "fetch");
    fc.assert(
      fc.property(textless, fc.string({ minLength: 12, unit: "binary" }), (name, text) => {
        const { message } = refusalOf(() => create({ apiKey, [name]: text }));
        expect(message).toContain(`: ${name} `);
        expect(message).not.toContain(text);
      }),
      runs(2_000),
    );
  });

  test.each(["apikey", "headers", "signal", "redirect", "timeout"])(
    "an option that there is not: %s",
    (name) => {
      const { message } = refusalOf(() => create({ apiKey, [name]: "value-of-it" }));
      expect(message).toContain(`options must not hold ${name}, only apiKey, zone, baseUrl`);
      expect(message).not.toContain("value-of-it");
    },
  );

  test("an option whose name would break the line", () => {
    const { message } = refusalOf(() => create({ apiKey, ["time\r\noutMs"]: 1 }));
    expect(message).toContain("options must not hold time");
  });
});

test("options may be those that a class gives by getters", () => {
  class Settings {
    get zone() {
      return "eu" as const;
    }
    get apiKey() {
      return apiKey;
    }
  }
  expect(createPeakaClient(new Settings()).zone).toBe("eu");
});

test("options that cannot be read are refused", () => {
  const { proxy, revoke } = Proxy.revocable({ apiKey }, {});
  revoke();
  const sentence = "createPeakaClient: options must not hold a getter that throws";
  for (const options of [
    proxy,
    {
      apiKey,
      get zone() {
        throw new Error(apiKey);
      },
    },
  ]) {
    expect(refusalOf(() => create(options)).message).toBe(sentence);
  }
});

describe("an option that is left out, or undefined, has its default", () => {
  test("apiKey is that of the environment, at the time of creation", async () => {
    const gateway = await start();
    vi.stubEnv("PEAKA_API_KEY", "partner-key");
    onTestFinished(() => void vi.unstubAllEnvs());
    const client = clientOf(gateway, { apiKey: undefined });
    vi.stubEnv("PEAKA_API_KEY", "another key");
    await client.updateConnection(exampleUpdate);
    expect(gateway.requests).toMatchObject([{ applied: true }]);
  });

  test("a given apiKey goes before that of the environment", async () => {
    const gateway = await start();
    vi.stubEnv("PEAKA_API_KEY", "another key");
    onTestFinished(() => void vi.unstubAllEnvs());
    await clientOf(gateway).updateConnection(exampleUpdate);
    expect(gateway.requests).toMatchObject([{ applied: true }]);
  });

  test("an apiKey that is nowhere is missing, also where there is no process", () => {
    vi.stubEnv("PEAKA_API_KEY", undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
    const sentence = "createPeakaClient: apiKey is missing: pass it, or set PEAKA_API_KEY";
    expect(refusalOf(() => createPeakaClient()).message).toBe(sentence);
    vi.stubGlobal("process", undefined);
    const inBrowser = thrownBy(() => createPeakaClient());
    vi.unstubAllGlobals();
    expect(inBrowser).toMatchObject({ name: "PeakaUsageError", message: sentence });
    // As in Deno, where reading it was not allowed.
    const refuse = () => {
      throw new Error("NotCapable");
    };
    vi.stubGlobal("process", { env: new Proxy({}, { get: refuse }) });
    const withoutLeave = thrownBy(() => createPeakaClient());
    vi.unstubAllGlobals();
    expect(withoutLeave).toMatchObject({ name: "PeakaUsageError", message: sentence });
  });

  test("zone is that of the spec's first server", () => {
    const client = createPeakaClient({ apiKey, zone: undefined, baseUrl: undefined });
    expect(client).toMatchObject({ zone: defaultZone, baseUrl: zones[defaultZone] });
    expect(defaultZone).toBe(Object.keys(zones)[0]);
  });

  test.each(Object.keys(wrong))("%s has it, whatever every object inherits", (name) => {
    onTestFinished(() => void Reflect.deleteProperty(Object.prototype, name));
    Object.assign(Object.prototype, { [name]: "https://elsewhere.example" });
    if (name === "apiKey") {
      vi.stubEnv("PEAKA_API_KEY", apiKey);
      onTestFinished(() => void vi.unstubAllEnvs());
    }
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

  test("maxRetries is 2", async () => {
    const gateway = await start();
    gateway.fail({ status: 503, headers: { "retry-after": "0" }, times: 3 });
    const call = clientOf(gateway).updateConnection(exampleUpdate);
    await expect(call).rejects.toMatchObject({ status: 503, attempts: 3 });
    expect(gateway.requests).toHaveLength(3);
  });
});

test.each([1, 1.5, 60_000, 2 ** 31 - 1])("timeoutMs may be %d", (timeoutMs) => {
  expect(createPeakaClient({ apiKey, timeoutMs }).zone).toBe(defaultZone);
});

test.each([0, 1, 10, Number.MAX_SAFE_INTEGER])("maxRetries may be %d", (maxRetries) => {
  expect(createPeakaClient({ apiKey, maxRetries }).zone).toBe(defaultZone);
});

test("the longest timeoutMs is kept, and does not end a call at once", async () => {
  const gateway = await start();
  await clientOf(gateway, { timeoutMs: 2 ** 31 - 1 }).updateConnection(exampleUpdate);
  expect(gateway.requests).toMatchObject([{ applied: true }]);
});

test("creating a client sends nothing, and asks no function for the key", async () => {
  const gateway = await start();
  const asked = vi.fn(() => "partner-key");
  const client = clientOf(gateway, { apiKey: asked });
  expect(client.baseUrl).toBe(gateway.baseUrl);
  await put(gateway);
  expect(gateway.requests).toHaveLength(1);
  expect(asked).not.toHaveBeenCalled();
});

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
