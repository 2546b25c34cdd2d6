import { describe, expect, test } from "vitest";
import type { OperationInput } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { rejectionOf } from "../tools/failure.js";
import { start } from "../tools/gateway/start.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { named } from "../tools/named.js";

/** Why a call is refused, before anything is sent. */
async function refuse(input: unknown) {
  const gateway = await start();
  const call = clientOf(gateway).updateConnection(input as OperationInput<"updateConnection">);
  const { message } = await rejectionOf(call);
  expect(gateway.requests).toEqual([]);
  return message;
}

describe("a call refuses", () => {
  const inputs = [null, "input-of-the-call", 42, true, () => undefined, Symbol("input")];
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

  test("an input that is left out, and says what is missing first", async () => {
    expect(await refuse(undefined)).toContain("projectId is missing: pass this path parameter");
  });
});
