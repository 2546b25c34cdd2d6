import { inspect } from "node:util";
import { createContext, runInContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PeakaNetworkError, PeakaUsageError, type Fetch } from "../../src/index.js";
import { arbitrarySecrets, partsOf, secretsOf, type Secrets } from "../tools/arbitrary-secrets.js";
import { clientOf } from "../tools/client-of.js";
import { failureOf } from "../tools/failure.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { start } from "../tools/gateway/start.js";
import { leaksIn } from "../tools/leaks.js";
import { skipBackoff } from "../tools/no-backoff.js";
import { runs } from "../tools/runs.js";

/** What was sent, and all of it as one text. */
type Sent = readonly [url: string, init: RequestInit];
const textOf = ([url, init]: Sent) => `${url} ${JSON.stringify(init)} ${init.body as string}`;

const failed = (fields: object) => Object.assign(new Error("failed"), fields);
const failedWith = (name: string, get: () => unknown, enumerable = false) =>
  Object.defineProperty(new Error("failed"), name, { get, enumerable });
const refuse = (sent: Sent): never => {
  throw new Error(textOf(sent));
};

/** Keeps the request where only its own code can reach it, and shows it. */
class ShownError extends Error {
  readonly #sent: Sent;
  constructor(sent: Sent) {
    super("failed");
    this.#sent = sent;
  }
  get request(): Sent {
    return this.#sent;
  }
  [inspect.custom](): string {
    return textOf(this.#sent);
  }
  toJSON(): string {
    return textOf(this.#sent);
  }
}

const otherRealm = createContext();

/** What may be thrown that knows the request and its key. */
const thrown: Record<string, (sent: Sent, key: string) => unknown> = {
  "an error that quotes it": (sent) => new Error(textOf(sent)),
  "an error with it as a property": ([url, init]) => failed({ url, init }),
  "an error with a Map": (sent) => failed({ sent: new Map([["body", textOf(sent)]]) }),
  "an error with BigInts": (sent) => failed({ ids: textOf(sent).match(/\d+/g)?.map(BigInt) }),
  "an error with a symbol": (sent) => failed({ [Symbol("request")]: sent }),
  "an error with a name that is secret": (_, key) => failed({ [key]: true }),
  "an error that shows itself": (sent) => new ShownError(sent),
  "an error whose name, code and call quote it": (_, key) =>
    failed({ name: key, code: `E_${key}`, syscall: key }),
  "an error whose stack quotes it": (sent) => failed({ stack: textOf(sent) }),
  "an error whose cause quotes it": (sent) =>
    new Error("failed", { cause: new TypeError("inner", { cause: new Error(textOf(sent)) }) }),
  "an error whose cause is it": (sent) => new Error("failed", { cause: sent }),
  "an error whose cause shows itself": (sent) => failed({ cause: new ShownError(sent) }),
  "several errors": (sent) => new AggregateError([new Error("1"), new Error(textOf(sent))], "2"),
  "errors that are no list": (sent) => failed({ errors: { request: sent } }),
  "an error that runs in a circle": (sent) => {
    const inner = new Error(textOf(sent));
    const outer = new Error("outer", { cause: inner });
    return Object.assign(inner, { cause: outer, errors: [outer, inner] });
  },
  "an error that cannot be looked at": (sent) => failedWith("request", () => refuse(sent), true),
  "an error whose cause cannot be read": (sent) => failedWith("cause", () => refuse(sent)),
  "an error whose code cannot be read": (sent) => failedWith("code", () => refuse(sent)),
  "an error whose code cannot be written": (sent) =>
    failed({ code: { toString: () => refuse(sent) }, syscall: { toString: () => refuse(sent) } }),
  "several errors that cannot be read": (sent) =>
    failed({ errors: [failedWith("code", () => refuse(sent))] }),
  "a DOMException": (sent) => new DOMException(textOf(sent), "AbortError"),
  "an error of another realm": (sent) => {
    const error = runInContext("new RangeError('failed')", otherRealm) as Error;
    return Object.assign(error, { request: sent, cause: textOf(sent) });
  },
  "an error behind a proxy": (sent) => new Proxy(failed({ request: sent }), {}),
  "what calls itself an error": (sent) => ({ request: sent, [Symbol.toStringTag]: "Error" }),
  "a text": textOf,
  "a String object": (sent) => new String(textOf(sent)),
};

const expectNoLeak = (error: Error, given: Secrets) => {
  expect(leaksIn(error, secretsOf(given).flatMap(partsOf))).toEqual([]);
};
const withCredential = ({ credential }: Secrets) => ({
  ...exampleUpdate,
  body: { ...exampleUpdate.body, credential },
});

describe("a fetch that throws", () => {
  test.each(Object.entries(thrown))("%s gives none away", async (_, make) => {
    let key = "";
    const fetch: Fetch = (...sent) => {
      throw make(sent, key);
    };
    const baseUrl = "https://gateway.example/api/v1";
    const client = clientOf({ baseUrl }, { apiKey: () => key, fetch, maxRetries: 0 });
    const property = fc.asyncProperty(arbitrarySecrets, async (given) => {
      key = given.key;
      const call = client.updateConnection(withCredential(given));
      const error = await failureOf(call, PeakaNetworkError);
      expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
      expectNoLeak(error, given);
    });
    await fc.assert(property, runs(5));
  });
});

describe("an apiKey function that throws", () => {
  test.each(Object.entries(thrown))("%s gives away no key that was used", async (_, make) => {
    skipBackoff();
    let keys: (() => string)[] = [];
    const fetch: Fetch = () => Promise.resolve(new Response("", { status: 503 }));
    const baseUrl = "https://gateway.example/api/v1";
    const client = clientOf({ baseUrl }, { apiKey: () => keys.shift()?.() ?? "", fetch });
    const property = fc.asyncProperty(arbitrarySecrets, async (given) => {
      const { key, credential } = given;
      const headers = { authorization: `Bearer ${key}` };
      const init = { method: "POST", headers, body: JSON.stringify({ old: key, credential }) };
      const fail = () => {
        throw make(["https://vault.example/", init], key);
      };
      keys = [() => key, fail];
      const call = client.updateConnection(withCredential(given));
      const error = await failureOf(call, PeakaUsageError);
      expect(error).toMatchObject({ attempts: 2, outcome: "unknown" });
      expectNoLeak(error, given);
    });
    await fc.assert(property, runs(2));
  });
});

describe("the cause", () => {
  const failWith = async (reason: unknown, apiKey = "key-of-the-causes") => {
    const fetch = () => {
      throw reason;
    };
    const client = clientOf(await start(), { apiKey, fetch, maxRetries: 0 });
    return failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
  };
  const inner = new Error("inner");

  test("keeps what is clean beside what is not", async () => {
    const reason = new RangeError("cannot send key-of-the-causes", { cause: inner });
    const { code, cause } = await failWith(Object.assign(reason, { code: "EPROTO" }));
    expect(code).toBe("EPROTO");
    const message = "cannot send [redacted]";
    expect(cause).toMatchObject({ name: "RangeError", code, message, cause: { message: "inner" } });
    expect((cause as Error).stack).toMatch(/^RangeError: cannot send \[redacted\]\n +at /);
    const { cause: ofText } = await failWith("not key-of-the-causes");
    expect(ofText).toMatchObject({ name: "Error", message: "not [redacted]" });
  });

  test.each<[string, Error, object]>([
    ["the message", new Error("the proxy is down"), { name: "Error" }],
    ["the causes", new RangeError("no", { cause: inner }), { cause: { message: "inner" } }],
    [
      "code and call",
      failed({ code: "EPIPE", syscall: "write" }),
      { code: "EPIPE", syscall: "write" },
    ],
    ["errors", new AggregateError([inner], "both"), { errors: [{ message: "inner" }] }],
  ])("says %s of an error", async (_, reason, said) => {
    const { name, message, stack } = reason;
    const { cause } = await failWith(reason);
    expect(cause).toMatchObject({ name, message, stack, ...said });
    const all = new Set(["name", "message", "stack", ...Object.keys(said)]);
    expect(Object.getOwnPropertyNames(cause).sort()).toEqual([...all].sort());
    // Those of Node's own errors, which show in a log.
    const shown = Object.keys(said).filter((part) => part === "code" || part === "syscall");
    expect(Object.keys(cause as Error)).toEqual(shown);
  });
});
