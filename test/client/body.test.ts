import { Readable } from "node:stream";
import { inspect } from "node:util";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { OperationInput } from "../../src/index.js";
import { anyCharacters } from "../tools/any-characters.js";
import { clientOf } from "../tools/client-of.js";
import { reasonOf, rejectionOf } from "../tools/failure.js";
import { start } from "../tools/gateway/start.js";
import { exampleConnections, exampleUpdate } from "../tools/gateway/seeds.js";
import { named } from "../tools/named.js";
import { startRecorder } from "../tools/recorder.js";
import { runs } from "../tools/runs.js";
import { skipBackoff } from "../tools/no-backoff.js";

// An answer that asks for no wait is followed by the backoff alone.
beforeEach(skipBackoff);

const { projectId, connectionId } = exampleUpdate;
const withBody = (body: unknown) =>
  ({ projectId, connectionId, body }) as OperationInput<"updateConnection">;
const secret = "word-of-the-body";

const withGetter = (get: () => unknown) =>
  Object.defineProperty({}, "token", { get, enumerable: true });

describe("a body is sent", () => {
  test("as JSON.stringify writes it, to the byte, and announced as JSON", async () => {
    const recorder = await startRecorder();
    const client = clientOf(recorder);
    // The spec has its own say about the values of these.
    const inSpec = Object.keys(exampleUpdate.body);
    const name = anyCharacters.filter((text) => !inSpec.includes(text));
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
      "what was left out, outside of a secret",
      { name: undefined, a: { b: undefined } },
      '{"a":{}}',
    ],
    ["an instance of a class", new Credential(), `{"token":"${secret}"}`],
    ["an object that has a toJSON", shown, '{"name":"n"}'],
    ["a Map that has a toJSON", Object.assign(new Map(), shown), '{"name":"n"}'],
    ["an object without a prototype", Object.create(null), "{}"],
    ["a proxy", new Proxy({ name: "n" }, {}), '{"name":"n"}'],
    [
      "what is empty or boxed",
      { a: [{}, [], new String("b"), new Number(1)] },
      '{"a":[{},[],"b",1]}',
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
    const gateway = await start({ acceptsCredential: () => false });
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
  gateway.fail({ status: 503, retryAfter: 0 }, { status: 503, retryAfter: 0 });
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
  const call = clientOf(gateway).updateConnection(input as OperationInput<"updateConnection">);
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
    ...[null, secret, JSON.stringify({ token: secret }), 42, true],
    ...[[], [{ token: secret }], new String(secret), new Date(0)],
    ...[{ toJSON: () => secret }, { toJSON: () => undefined }],
  ];
  test.each(named(others))("where it is no JSON object: %s", async (_, body) => {
    expect(await refuse(body)).toBe("body must be a JSON object");
  });
});

describe("what JSON would lose is refused by its place, before anything is sent:", () => {
  class Hidden {
    readonly #token = secret;
    get token() {
      return this.#token;
    }
  }
  const form = new FormData();
  form.set("token", secret);
  const bytes = "bytes, not text";
  const collection = "a collection or a stream";
  const unshown = "an object that JSON cannot show";
  const losses: [item: unknown, words: string][] = [
    [() => secret, "a function"],
    [Symbol(secret), "a symbol"],
    [5432n, "a bigint"],
    ...[NaN, Infinity, -Infinity].map((item): [unknown, string] => [item, "not a finite number"]),
    [new Number(NaN), "not a finite number"],
    [new Date(NaN), "an invalid date"],
    ...[new TextEncoder().encode(secret), new Uint8Array(0), Buffer.from(secret)].map(
      (item): [unknown, string] => [item, bytes],
    ),
    [new DataView(new ArrayBuffer(8)), bytes],
    [new ArrayBuffer(8), bytes],
    [Promise.resolve({ token: secret }), "a promise: await it"],
    [{ then: () => secret }, "a promise: await it"],
    ...[new Map([["token", secret]]), new Set([secret]), form, new Headers({ token: secret })].map(
      (item): [unknown, string] => [item, collection],
    ),
    [new URLSearchParams({ token: secret }), collection],
    [Readable.from([secret]), collection],
    ...[new WeakMap(), new Blob([secret]), new Error(secret), /secret/, new Hidden()].map(
      (item): [unknown, string] => [item, unshown],
    ),
    [Object.assign(new Error("no"), { code: secret }), unshown],
    [Object.create({ token: secret }), unshown],
    [Object.defineProperty({}, "token", { value: secret }), unshown],
    [{ [Symbol("token")]: secret }, unshown],
  ];

  test.each(losses.map(([item, words]) => [words, inspect(item), item] as const))(
    "%s: %s",
    async (words, _, item) => {
      // Outside of a list, in one, within a secret and given by a getter, a toJSON or as the whole.
      expect(await refuse({ name: item })).toBe(`body.name is ${words}`);
      expect(await refuse({ list: [[item]] })).toBe(`body.list[0][0] is ${words}`);
      expect(await refuse({ credential: { a: { token: item } } })).toBe(
        `body.credential.a.token is ${words}`,
      );
      expect(await refuse(item)).toBe(`body is ${words}`);
      if (words !== bytes && words !== "an invalid date") {
        expect(await refuse({ credential: withGetter(() => item) })).toBe(
          `body.credential.token is ${words}`,
        );
        expect(await refuse({ name: { toJSON: () => item } })).toBe(`body.name is ${words}`);
      }
    },
  );

  test.each<[string, object]>([
    ["body.credential", { credential: undefined }],
    ["body.credential.token", { credential: { token: process.env["NO_SUCH_VARIABLE"] } }],
    ["body.credential.oauth.deep.id", { credential: { oauth: { deep: { id: undefined } } } }],
    ["body.credential.scopes[1]", { credential: { scopes: ["a", undefined] } }],
    ["body.credential.token", { credential: { token: { toJSON: () => undefined } } }],
    ["body.settings.clientSecret", { settings: { clientSecret: undefined } }],
    ["body.Credential.token", { Credential: { token: undefined } }],
    ["body.tags[0]", { tags: [undefined] }],
    // eslint-disable-next-line no-sparse-arrays -- a hole goes out as null, too
    ["body.tags[1]", { tags: ["a", , "b"] }],
    ["body.credential.…", { credential: { [`${"long".repeat(30)}\n`]: undefined } }],
  ])("undefined at %s", async (place, body) => {
    expect(await refuse(body)).toBe(`${place} is undefined`);
  });

  test("wherever it stands in a body of any shape", async () => {
    const gateway = await start();
    const lost = fc.constantFrom(...losses.map(([item]) => item));
    const names = fc.array(fc.constantFrom("a", "token", "list", "b-c"), { maxLength: 5 });
    const property = fc.asyncProperty(lost, names, fc.jsonValue(), async (item, path, beside) => {
      let body: unknown = item;
      for (const name of path) body = name === "list" ? [beside, body] : { beside, [name]: body };
      const call = clientOf(gateway).updateConnection(withBody({ credential: { at: body } }));
      const { message } = await rejectionOf(call);
      expect(message).toContain("): body.credential.at");
      expect(message).not.toContain(secret);
    });
    await fc.assert(property, runs(300));
    expect(gateway.requests).toEqual([]);
  });
});

describe("a body that cannot be written is refused with the problem:", () => {
  const raise = (value: unknown) => {
    throw value;
  };

  test("a cycle", async () => {
    const body: Record<string, unknown> = { token: secret };
    body[secret] = { list: [body] };
    expect(await refuse(body)).toBe("body holds a cycle");
  });

  test("a depth that the engine cannot write", async () => {
    let body: object = { token: secret };
    for (let depth = 0; depth < 100_000; depth++) body = { inner: body };
    expect(await refuse(body)).toBe("body holds too many levels");
  });

  const thrown = [
    ...[new Error(secret), Object.assign(new Error(secret), { name: secret }), secret],
    ...[undefined, null, Symbol(secret), Object.assign(Object.create(null) as object, { secret })],
    ...[{ toString: () => raise(new Error(secret)) }, new Error("circular BigInt")],
  ];
  test.each(named(thrown))("a toJSON or a getter that throws %s", async (_, value) => {
    const shown = { credential: { token: secret, toJSON: () => raise(value) } };
    const read = withGetter(() => raise(value));
    for (const body of [shown, read]) {
      expect(await refuse(body)).toBe("body holds a toJSON or a getter that throws");
    }
  });
});
