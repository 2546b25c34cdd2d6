import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { UpdateConnectionInput } from "../../src/index.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { rejectionOf } from "../tools/refusal.js";

const { projectId, connectionId } = exampleUpdate;
const secret = "word-of-the-body";

/** The reason for which an input is refused, before anything is sent and without quoting it. */
async function refuseInput(input: object): Promise<string> {
  const gateway = await start();
  const error = await rejectionOf(
    clientOf(gateway).updateConnection(input as UpdateConnectionInput),
  );
  expect(gateway.requests).toEqual([]);
  expect(error.operation).toBe("updateConnection");
  expect(inspect(error, { showHidden: true, depth: Infinity })).not.toContain(secret);
  return error.message.replace(/^PUT \S+ \(\S+\): /, "");
}

const refuse = (body: unknown) => refuseInput({ projectId, connectionId, body });

describe("a body that is missing is refused", () => {
  const sentence = "body is missing: pass a JSON object";

  test("where it is left out", async () => {
    expect(await refuseInput({ projectId, connectionId })).toBe(sentence);
  });

  test("where it is undefined", async () => {
    expect(await refuse(undefined)).toBe(sentence);
  });
});

describe("a body that is no JSON object is refused:", () => {
  test.each([
    ["null", null],
    ["a string", secret],
    ["a string of JSON", JSON.stringify({ token: secret })],
    ["a number", 42],
    ["NaN", NaN],
    ["a boolean", true],
    ["a list", [{ token: secret }]],
    ["an empty list", []],
    ["a function", () => secret],
    ["a symbol", Symbol(secret)],
    ["a String object", new String(secret)],
    ["a toJSON that gives a string", { toJSON: () => secret }],
    ["a toJSON that gives nothing", { toJSON: () => undefined }],
    ["a Date", new Date(0)],
  ])("%s", async (_, body) => {
    expect(await refuse(body)).toBe("body must be a JSON object");
  });
});

describe("what JSON would write as {} although it holds something is refused, at any depth:", () => {
  const form = new FormData();
  form.set("token", secret);
  test.each([
    ["a Map", new Map([["token", secret]])],
    ["a Set", new Set([secret])],
    ["a WeakMap", new WeakMap()],
    ["a FormData", form],
    ["a URLSearchParams", new URLSearchParams({ token: secret })],
    ["a Headers", new Headers({ token: secret })],
    ["a Blob", new Blob([secret])],
    ["an ArrayBuffer", new ArrayBuffer(8)],
    // These as numbers, in which nothing could find the secret again.
    ["a Uint8Array", new TextEncoder().encode(secret)],
    ["a Uint8Array of no bytes", new Uint8Array(0)],
    ["a Buffer", Buffer.from(secret)],
    ["a DataView", new DataView(new ArrayBuffer(8))],
    [
      "a getter of bytes",
      {
        get token() {
          return new Uint8Array(8);
        },
      },
    ],
    ["a promise that was not awaited", Promise.resolve({ token: secret })],
    ["an Error", new Error(secret)],
    ["a RegExp", new RegExp(secret)],
  ])("%s", async (_, item) => {
    for (const body of [item, { credential: { token: item } }, { list: [[item]] }]) {
      expect(await refuse(body)).toBe(
        "body cannot be written as JSON: it holds bytes, a promise, a Map or the like",
      );
    }
  });
});

test("a body of whatever JSON writes in full is sent as it is written", async () => {
  const gateway = await start();
  class Credential {
    token = secret;
    readonly [Symbol.toStringTag] = "Credential";
  }
  const empty = [{}, [], Object.create(null) as object, new (class Empty extends Object {})()];
  const boxed = [new String("text"), new Number(1), new Boolean(false)];
  const told = { toJSON: () => "told" };
  const list = [...empty, ...boxed, new Date(0), new URL("https://gateway.example/"), told, null];
  const credential = { nested: new Credential() };
  const body = { ...exampleUpdate.body, credential, list };
  await clientOf(gateway).updateConnection({ projectId, connectionId, body });
  expect(gateway.requests[0]?.body).toBe(JSON.stringify(body));
});

test("a getter of the body is asked once: what it gives can be gone the next time", async () => {
  const gateway = await start();
  const tokens = ["first", "second"];
  const credential = {
    get token() {
      return tokens.shift();
    },
  };
  await clientOf(gateway).updateConnection({ projectId, connectionId, body: { credential } });
  expect(gateway.requests[0]?.body).toBe('{"credential":{"token":"first"}}');
  expect(tokens).toEqual(["second"]);
});

describe("a body that cannot be written is refused with the problem:", () => {
  const problem = (words: string) => `body cannot be written as JSON: it ${words}`;

  test("a cycle", async () => {
    const body: Record<string, unknown> = { token: secret };
    body[secret] = { list: [body] };
    expect(await refuse(body)).toBe(problem("holds a cycle"));
  });

  test("a BigInt", async () => {
    expect(await refuse({ name: secret, credential: { port: 5432n } })).toBe(
      problem("holds a BigInt"),
    );
    expect(await refuse(5432n)).toBe(problem("holds a BigInt"));
  });

  test("a depth that the engine cannot write", async () => {
    let body: object = { token: secret };
    for (let depth = 0; depth < 100_000; depth++) body = { inner: body };
    expect(await refuse(body)).toBe(problem("is nested too deeply"));
  });

  const thrown: [string, unknown][] = [
    ["an error", new Error(secret)],
    ["an error of a kind of its own", Object.assign(new Error(secret), { name: secret })],
    ["a string", secret],
    ["undefined", undefined],
    ["null", null],
    ["a symbol", Symbol(secret)],
    ["an object", { secret }],
    ["an object without a prototype", Object.assign(Object.create(null) as object, { secret })],
    ["an object that cannot be put in words", { toString: () => raise(new Error(secret)) }],
  ];
  test.each(thrown)("a toJSON that throws %s", async (_, value) => {
    const body = { credential: { token: secret, toJSON: () => raise(value) } };
    expect(await refuse(body)).toBe(problem("holds a toJSON or a getter that throws"));
  });

  test.each(thrown)("a getter that throws %s", async (_, value) => {
    const body = {
      get credential() {
        return raise(value);
      },
    };
    expect(await refuse(body)).toBe(problem("holds a toJSON or a getter that throws"));
  });

  test("a toJSON that throws in the words of another problem", async () => {
    const toJSON = () => raise(new Error("circular BigInt"));
    const reason = await refuse({ toJSON });
    expect(reason).toMatch(/^body cannot be written as JSON: it holds /);
    expect(reason).not.toContain("circular");
  });
});

test("a body as deep as JSON can be is sent, and its secrets are found in a refusal", async () => {
  const gateway = await start({ validCredential: () => false });
  let credential: Record<string, unknown> = { token: secret };
  for (let depth = 0; depth < 1000; depth++) credential = { inner: credential };
  const call = clientOf(gateway).updateConnection({
    projectId,
    connectionId,
    body: { credential },
  });
  const error: unknown = await call.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ status: 400, code: "INVALID_CREDENTIALS" });
  expect(gateway.requests[0]?.body).toContain(secret);
  expect(inspect(error, { showHidden: true, depth: Infinity })).not.toContain(secret);
});

function raise(value: unknown): never {
  throw value;
}
