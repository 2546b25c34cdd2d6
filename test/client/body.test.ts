import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UpdateConnectionInput } from "../../src/index.js";
import { start } from "../tools/gateway/put.js";
import { exampleConnections, exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { startRecorder } from "../tools/recorder.js";
import { runs } from "../tools/runs.js";

const { projectId, connectionId } = exampleUpdate;
const withBody = (body: unknown) => ({ projectId, connectionId, body }) as UpdateConnectionInput;

/** The body that arrives. */
async function send(body: unknown): Promise<string | undefined> {
  const recorder = await startRecorder();
  await clientOf(recorder).updateConnection(withBody(body));
  expect(recorder.requests).toHaveLength(1);
  return recorder.requests[0]?.body;
}

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
    await fc.assert(property, { ...runs(500), examples: [[{}], [{ __proto__: null, toJSON: 1 }]] });
  });

  test("with half a surrogate pair escaped, as JSON.stringify does", async () => {
    expect(await send({ name: "\ud800" })).toBe('{"name":"\\ud800"}');
  });

  test("without what JSON cannot hold inside an object, as JSON.stringify does", async () => {
    const body = { a: undefined, b: () => 1, c: Symbol("c"), d: [undefined], e: NaN };
    expect(await send(body)).toBe('{"d":[null],"e":null}');
  });

  test.each([
    [
      "an instance of a class",
      new (class Update {
        readonly name = "n";
      })(),
      '{"name":"n"}',
    ],
    ["an object that has a toJSON", { toJSON: () => ({ name: "n" }) }, '{"name":"n"}'],
    [
      "a Map that has a toJSON",
      Object.assign(new Map(), { toJSON: () => ({ name: "n" }) }),
      '{"name":"n"}',
    ],
    ["an object without a prototype", Object.create(null), "{}"],
    ["an empty object", {}, "{}"],
    ["a proxy", new Proxy({ name: "n" }, {}), '{"name":"n"}'],
  ])("from %s", async (_, body, sent) => {
    expect(await send(body)).toBe(sent);
  });
});

describe("every attempt sends the same bytes", () => {
  const failing = { status: 503, headers: { "retry-after": "0" }, times: 2 };

  test("although the body would be written otherwise each time", async () => {
    const gateway = await start();
    gateway.fail(failing);
    let written = 0;
    const credential = { toJSON: () => ({ token: `token ${++written}` }) };
    await clientOf(gateway).updateConnection(withBody({ credential }));
    const bodies = gateway.requests.map(({ body }) => body);
    expect(bodies).toEqual(Array(3).fill('{"credential":{"token":"token 1"}}'));
    expect(written).toBe(1);
  });

  test("although the body changes between them", async () => {
    const gateway = await start();
    gateway.fail(failing);
    const body = { name: "new name", credential: { token: "new token" } };
    const sent = JSON.stringify(body);
    const onAttempt = () => {
      body.name = "another name";
      body.credential = { token: "another token" };
    };
    await clientOf(gateway, { onAttempt }).updateConnection(withBody(body));
    expect(gateway.requests.map((request) => request.body)).toEqual(Array(3).fill(sent));
  });

  test("to the same URL with the same headers, but for those of the connection", async () => {
    const gateway = await start();
    gateway.fail(failing);
    await clientOf(gateway).updateConnection(exampleUpdate);
    const sent = gateway.requests.map(({ url, headers }) => ({ url, headers }));
    for (const { headers } of sent) delete headers.connection;
    expect(sent).toEqual(Array(3).fill(sent[0]));
  });
});

describe("a call has read its input before it returns", () => {
  test("so that a change of the body afterwards changes nothing", async () => {
    const gateway = await start();
    const input = structuredClone(withBody(exampleUpdate.body));
    const call = clientOf(gateway).updateConnection(input);
    input.body.name = "another name";
    for (const name of Object.keys(input.body.credential ?? {}))
      delete input.body.credential?.[name];
    input.body = { credential: { token: "another" } };
    await call;
    expect(gateway.requests.map(({ body }) => body)).toEqual([JSON.stringify(exampleUpdate.body)]);
  });

  test("so that a change of the path parameters afterwards changes nothing", async () => {
    const gateway = await start();
    const input: UpdateConnectionInput = { ...exampleUpdate };
    const call = clientOf(gateway).updateConnection(input);
    input.connectionId = String(exampleConnections()[1]?.id);
    input.projectId = "elsewhere";
    await expect(call).resolves.toMatchObject({ id: connectionId });
    expect(gateway.requests).toHaveLength(1);
  });

  test("and leaves it as it was, frozen or not", async () => {
    const gateway = await start();
    const input = structuredClone(exampleUpdate);
    await clientOf(gateway).updateConnection(input);
    expect(input).toEqual(exampleUpdate);
    const frozen = Object.freeze({ ...input, body: Object.freeze({ ...input.body }) });
    await expect(clientOf(gateway).updateConnection(frozen)).resolves.toHaveProperty("id");
  });
});
