import { describe, expect, test } from "vitest";

import { createKindsOf } from "../../../scripts/generate/facts/kinds.js";
import { createSecretsOf } from "../../../scripts/generate/facts/secrets.js";
import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { createResolver } from "../../../scripts/openapi/resolver.js";

const schemas: JsonObject = {
  Text: { type: "string" },
  Tree: {
    oneOf: [{ type: "array", items: { $ref: "#/components/schemas/Tree" } }, { type: "null" }],
  },
  Itself: { allOf: [{ $ref: "#/components/schemas/Itself" }, { type: "object" }] },
  Base: { type: "object", oneOf: [{ $ref: "#/components/schemas/Heir" }] },
  Heir: { allOf: [{ $ref: "#/components/schemas/Base" }, { properties: { own: {} } }] },
  Wide: { oneOf: Array.from({ length: 9 }, () => ({ $ref: "#/components/schemas/Wider" })) },
  Wider: { oneOf: Array.from({ length: 9 }, () => ({ $ref: "#/components/schemas/Text" })) },
  Secret: { type: "string", format: "password" },
  Account: {
    properties: {
      name: { type: "string" },
      pin: { $ref: "#/components/schemas/Secret" },
      parent: { $ref: "#/components/schemas/Account" },
    },
  },
};
const resolver = createResolver({ components: { schemas } });
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

describe("the kinds of JSON that a schema allows", () => {
  const kindsOf = createKindsOf(resolver);
  const all = ["object", "array", "string", "number", "boolean", "null"];
  test.each<[Json | undefined, string[]]>([
    [undefined, all],
    [true, all],
    [false, []],
    [{}, all],
    [{ description: "anything" }, all],
    [{ type: "object" }, ["object"]],
    [{ type: "integer" }, ["number"]],
    [{ type: ["string", "integer", "null"] }, ["string", "number", "null"]],
    [{ type: "file" }, all],
    [{ type: "string", nullable: true }, ["string", "null"]],
    [{ properties: {} }, ["object"]],
    [{ additionalProperties: false }, ["object"]],
    [{ items: {} }, ["array"]],
    [{ enum: ["a", 1, null, [], {}] }, ["object", "array", "string", "number", "null"]],
    [{ type: "string", enum: ["a", null] }, ["string"]],
    [{ const: true }, ["boolean"]],
    [{ const: null }, ["null"]],
    [{ allOf: [{ type: ["object", "null"] }, { properties: {} }] }, ["object"]],
    [{ allOf: [{ type: "object" }, { type: "array" }] }, []],
    [{ nullable: true, allOf: [{ type: "object" }] }, ["object", "null"]],
    [{ oneOf: [{ type: "array" }, { type: "object" }] }, ["object", "array"]],
    [{ anyOf: [{ type: "boolean" }, ref("Text")] }, ["string", "boolean"]],
    [{ type: "object", oneOf: [{ required: ["a"] }, { required: ["b"] }] }, ["object"]],
    [ref("Text"), ["string"]],
    [ref("Tree"), ["array", "null"]],
    [ref("Itself"), ["object"]],
    [ref("Heir"), ["object"]],
    [ref("Base"), ["object"]],
    [ref("Wide"), ["string"]],
  ])("%j: %j", (schema, kinds) => {
    expect(kindsOf(schema)).toEqual(kinds);
  });

  test("are found in a moment in a schema of choices of choices", () => {
    const deep: JsonObject = { L0: { type: "string" } };
    for (let level = 1; level < 100; level += 1) {
      deep[`L${level}`] = { oneOf: [ref(`L${level - 1}`), ref(`L${level - 1}`)] };
    }
    const of = createKindsOf(createResolver({ components: { schemas: deep } }));
    expect(of(ref("L99"))).toEqual(["string"]);
  });
});

describe("the secret properties of a schema", () => {
  const secretsOf = createSecretsOf(resolver);
  test.each<[string, Json | undefined, string[]]>([
    ["are none where there is no schema", undefined, []],
    [
      "are told by their names, in any case",
      {
        properties: Object.fromEntries(
          [
            "credential",
            "myPassword",
            "client_SECRET",
            "accessToken",
            "apiKey",
            "API-KEY",
            "key",
            "name",
          ].map((name) => [name, {}]),
        ),
      },
      ["API-KEY", "accessToken", "apiKey", "client_SECRET", "credential", "myPassword"],
    ],
    [
      "are told by their format",
      { properties: { pin: { type: "string", format: "password" }, name: {} } },
      ["pin"],
    ],
    ["are told by being write-only", { properties: { pin: { writeOnly: true } } }, ["pin"]],
    [
      "are told by being write-only beside a $ref",
      { properties: { pin: { ...ref("Text"), writeOnly: true } } },
      ["pin"],
    ],
    ["are told through a $ref", { properties: { pin: ref("Secret") } }, ["pin"]],
    [
      "are told through allOf, lists and maps",
      {
        properties: {
          a: { allOf: [ref("Secret")] },
          b: { items: ref("Secret") },
          c: { additionalProperties: ref("Secret") },
        },
      },
      ["a", "b", "c"],
    ],
    [
      "are found at any depth",
      {
        allOf: [
          {
            items: {
              anyOf: [
                { properties: { a: { additionalProperties: { properties: { token: {} } } } } },
              ],
            },
          },
        ],
      },
      ["token"],
    ],
    [
      "are found under conditions and definitions",
      {
        if: { properties: { a_token: {} } },
        then: { properties: { b_token: {} } },
        $defs: { x: { properties: { c_token: {} } } },
      },
      ["a_token", "b_token", "c_token"],
    ],
    ["are found in a schema that holds itself", ref("Account"), ["pin"]],
    [
      "are found in what only a discriminator names",
      {
        discriminator: {
          propertyName: "t",
          mapping: { a: "Account", b: "#/components/schemas/Account" },
        },
      },
      ["pin"],
    ],
    [
      "are not what an example or a default holds",
      { properties: { a: { example: { properties: { token: {} } }, default: { token: 1 } } } },
      [],
    ],
    [
      "may have names that prototypes have",
      { properties: { constructor: { writeOnly: true } } },
      ["constructor"],
    ],
  ])("%s", (_, schema, secrets) => {
    expect(secretsOf(schema)).toEqual(secrets);
  });
});
