import { describe, expect, test } from "vitest";

import { createKindsOf } from "../../../scripts/generate/facts/kinds.js";
import { createSecretsOf } from "../../../scripts/generate/facts/secrets.js";
import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { createResolver } from "../../../scripts/openapi/resolver.js";
import { documentWith, factsIn, jsonOf, noContent, operationWith, reasonOf } from "./harness.js";

const inPath = (name: string, more: JsonObject = {}): JsonObject => ({
  ...{ name, in: "path", required: true, schema: { type: "string" } },
  ...more,
});
const withParameters = (parameters: JsonObject[], path?: string): JsonObject =>
  operationWith({ parameters }, path);
/** One path parameter named `id`, which says this of itself. */
const withId = (more: JsonObject, path = "/a/{id}"): JsonObject =>
  withParameters([inPath("id", more)], path);
const required = (where: string, name: string, more: JsonObject = {}): JsonObject =>
  withParameters([{ name, in: where, required: true, ...more }]);

describe("parameters", () => {
  test("are the path item's and the operation's, of which the operation's win", () => {
    const parameters = [inPath("id"), { name: "q", in: "query", required: true }];
    const get = { operationId: "op", parameters: [{ name: "q", in: "query" }] };
    const paths = { "/a/{id}": { parameters, get: { ...get, responses: noContent } } };
    expect(factsIn(documentWith({ paths })).parameters).toEqual({
      id: { in: "path", required: true },
      q: { in: "query", required: false, style: "form", explode: true },
    });
  });

  test.each<[JsonObject, string, boolean]>([
    [{}, "form", true],
    [{ explode: false }, "form", false],
    [{ style: "form" }, "form", true],
    [{ style: "spaceDelimited" }, "spaceDelimited", false],
    [{ style: "pipeDelimited", explode: true }, "pipeDelimited", true],
    [{ style: "deepObject" }, "deepObject", true],
  ])("of the query with %j are written as %s, exploded: %s", (how, style, explode) => {
    const { parameters } = factsIn(withParameters([{ name: "q", in: "query", ...how }]));
    expect(parameters).toEqual({ q: { in: "query", required: false, style, explode } });
  });

  test.each<[string, JsonObject]>([
    ["an optional header", { name: "X-Trace", in: "header" }],
    ["an optional cookie", { name: "session", in: "cookie" }],
    [
      "an optional one of a content",
      { name: "q", in: "query", content: { "application/json": {} } },
    ],
    ["an optional one of another style", { name: "odd", in: "query", style: "matrix" }],
    ["the header Accept", { name: "Accept", in: "header", required: true }],
    ["the header Content-Type", { name: "content-type", in: "header", required: true }],
    ["the header Authorization", { name: "Authorization", in: "header", required: true }],
  ])("are not offered where the facade does not carry them: %s", (_, parameter) => {
    expect(factsIn(withParameters([parameter])).parameters).toEqual({});
  });

  test("in the header that carries the API key are ignored", () => {
    const securitySchemes = { key: { type: "apiKey", in: "header", name: "x-api-key" } };
    const document = { ...required("header", "X-API-Key"), components: { securitySchemes } };
    expect(reasonOf(document)).toBeUndefined();
  });

  test("named as prototypes name their properties are parameters like any other", () => {
    const names = ["__proto__", "constructor"];
    const parameters = names.map((name) => ({ name, in: "query" }));
    expect(Object.keys(factsIn(withParameters(parameters)).parameters as object)).toEqual(names);
  });
});

const ofAnother = [{ url: "https://b.example" }];
const ofItsPath = { servers: ofAnother, get: { operationId: "op", responses: noContent } };

test.each<[string, JsonObject]>([
  ['it requires the header parameter "X-A"', required("header", "X-A")],
  ['it requires the cookie parameter "a"', required("cookie", "a")],
  [
    'it requires the query parameter "q" in an encoding of its own',
    required("query", "q", { content: { "application/json": {} } }),
  ],
  ['it has a parameter named "body"', withParameters([{ name: "body", in: "query" }])],
  [
    'it has two parameters named "id"',
    withParameters([inPath("id"), { name: "id", in: "query" }], "/a/{id}"),
  ],
  ['its path parameter "id" has the style matrix', withId({ style: "matrix" })],
  [
    'its path parameter "id" has an encoding of its own',
    withId({ content: { "application/json": {} } }),
  ],
  ['its path parameter "id" is not text or a number', withId({ schema: { type: "array" } })],
  [
    'its path parameter "id" is not text or a number',
    withId({ schema: { type: ["string", "boolean"] } }),
  ],
  ["its path has {id}, which no path parameter declares", operationWith({}, "/a/{id}")],
  ["its path has {id}, which no path parameter declares", withId({ in: "query" })],
  ["its path has no {id}, which a path parameter declares", withId({}, "/a")],
  ["its path has a placeholder twice", withId({}, "/a/{id}/{id}")],
  ["its placeholder {;id} is not a plain name", withParameters([inPath(";id")], "/a/{;id}")],
  ["its request body is not JSON", operationWith({ requestBody: jsonOf({}, "image/png") })],
  ["fetch sends no body with GET", operationWith({ requestBody: jsonOf({}) }, "/a", "get")],
  ["its success is not JSON", operationWith({ responses: { "200": jsonOf({}, "text/csv") } })],
  [
    "its success is not JSON",
    operationWith({ responses: { "200": jsonOf({}), "206": jsonOf({}, "text/csv") } }),
  ],
  ["it promises no success (2xx)", operationWith({ responses: { "302": { description: "" } } })],
  ["fetch does not send TRACE", operationWith({}, "/a", "trace")],
  ["its security is not the document's", operationWith({ security: [] })],
  ["its security is not the document's", operationWith({ security: [{ other: [] }] })],
  ["its security is not the document's", operationWith({ security: [{ key: [], other: [] }] })],
  ["its servers are not the document's", operationWith({ servers: ofAnother })],
  ["its servers are not the document's", documentWith({ paths: { "/a": ofItsPath } })],
])("an operation is left out, since %s", (reason, document) => {
  expect(reasonOf(document)).toBe(reason);
});

test.each<[string, JsonObject]>([
  [
    "the document's security among others",
    operationWith({ security: [{ other: [] }, { key: ["scope"] }] }),
  ],
  ["the document's servers again", operationWith({ servers: [{ url: "https://api.example/v1" }] })],
  [
    "a path parameter of which nothing is said",
    withParameters([{ name: "id", in: "path" }], "/{id}"),
  ],
  ["a path parameter of an empty schema", withId({ schema: {} })],
  ["a number in its path", withId({ schema: { type: "integer" } })],
  ["two placeholders in one segment", withParameters([inPath("a"), inPath("b")], "/{a}-{b}.json")],
])("an operation is carried with %s", (_, document) => {
  expect(reasonOf(document)).toBeUndefined();
});

describe("the media type of a body", () => {
  test.each<[string[], string]>([
    [["application/json"], "application/json"],
    [["application/xml", "application/json"], "application/json"],
    [["application/vnd.x+json", "application/json"], "application/json"],
    [["application/vnd.x+json", "application/merge-patch+json"], "application/vnd.x+json"],
    [["application/json; charset=utf-8"], "application/json; charset=utf-8"],
    [["Application/JSON"], "Application/JSON"],
    [["text/json"], "text/json"],
    [["*/*"], "application/json"],
    [["application/*"], "application/json"],
    [["text/plain", "*/*"], "application/json"],
  ])("among %j is %s", (mediaTypes, chosen) => {
    const content = Object.fromEntries(mediaTypes.map((type) => [type, {}]));
    const { body } = factsIn(operationWith({ requestBody: { content } }));
    expect(body).toMatchObject({ mediaType: chosen, required: false });
  });

  test.each(["application/x-ndjson", "application/json-seq", "text/*", "application/jsonp"])(
    "is not JSON as %s",
    (mediaType) => {
      const document = operationWith({ requestBody: jsonOf({}, mediaType) });
      expect(reasonOf(document)).toBe("its request body is not JSON");
    },
  );
});

const all = ["object", "array", "string", "number", "boolean", "null"];
const array = { mediaTypes: ["application/json"], kinds: ["array"], empty: false };

test.each<[string, JsonObject, JsonObject, string?]>([
  [
    "what all 2xx responses promise together",
    {
      "200": jsonOf({ type: "object" }),
      "201": {
        content: { "application/hal+json": { schema: { type: "array" } }, "text/html": {} },
      },
      "204": { description: "" },
      default: jsonOf({ type: "string" }),
    },
    {
      mediaTypes: ["application/json", "application/hal+json"],
      kinds: ["object", "array"],
      empty: true,
    },
  ],
  ["promised as 2XX", { "2XX": jsonOf({ type: "array" }) }, array],
  ["promised as 2xx", { "2xx": jsonOf({ type: "array" }) }, array],
  ["promised as default", { default: jsonOf({ type: "array" }) }, array],
  [
    "asked for as JSON where it may be anything",
    { "200": jsonOf({ type: "array" }, "*/*") },
    array,
  ],
  [
    "without content for HEAD, whatever is promised",
    { "200": jsonOf({}, "text/plain") },
    { mediaTypes: [], kinds: [], empty: true },
    "head",
  ],
])("the success of an operation is %s", (_, responses, success, method = "get") => {
  expect(factsIn(operationWith({ responses }, "/a", method)).success).toEqual(success);
});

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const schemas: JsonObject = {
  Text: { type: "string" },
  Tree: { oneOf: [{ type: "array", items: ref("Tree") }, { type: "null" }] },
  Itself: { allOf: [ref("Itself"), { type: "object" }] },
  Base: { type: "object", oneOf: [ref("Heir")] },
  Heir: { allOf: [ref("Base"), { properties: { own: {} } }] },
  Secret: { type: "string", format: "password" },
  Account: {
    properties: { name: { type: "string" }, pin: ref("Secret"), parent: ref("Account") },
  },
  L0: { type: "string" },
};
// Without a memory, each level of these would take twice as long as the one below it.
for (let level = 1; level < 100; level += 1) {
  schemas[`L${level}`] = { oneOf: [ref(`L${level - 1}`), ref(`L${level - 1}`)] };
}
const resolver = createResolver({ components: { schemas } });

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
  [ref("L99"), ["string"]],
])("the kinds of JSON that the schema %j allows are %j", (schema, kinds) => {
  expect(createKindsOf(resolver)(schema)).toEqual(kinds);
});

const secretNames = [
  "API-KEY",
  "accessToken",
  "apiKey",
  "client_SECRET",
  "credential",
  "myPassword",
];
const mapping = { a: "Account", b: "#/components/schemas/Account" };
const token = { properties: { token: {} } };

test.each<[string, Json | undefined, string[]]>([
  ["none where there is no schema", undefined, []],
  [
    "known by their names, in any case",
    { properties: Object.fromEntries([...secretNames, "key", "name"].map((name) => [name, {}])) },
    secretNames,
  ],
  [
    "known by their format",
    { properties: { pin: { type: "string", format: "password" }, name: {} } },
    ["pin"],
  ],
  ["known by being write-only", { properties: { pin: { writeOnly: true } } }, ["pin"]],
  [
    "known by being write-only beside a $ref",
    { properties: { pin: { ...ref("Text"), writeOnly: true } } },
    ["pin"],
  ],
  ["known through a $ref", { properties: { pin: ref("Secret") } }, ["pin"]],
  [
    "known through allOf, lists and maps",
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
    "found at any depth",
    { allOf: [{ items: { anyOf: [{ properties: { a: { additionalProperties: token } } }] } }] },
    ["token"],
  ],
  [
    "found under conditions and definitions",
    {
      if: { properties: { a_token: {} } },
      then: { properties: { b_token: {} } },
      $defs: { x: { properties: { c_token: {} } } },
    },
    ["a_token", "b_token", "c_token"],
  ],
  ["found in a schema that holds itself", ref("Account"), ["pin"]],
  ["found in what only a discriminator names", { discriminator: { mapping } }, ["pin"]],
  [
    "not what an example or a default holds",
    { properties: { a: { example: token, default: token } } },
    [],
  ],
  [
    "properties that prototypes have too",
    { properties: { constructor: { writeOnly: true } } },
    ["constructor"],
  ],
])("the secret properties of a schema are %s", (_, schema, secrets) => {
  expect(createSecretsOf(resolver)(schema)).toEqual(secrets);
});
