import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UpdateConnectionInput } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { reasonOf, rejectionOf } from "../tools/failure.js";
import { start } from "../tools/gateway/put.js";
import { exampleConnections, exampleUpdate } from "../tools/gateway/seeds.js";
import { named } from "../tools/named.js";
import { startRecorder } from "../tools/recorder.js";
import { runs } from "../tools/runs.js";

const { projectId, connectionId } = exampleUpdate;
const withBody = (body: unknown) => ({ projectId, connectionId, body }) as UpdateConnectionInput;
const secret = "word-of-the-body";

const withGetter = (get: () => unknown) =>
  Object.defineProperty({}, "token", { get, enumerable: true });

describe("a body is sent", () => {
  test("as JSON.stringify writes it, to the byte, and announced as JSON", async () => {
    const recorder = await startRecorder();
    const client = clientOf(recorder);
    // The spec has its own say about the values of these.
    const inSpec = Object.keys(exampleUpdate.body);
    const name = fc.string({ unit: "binary" }).filter((text) => !inSpec.includes(text));
    const property = fc.asyncProperty(fc.dictionary(name, fc.jsonValue()), async (body) => {
      await client.updateConnection(withBody(body));
      const [request] = recorder.requests.splice(0);
      const sent = JSON.stringify(body);
      expect(request?.body).toBe(sent);
      expect(request?.headers["content-type"]).toBe("application/json");
      expect(request?.headers["content-length"]).toBe(String(Buffer.byteLength(sent)));
    });
    await fc.assert(property, { ...runs(60), examples: [[{}], [{ __proto__: null, toJSON: 1 }]] });
  });

  class Credential {
    readonly token = secret;
    readonly [Symbol.toStringTag] = "Credential";
  }
  const shown = { toJSON: () => ({ name: "n" }) };
  test.each<[string, unknown, string]>([
    ["half a surrogate pair, escaped", { name: "\ud800" }, '{"name":"\\ud800"}'],
    [
      "what JSON cannot hold",
      { a: undefined, b: () => 1, c: Symbol("c"), d: [undefined], e: NaN },
      '{"d":[null],"e":null}',
    ],
    ["an instance of a class", new Credential(), `{"token":"${secret}"}`],
    ["an object that has a toJSON", shown, '{"name":"n"}'],
    ["a Map that has a toJSON", Object.assign(new Map(), shown), '{"name":"n"}'],
    ["an object without a prototype", Object.create(null), "{}"],
    ["a proxy", new Proxy({ name: "n" }, {}), '{"name":"n"}'],
    [
      "what is empty or boxed",
      { a: [{}, [], new (class Empty extends Object {})(), new String("b"), new Number(1)] },
      '{"a":[{},[],{},"b",1]}',
    ],
    [
      "a Date, a URL and null",
      { a: [new Date(0), new URL("https://gateway.example/"), null] },
      '{"a":["1970-01-01T00:00:00.000Z","https://gateway.example/",null]}',
    ],
  ])("from %s", async (_, body, sent) => {
    const recorder = await startRecorder();
    await clientOf(recorder).updateConnection(withBody(body));
    expect(recorder.requests).toMatchObject([{ body: sent }]);
  });

  test("from a getter that is asked once: what it gives can be gone the next time", async () => {
    const recorder = await startRecorder();
    const tokens = ["first", "second"];
    const credential = withGetter(() => tokens.shift());
    await clientOf(recorder).updateConnection(withBody({ credential }));
    expect(recorder.requests[0]?.body).toBe('{"credential":{"token":"first"}}');
    expect(tokens).toEqual(["second"]);
  });

  test("as deep as JSON can be, and its secrets are found in a refusal", async () => {
    const gateway = await start({ validCredential: () => false });
    let credential: Record<string, unknown> = { token: secret };
    for (let depth = 0; depth < 1000; depth++) credential = { inner: credential };
    const error = await reasonOf(clientOf(gateway).updateConnection(withBody({ credential })));
    expect(error).toMatchObject({ status: 400, code: "INVALID_CREDENTIALS" });
    expect(gateway.requests[0]?.body).toContain(secret);
    expect(inspect(error, { showHidden: true, depth: Infinity })).not.toContain(secret);
  });
});

test("every attempt sends the same bytes, although they would be written otherwise each time", async () => {
  const gateway = await start();
  gateway.fail({ status: 503, headers: { "retry-after": "0" }, times: 2 });
  let written = 0;
  const credential = { toJSON: () => ({ token: `token ${++written}` }) };
  await clientOf(gateway).updateConnection(withBody({ credential }));
  const bodies = gateway.requests.map(({ body }) => body);
  expect(bodies).toEqual(Array(3).fill('{"credential":{"token":"token 1"}}'));
});

describe("a call has read its input before it returns", () => {
  test("so that a change of it afterwards changes nothing", async () => {
    const gateway = await start();
    const input = structuredClone(withBody(exampleUpdate.body));
    const call = clientOf(gateway).updateConnection(input);
    input.body.name = "another name";
    delete input.body.credential?.["clientSecret"];
    input.connectionId = String(exampleConnections()[1]?.id);
    input.projectId = "elsewhere";
    input.body = { credential: { token: "another" } };
    await expect(call).resolves.toMatchObject({ id: connectionId });
    expect(gateway.requests.map(({ body }) => body)).toEqual([JSON.stringify(exampleUpdate.body)]);
  });
});

/** The reason for which an input is refused, before anything is sent and without quoting it. */
async function refuseInput(input: object): Promise<string> {
  const gateway = await start();
  const call = clientOf(gateway).updateConnection(input as UpdateConnectionInput);
  const error = await rejectionOf(call);
  expect(gateway.requests).toEqual([]);
  expect(error.operation).toBe("updateConnection");
  expect(inspect(error, { showHidden: true, depth: Infinity })).not.toContain(secret);
  return error.message.replace(/^PUT \S+ \(\S+\): /, "");
}
const refuse = (body: unknown) => refuseInput(withBody(body));

describe("a body is refused", () => {
  test.each([{ projectId, connectionId }, withBody(undefined)])(
    "where it is missing",
    async (input) => {
      expect(await refuseInput(input)).toBe("body is missing: pass a JSON object");
    },
  );

  const others = [
    ...[null, secret, JSON.stringify({ token: secret }), 42, NaN, true, Symbol(secret)],
    ...[[], [{ token: secret }], () => secret, new String(secret), new Date(0)],
    ...[{ toJSON: () => secret }, { toJSON: () => undefined }],
  ];
  test.each(named(others))("where it is no JSON object: %s", async (_, body) => {
    expect(await refuse(body)).toBe("body must be a JSON object");
  });
});

describe("what JSON would write as {} although it holds something is refused, at any depth:", () => {
  const form = new FormData();
  form.set("token", secret);
  const items = [
    ...[new Map([["token", secret]]), new Set([secret]), new WeakMap(), form],
    ...[new URLSearchParams({ token: secret }), new Headers({ token: secret }), new Blob([secret])],
    ...[Promise.resolve({ token: secret }), new Error(secret), /secret/, new ArrayBuffer(8)],
    // These as numbers, in which nothing could find the secret again.
    ...[new TextEncoder().encode(secret), new Uint8Array(0), Buffer.from(secret)],
    ...[new DataView(new ArrayBuffer(8)), withGetter(() => new Uint8Array(8))],
  ];
  test.each(named(items))("%s", async (_, item) => {
    for (const body of [item, { credential: { token: item } }, { list: [[item]] }]) {
      expect(await refuse(body)).toBe(
        "body cannot be written as JSON: it holds bytes, a promise, a Map or the like",
      );
    }
  });
});

describe("a body that cannot be written is refused with the problem:", () => {
  const problem = (words: string) => `body cannot be written as JSON: it ${words}`;
  const raise = (value: unknown) => {
    throw value;
  };

  test("a cycle", async () => {
    const body: Record<string, unknown> = { token: secret };
    body[secret] = { list: [body] };
    expect(await refuse(body)).toBe(problem("holds a cycle"));
  });

  test.each([{ name: secret, credential: { port: 5432n } }, 5432n])("a BigInt", async (body) => {
    expect(await refuse(body)).toBe(problem("holds a BigInt"));
  });

  test("a depth that the engine cannot write", async () => {
    let body: object = { token: secret };
    for (let depth = 0; depth < 100_000; depth++) body = { inner: body };
    expect(await refuse(body)).toBe(problem("is nested too deeply"));
  });

  const thrown = [
    ...[new Error(secret), Object.assign(new Error(secret), { name: secret }), secret],
    ...[undefined, null, Symbol(secret), Object.assign(Object.create(null) as object, { secret })],
    { toString: () => raise(new Error(secret)) },
  ];
  test.each(named(thrown))("a toJSON or a getter that throws %s", async (_, value) => {
    const shown = { credential: { token: secret, toJSON: () => raise(value) } };
    const read = withGetter(() => raise(value));
    for (const body of [shown, read]) {
      expect(await refuse(body)).toBe(problem("holds a toJSON or a getter that throws"));
    }
  });

  test("a toJSON that throws in the words of another problem", async () => {
    const reason = await refuse({ toJSON: () => raise(new Error("circular BigInt")) });
    expect(reason).toMatch(/^body cannot be written as JSON: it holds /);
    expect(reason).not.toContain("circular");
  });
});
