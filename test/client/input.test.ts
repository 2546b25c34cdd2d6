import { describe, expect, test } from "vitest";
import type { OperationId, PeakaClient, UpdateConnectionInput } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { rejectionOf } from "../tools/failure.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { named } from "../tools/named.js";

type Make = (client: PeakaClient, input: UpdateConnectionInput) => Promise<unknown>;
const ways: [string, Make][] = [
  ["updateConnection", (client, input) => client.updateConnection(input)],
  ["call", (client, input) => client.call("updateConnection", input)],
];

describe.each(ways)("%s", (_, make) => {
  /** Why an input is refused, before anything is sent. */
  async function refuse(input: unknown): Promise<string> {
    const gateway = await start();
    const call = make(clientOf(gateway), input as UpdateConnectionInput);
    const { message } = await rejectionOf(call);
    expect(gateway.requests).toEqual([]);
    return message;
  }

  test("makes the update, and names it in an error", async () => {
    const client = clientOf(await start());
    const { connectionId: id } = exampleUpdate;
    expect(await make(client, exampleUpdate)).toMatchObject({ id });
    const call = make(client, { ...exampleUpdate, connectionId: "none" });
    await expect(call).rejects.toMatchObject({ operation: "updateConnection", status: 400 });
  });

  const inputs = [undefined, null, "input-of-the-call", 42, true, () => undefined, Symbol("input")];
  test.each(named(inputs))("refuses %s in place of its input", async (_, input) => {
    expect(await refuse(input)).toMatch(/\): input must be an object$/);
  });

  test("refuses an empty input for what is missing first", async () => {
    expect(await refuse({})).toContain("projectId is missing");
  });

  test.each(["zone", "headers", "signal", "ProjectId", "connection_id", "name", "Body", "params"])(
    "refuses the unknown input %s, and quotes no value",
    async (other) => {
      const message = await refuse({ ...exampleUpdate, [other]: "value-of-the-input" });
      expect(message).toContain(`input must not hold ${other}, only projectId, connectionId, body`);
      expect(message).not.toContain("value-of-the-input");
    },
  );

  test("refuses an own property named __proto__, as JSON.parse makes it", async () => {
    const text = JSON.stringify(exampleUpdate).replace("{", '{"__proto__":{},');
    expect(await refuse(JSON.parse(text))).toContain("input must not hold __proto__");
  });

  test("refuses an unknown input in one line, although its name has more", async () => {
    expect(await refuse({ ...exampleUpdate, ["a\nb"]: 1 })).toContain("input must not hold a");
  });
});

describe("call refuses an operation that there is not:", () => {
  const ids: unknown[] = [
    ...["", "deleteConnection", "UpdateConnection", "updateConnection ", "PUT"],
    ...["__proto__", "constructor", "toString", "hasOwnProperty"],
    ...[undefined, null, 0, true, Symbol("updateConnection"), {}, [], () => "updateConnection"],
    ...[
      ["updateConnection"],
      { toString: () => "updateConnection" },
      Object.create(null) as object,
    ],
    {
      toString() {
        throw new Error("word-of-the-id");
      },
    },
  ];
  test.each(named(ids))("%s", async (_, id) => {
    const gateway = await start();
    const error = await rejectionOf(clientOf(gateway).call(id as OperationId, exampleUpdate));
    expect(error.message).toBe("call: operationId must name an operation that this client carries");
    expect(error.operation).toBeUndefined();
    expect(gateway.requests).toEqual([]);
  });
});
