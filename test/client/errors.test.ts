import { inspect } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import * as peaka from "../../src/index.js";
import { isPeakaError, PeakaApiError, PeakaError, type AnyPeakaError } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { failures, secrets } from "../tools/each-failure.js";
import { failWith } from "../tools/fail-with.js";
import { failureOf } from "../tools/failure.js";
import type { Fault } from "../tools/gateway/faults.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { named } from "../tools/named.js";

const names = Object.keys(failures) as AnyPeakaError["name"][];
const head = (place: string) => `PUT /connections/{projectId}/{connectionId} (${place}): `;
const doubt = "; the change may have been applied";

describe.each(names)("%s", (name) => {
  const Class = peaka[name];
  const fail = () => failures[name]();

  test("is an Error of the family that says what failed, where, how often, and whether it was applied", async () => {
    const error = await fail();
    expect(isPeakaError(error)).toBe(true);
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(PeakaError);
    for (const each of names) expect(error instanceof peaka[each]).toBe(each === name);
    expect([error.name, Class.name]).toEqual([name, name]);
    expect(error.operation).toBe("updateConnection");
    expect(error).toHaveProperty("zone", undefined);
    expect(error.attempts).toBe(name === "PeakaUsageError" ? 0 : 1);
    expect(["not-applied", "unknown"]).toContain(error.outcome);
    const start =
      /^PUT \/connections\/\{projectId\}\/\{connectionId\} \(http:\/\/127[\d.]+:\d+\): \S/;
    expect(error.message).toMatch(start);
    expect(error.message.includes(doubt)).toBe(error.outcome === "unknown");
    const { operation, attempts, outcome } = error;
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name, operation, attempts, outcome });
  });

  test("has a stack that starts with its name and message, also where stacks are no texts", async () => {
    const { stack, message } = await fail();
    expect(stack?.startsWith(`${name}: ${message}\n`)).toBe(true);
    expect(stack).toMatch(/\n +at /);
    const none = { value: undefined };
    const given = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace") ?? none;
    onTestFinished(() => void Object.defineProperty(Error, "prepareStackTrace", given));
    Error.prepareStackTrace = (_, sites) => sites;
    expect((await fail()).name).toBe(name);
  });

  test("holds no secret, and neither the request, nor its headers, nor its body", async () => {
    const error = await fail();
    const held = JSON.stringify(Object.getOwnPropertyDescriptors(error));
    const shown = [
      ...[JSON.stringify(error), JSON.stringify(Object.entries(error)), held, String(error)],
      inspect(error, { showHidden: true, depth: Infinity, getters: true }),
    ].join("\n");
    expect(shown).toContain(name);
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(held).not.toMatch(/"(?:request|response|headers|init|options|input)"/i);
    expect(shown).not.toMatch(/bearer/i);
  });
});

test("isPeakaError knows errors of another copy of the package", async () => {
  const error = await failures.PeakaUsageError();
  // The same file by another URL is another module.
  const url: string = "../../src/errors.js?copy";
  const copy = (await import(url)) as typeof peaka;
  expect(error).not.toBeInstanceOf(copy.PeakaError);
  expect(copy.isPeakaError(error)).toBe(true);
  const { operation, zone, attempts, outcome } = error;
  const other = new copy.PeakaUsageError("no", { operation, zone, attempts, outcome });
  expect(other).not.toBeInstanceOf(PeakaError);
  expect(isPeakaError(other)).toBe(true);
});

describe("isPeakaError is false for", () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const has = () => {
    throw new Error("of the proxy");
  };
  const others = [
    ...[undefined, null, "PeakaApiError", 1, () => undefined, PeakaApiError],
    ...[new Error("PeakaApiError"), Object.assign(new Error("x"), { name: "PeakaUsageError" })],
    ...[{ name: "PeakaApiError", attempts: 1, outcome: "unknown" }, revoked.proxy],
  ];
  test.each([...named(others), ["a proxy that throws", new Proxy({}, { has })]])(
    "%s",
    (_, value) => {
      expect(isPeakaError(value)).toBe(false);
    },
  );
});

describe("a message reads", () => {
  /** The message of a call that is answered so, after its head. */
  async function messageOf(fault: Fault) {
    const { error, gateway } = await failWith(PeakaError, { faults: [fault], maxRetries: 0 });
    expect(error.message.startsWith(head(gateway.origin))).toBe(true);
    return error.message.slice(head(gateway.origin).length);
  }

  test("that there was no answer, with a code where one is told", async () => {
    for (const code of ["EPROTO", undefined]) {
      const broken = Object.assign(new TypeError("fetch failed"), { code });
      const fetch = () => Promise.reject(broken);
      const baseUrl = "http://127.0.0.1:9/api/v1";
      const client = clientOf({ baseUrl }, { maxRetries: 0, fetch });
      const error = await failureOf(client.updateConnection(exampleUpdate), PeakaError);
      const told = code === undefined ? "" : ` (${code})`;
      expect(error.message).toBe(`${head("http://127.0.0.1:9")}no answer${told}${doubt}`);
    }
  });

  test("that the answer broke off, where one had begun", async () => {
    expect(await messageOf("broken-body")).toMatch(
      /^the answer broke off \([A-Z_]+\); the change may have been applied$/,
    );
  });

  test.each([
    [{ error: "Bad Request", code: "NO_SUCH_TYPE" }, "400 NO_SUCH_TYPE: Bad Request"],
    [{ error: "NO_SUCH_TYPE", code: "cn1" }, "400 NO_SUCH_TYPE: cn1"],
    [{ error: "Bad Request", code: "cn1" }, "400: Bad Request"],
    [{ error: "Bad Request", message: "no" }, "400: no"],
    [{ code: "NO_SUCH_TYPE", reason: "no" }, "400 NO_SUCH_TYPE: no"],
    [{ error: "", code: "" }, "400"],
    [{ message: "x".repeat(495) }, `400: ${"x".repeat(495)}`],
    // Of what is longer, it has the first 500 characters, and says that there was more.
    [{ message: "x".repeat(1000) }, `400: ${"x".repeat(495)}…`],
  ])("of %j the code and the words", async (said, message) => {
    expect(await messageOf({ status: 400, body: JSON.stringify(said) })).toBe(message);
  });

  test("of a character of two units all or nothing", async () => {
    const body = JSON.stringify({ message: `${"x".repeat(494)}😀 and more` });
    expect((await messageOf({ status: 400, body })).isWellFormed()).toBe(true);
  });
});

describe("as JSON, an error shows", () => {
  const fields = { operation: "updateConnection", zone: "eu", attempts: 2 } as const;
  const shown = (error: Error) => JSON.parse(JSON.stringify(error)) as Record<string, unknown>;

  test("its name, message, fields and causes, and no stack", () => {
    const inner = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    const cause = new TypeError("fetch failed", { cause: inner });
    const more = { outcome: "unknown", code: "ECONNREFUSED", cause } as const;
    const error = new peaka.PeakaNetworkError("no answer", { ...fields, ...more });
    expect(shown(error)).toEqual({
      ...{ ...fields, name: "PeakaNetworkError", message: "no answer", outcome: "unknown" },
      code: "ECONNREFUSED",
      cause: {
        ...{ name: "TypeError", message: "fetch failed" },
        cause: { name: "Error", message: "refused", code: "ECONNREFUSED" },
      },
    });
  });

  test("what it can, where it was made by hand with what JSON cannot hold", () => {
    const circle: Record<string, unknown> = {};
    circle["circle"] = circle;
    const refusing = { toJSON: () => JSON.parse("{") as unknown };
    for (const body of [circle, { id: 1n }, refusing]) {
      const error = new PeakaApiError("400", { ...fields, outcome: "not-applied", body });
      const least = { name: "PeakaApiError", message: "400", outcome: "not-applied" };
      expect(shown(error)).toEqual(least);
    }
  });
});

test.each<[object, string, object]>([
  [{ errorCode: 100, code: 100 }, "400 100: 100", { errorCode: "100", code: undefined }],
  [{ title: "Invalid", detail: "name is too long" }, "400: Invalid: name is too long", {}],
  [{ type: "about:blank", title: "Invalid", status: 400 }, "400: Invalid", {}],
  [
    { error: "Bad Request", message: ["a is missing", "b is long"] },
    "400: a is missing; b is long",
    {},
  ],
  [
    { errors: [{ message: "a is missing" }, { detail: "b is long" }, "c"] },
    "400: a is missing; b is long; c",
    {},
  ],
  [{ error: { message: "no such type" } }, "400: no such type", {}],
])("an answer of %j is told as %s", async (said, reason, more) => {
  const faults = [{ status: 400, body: JSON.stringify(said) }];
  const { error } = await failWith(PeakaApiError, { faults });
  expect(error.message).toMatch(/\): 400/);
  expect(error.message.replace(/^.*?\): /, "")).toBe(reason);
  expect(error).toMatchObject(more);
});
