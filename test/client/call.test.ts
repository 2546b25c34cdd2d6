import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { OperationId, PeakaClient, UpdateConnectionInput } from "../../src/index.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate, exampleUpdates } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { rejectionOf } from "../tools/refusal.js";

type Make = (client: PeakaClient, input: unknown) => Promise<unknown>;
const ways: [string, Make][] = [
  ["updateConnection", (client, input) => client.updateConnection(input as UpdateConnectionInput)],
  ["call", (client, input) => client.call("updateConnection", input as UpdateConnectionInput)],
];

describe.each(ways)("%s", (name, make) => {
  test.each(exampleUpdates)("makes the spec's update of $body.type", async (update) => {
    const gateway = await start();
    const { type, credential } = update.body;
    const connection = await make(clientOf(gateway), update);
    expect(connection).toEqual({ id: update.connectionId, name: update.body.name, type });
    expect(gateway.connections.get(update.connectionId)).toMatchObject({ type, credential });
    expect(gateway.violations).toEqual([]);
  });

  test("asks for JSON and names the body's media type", async () => {
    const gateway = await start();
    await make(clientOf(gateway), exampleUpdate);
    const headers = { accept: "application/json", "content-type": "application/json" };
    expect(gateway.requests).toMatchObject([{ method: "PUT", headers }]);
  });

  test("names the operation in an error", async () => {
    const gateway = await start();
    const call = make(clientOf(gateway), { ...exampleUpdate, connectionId: "unknown" });
    await expect(call).rejects.toMatchObject({
      operation: "updateConnection",
      code: "INVALID_CONNECTION_ID",
      errorCode: "cn004",
      body: { message: "invalid connection id" },
    });
  });

  const inputs = [undefined, null, "input-of-the-call", 42, true, () => undefined, Symbol("input")];
  test.each(inputs.map((input) => [inspect(input), input]))(
    "refuses %s in place of its input",
    async (_, input) => {
      const gateway = await start();
      const { message } = await rejectionOf(make(clientOf(gateway), input));
      expect(message).toMatch(/\): input must be an object$/);
      expect(gateway.requests).toEqual([]);
    },
  );

  test("refuses an empty input for what is missing first", async () => {
    const client = clientOf(await start());
    const { message } = await rejectionOf(make(client, {}));
    expect(message).toContain("projectId is missing");
  });

  test.each(["zone", "headers", "signal", "ProjectId", "connection_id", "name", "Body", "params"])(
    "refuses the unknown input %s, and quotes no value",
    async (other) => {
      const gateway = await start();
      const input = { ...exampleUpdate, [other]: "value-of-the-input" };
      const { message } = await rejectionOf(make(clientOf(gateway), input));
      expect(message).toContain(`input must not hold ${other}, only projectId, connectionId, body`);
      expect(message).not.toContain("value-of-the-input");
      expect(gateway.requests).toEqual([]);
    },
  );

  test("refuses an own property named __proto__, as JSON.parse makes it", async () => {
    const gateway = await start();
    const text = JSON.stringify(exampleUpdate).replace("{", '{"__proto__":{},');
    const { message } = await rejectionOf(make(clientOf(gateway), JSON.parse(text)));
    expect(message).toContain("input must not hold __proto__");
    expect(gateway.requests).toEqual([]);
  });

  test("refuses an unknown input in one line, although its name has more", async () => {
    const client = clientOf(await start());
    const { message } = await rejectionOf(make(client, { ...exampleUpdate, ["a\nb"]: 1 }));
    expect(message).toContain("input must not hold a");
  });

  test("works when it is called apart from its client", async () => {
    const gateway = await start();
    const method = Reflect.get(clientOf(gateway), name) as (...given: unknown[]) => unknown;
    const given = name === "call" ? ["updateConnection", exampleUpdate] : [exampleUpdate];
    const connection = await method(...given);
    expect(connection).toMatchObject({ id: exampleUpdate.connectionId });
  });
});

describe("call refuses an operation that there is not:", () => {
  const unreadable = { toString: () => raise(new Error("word-of-the-id")) };
  const ids: unknown[] = [
    ...["", "deleteConnection", "UpdateConnection", "updateConnection ", "PUT"],
    ...["__proto__", "constructor", "toString", "hasOwnProperty"],
    ...[undefined, null, 0, true, Symbol("updateConnection"), {}, [], () => "updateConnection"],
    ...[["updateConnection"], { toString: () => "updateConnection" }, unreadable],
    Object.create(null),
  ];
  test.each(ids.map((id) => [inspect(id), id]))("%s", async (_, id) => {
    const gateway = await start();
    const call = clientOf(gateway).call(id as OperationId, exampleUpdate);
    const error = await rejectionOf(call);
    expect(error.message).toBe("call: operationId must name an operation that this client carries");
    expect(error.operation).toBeUndefined();
    expect(gateway.requests).toEqual([]);
  });
});

function raise(error: Error): never {
  throw error;
}
