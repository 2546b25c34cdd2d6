import { describe, expect, test } from "vitest";
import type { OperationId, UpdateConnectionInput } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { rejectionOf } from "../tools/failure.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { named } from "../tools/named.js";

/** Why a call is refused, before anything is sent. */
async function refuse(input: unknown, id: unknown = "updateConnection") {
  const gateway = await start();
  const client = clientOf(gateway);
  const update = input as UpdateConnectionInput;
  const error = await rejectionOf(client.call(id as OperationId, update));
  if (id === "updateConnection") {
    expect((await rejectionOf(client.updateConnection(update))).message).toBe(error.message);
  }
  expect(gateway.requests).toEqual([]);
  return error.message;
}

describe("a call refuses", () => {
  const inputs = [undefined, null, "input-of-the-call", 42, true, () => undefined, Symbol("input")];
  test.each(named(inputs))("%s in place of its input", async (_, input) => {
    expect(await refuse(input)).toMatch(/\): input must be an object$/);
  });

  test.each(["zone", "headers", "signal", "ProjectId", "connection_id", "name", "Body", "params"])(
    "the unknown input %s, and quotes no value",
    async (other) => {
      const message = await refuse({ ...exampleUpdate, [other]: "value-of-the-input" });
      expect(message).toContain(`input must not hold ${other}, only projectId, connectionId, body`);
      expect(message).not.toContain("value-of-the-input");
    },
  );

  test("an own property named __proto__, as JSON.parse makes it", async () => {
    const text = JSON.stringify(exampleUpdate).replace("{", '{"__proto__":{},');
    expect(await refuse(JSON.parse(text))).toContain("input must not hold __proto__");
  });

  test("an unknown input in one line, although its name has more", async () => {
    expect(await refuse({ ...exampleUpdate, ["a\nb"]: 1 })).toContain("input must not hold a");
  });

  const ids: unknown[] = [
    ...["", "deleteConnection", "UpdateConnection", "updateConnection ", "PUT"],
    ...["__proto__", "constructor", "toString", "hasOwnProperty", null, 0, true, {}, []],
    ...[Symbol("updateConnection"), () => "updateConnection", ["updateConnection"]],
    ...[{ toString: () => "updateConnection" }, Object.create(null) as object],
  ];
  test.each(named(ids))("an operation that there is not: %s", async (_, id) => {
    const sentence = "call: operationId must name an operation that this client carries";
    expect(await refuse(exampleUpdate, id)).toBe(sentence);
  });
});
