import { inspect } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import * as peaka from "../../src/index.js";
import { isPeakaError, PeakaError, type AnyPeakaError } from "../../src/index.js";
import { failures, secrets } from "../tools/each-failure.js";

const names = Object.keys(failures) as AnyPeakaError["name"][];

describe.each(names)("%s", (name) => {
  const Class = peaka[name];
  const fail = () => failures[name]();

  test("is an Error of the family, and says its name", async () => {
    const error = await fail();
    expect(error).toBeInstanceOf(Class);
    expect(error).toBeInstanceOf(PeakaError);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(name);
    expect(Class.name).toBe(name);
    const others = names.filter((other) => other !== name);
    for (const other of others) expect(error).not.toBeInstanceOf(peaka[other]);
  });

  test("is known to isPeakaError", async () => {
    expect(isPeakaError(await fail())).toBe(true);
  });

  test("says which operation, where, how often, and whether it may have been applied", async () => {
    const error = await fail();
    expect(error.operation).toBe("updateConnection");
    expect(error).toHaveProperty("zone", undefined);
    expect(error.attempts).toBe(name === "PeakaUsageError" ? 0 : 1);
    expect(["not-applied", "unknown"]).toContain(error.outcome);
    const head =
      /^PUT \/connections\/\{projectId\}\/\{connectionId\} \(http:\/\/127\.0\.0\.1:\d+\): \S/;
    expect(error.message).toMatch(head);
  });

  test("says in its message what it says in outcome", async () => {
    const { message, outcome } = await fail();
    expect(message.includes("may have been applied")).toBe(outcome === "unknown");
  });

  test("has a stack that starts with its name and message", async () => {
    const { stack, message } = await fail();
    expect(stack?.startsWith(`${name}: ${message}\n`)).toBe(true);
    expect(stack).toMatch(/\n +at /);
  });

  test("is what the call rejects with, also where stacks are no texts", async () => {
    const given = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace") ?? {
      value: undefined,
    };
    onTestFinished(() => void Object.defineProperty(Error, "prepareStackTrace", given));
    Error.prepareStackTrace = (_, sites) => sites;
    expect((await failures[name]()).name).toBe(name);
  });

  test("holds no secret, whichever way it is shown", async () => {
    const error = await fail();
    const shown = [
      JSON.stringify(error),
      JSON.stringify(Object.entries(error)),
      JSON.stringify(Object.getOwnPropertyDescriptors(error)),
      String(error),
      inspect(error, { showHidden: true, depth: Infinity, getters: true }),
    ].join("\n");
    expect(shown).toContain(name);
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });

  test("survives JSON.stringify with its facts", async () => {
    const error = await fail();
    const { operation, attempts, outcome } = error;
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name, operation, attempts, outcome });
  });

  test("holds neither the request, nor its headers, nor its body", async () => {
    const error = await fail();
    const held = JSON.stringify(Object.getOwnPropertyDescriptors(error));
    expect(held).not.toMatch(/"(?:request|response|headers|init|options|input)"/i);
    expect(inspect(error, { showHidden: true, depth: Infinity })).not.toMatch(/bearer/i);
  });

  test("is known to isPeakaError of another copy of the package, and only to that", async () => {
    const error = await fail();
    vi.resetModules();
    const copy = await import("../../src/index.js");
    expect(copy.PeakaError).not.toBe(PeakaError);
    expect(error).not.toBeInstanceOf(copy.PeakaError);
    expect(copy.isPeakaError(error)).toBe(true);
    const thrown = catchOf(() => copy.createPeakaClient({ apiKey: "" }));
    expect(thrown).not.toBeInstanceOf(PeakaError);
    expect(isPeakaError(thrown) && thrown.name).toBe("PeakaUsageError");
  });
});

describe("the fields of", () => {
  test("PeakaApiError are the answer's", async () => {
    const error = await failures.PeakaApiError();
    expect(error).toMatchObject({
      status: 400,
      code: "INVALID_CREDENTIALS",
      errorCode: "cn012",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      body: { error: "INVALID_CREDENTIALS", errorCode: "cn012" },
      outcome: "not-applied",
    });
    const { retryAfterMs, hint, cause } = error;
    expect([retryAfterMs, hint, cause]).toEqual([undefined, undefined, undefined]);
  });

  test("PeakaResponseError are the answer's", async () => {
    const error = await failures.PeakaResponseError();
    const requestId = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
    expect(error).toMatchObject({ status: 200, requestId, outcome: "unknown" });
    expect(error.message).toContain("200 with text/html, not JSON");
  });

  test("PeakaNetworkError are the system's", async () => {
    const error = await failures.PeakaNetworkError();
    expect(error).toMatchObject({ code: "ECONNREFUSED", outcome: "not-applied" });
    expect(error.cause).toBeInstanceOf(Error);
  });

  test("PeakaTimeoutError are the limit's", async () => {
    expect(await failures.PeakaTimeoutError()).toMatchObject({ timeoutMs: 30, outcome: "unknown" });
  });
});

describe("isPeakaError is false for", () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const has = () => {
    throw new Error("of the proxy");
  };
  test.each([
    ["undefined", undefined],
    ["null", null],
    ["a string", "PeakaApiError"],
    ["a number", 1],
    ["a function", () => undefined],
    ["an Error", new Error("PeakaApiError")],
    ["an object of the same name", { name: "PeakaApiError", attempts: 1, outcome: "unknown" }],
    ["an Error of the same name", Object.assign(new Error("x"), { name: "PeakaUsageError" })],
    ["a class of the family", peaka.PeakaApiError],
    ["a proxy that throws", new Proxy({}, { has })],
    ["a proxy that is revoked", revoked.proxy],
  ])("%s", (_, value) => {
    expect(isPeakaError(value)).toBe(false);
  });
});

function catchOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
