import { describe, expect, test } from "vitest";
import { PeakaNetworkError, PeakaUsageError, type Fetch } from "../../src/index.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { start } from "../tools/gateway/put.js";
import { clientOf } from "../tools/client-of.js";
import { failureOf } from "../tools/failure.js";
import { leaksIn } from "../tools/leaks.js";
import { skipBackoff } from "../tools/no-backoff.js";
import { failed, textOf, thrown, type SentRequest } from "../tools/thrown.js";

const apiKey = "pk-of-the-causes";
const secrets = [apiKey, ...Object.values(exampleUpdate.body.credential)];

const failWith = async (make: (request: SentRequest) => unknown) => {
  const fetch: Fetch = (...request) => {
    throw make(request);
  };
  const client = clientOf(await start(), { apiKey, fetch, maxRetries: 0 });
  return failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
};

describe("a fetch that throws", () => {
  test.each(Object.entries(thrown(apiKey)))("%s gives no secret away", async (_, make) => {
    const error = await failWith(make);
    expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
    expect(leaksIn(error, secrets)).toEqual([]);
  });

  test("an error that runs in a circle gives none away either", async () => {
    const error = await failWith((request) => {
      const inner = new Error(textOf(request));
      const outer = new Error("outer", { cause: inner });
      Object.assign(inner, { cause: outer, parent: outer, errors: [outer, inner] });
      return outer;
    });
    expect((error.cause as Error).message).toBe("outer");
    expect(leaksIn(error, secrets)).toEqual([]);
  });

  test("an error that cannot be looked at ends the call as any other", async () => {
    const error = await failWith(() =>
      Object.defineProperty(new Error("failed"), "request", {
        enumerable: true,
        get() {
          throw new Error(apiKey);
        },
      }),
    );
    expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
    expect(leaksIn(error, secrets)).toEqual([]);
  });
});

describe("the cause", () => {
  const down = new Error("the proxy is down");

  test("keeps what is clean beside what is not", async () => {
    const error = await failWith((request) =>
      Object.assign(new RangeError(`cannot send ${apiKey}`, { cause: new Error("inner") }), {
        code: "EPROTO",
        errno: -71,
        request,
      }),
    );
    expect(error.code).toBe("EPROTO");
    expect(error.cause).toBeInstanceOf(RangeError);
    expect(error.cause).toMatchObject({ name: "RangeError", code: "EPROTO", errno: -71 });
    expect((error.cause as Error).message).toBe("cannot send [redacted]");
    expect((error.cause as Error).cause).toMatchObject({ message: "inner" });
    expect((error.cause as Error).stack).toMatch(/^RangeError: cannot send \[redacted\]\n/);
  });

  test.each<[string, unknown]>([
    ["an error", down],
    ["an error of another class", new RangeError("no", { cause: new Error("inner") })],
    ["an error with plain properties", failed({ code: "EPIPE", errno: -32, address: null })],
    ["several errors", new AggregateError([new Error("one"), new Error("two")], "both")],
    ["one error twice", new AggregateError([down, down], "both")],
    ["a text", "the proxy is down"],
    ["a number", 7],
  ])("is the very %s that was thrown, where it is clean", async (_, reason) => {
    expect((await failWith(() => reason)).cause).toBe(reason);
  });

  test("is fetch's own error, where it is clean", async () => {
    const gateway = await start();
    gateway.fail({ reset: "after-request" });
    let own: unknown;
    const spy: Fetch = (...request) =>
      fetch(...request).catch((reason: unknown) => {
        own = reason;
        throw reason;
      });
    const client = clientOf(gateway, { fetch: spy, maxRetries: 0 });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(error.cause).toBe(own);
  });
});

describe("an apiKey function that throws", () => {
  test.each(Object.entries(thrown(apiKey)))(
    "%s gives away no key that was used",
    async (_, make) => {
      skipBackoff();
      const gateway = await start();
      gateway.fail({ status: 503 });
      const sent: SentRequest = ["https://vault.example/", { headers: { authorization: apiKey } }];
      let asked = 0;
      const client = clientOf(gateway, {
        apiKey: () => {
          asked += 1;
          if (asked === 1) return apiKey;
          throw make(sent);
        },
      });
      const error = await failureOf(client.updateConnection(exampleUpdate), PeakaUsageError);
      expect(error).toMatchObject({ attempts: 2, outcome: "unknown" });
      expect(leaksIn(error, secrets)).toEqual([]);
    },
  );

  test("is the cause of the error, where what it throws is clean", async () => {
    const down = new Error("the vault is down");
    const client = clientOf(await start(), { apiKey: () => Promise.reject(down) });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaUsageError);
    expect(error).toMatchObject({ attempts: 1, outcome: "not-applied" });
    expect(error.cause).toBe(down);
  });
});
