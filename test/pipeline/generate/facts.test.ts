import { describe, expect, test } from "vitest";

import { createKindsOf } from "../../../scripts/generate/facts/kinds.js";
import { createSecretsOf } from "../../../scripts/generate/facts/secrets.js";
import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { createResolver } from "../../../scripts/openapi/resolver.js";
import { generate } from "../../../scripts/generate/generate.js";
import { loadOverlay } from "../../../scripts/openapi/overlay.js";
import { documentWith, factsIn, jsonOf, noContent, operationWith } from "./harness.js";
import { reasonOf, specFile } from "./harness.js";

const inPath = (name: string, more: JsonObject = {}): JsonObject => ({
  ...{ name, in: "path", required: true, schema: { type: "string" } },
  ...more,
});
const withParameters = (parameters: JsonObject[], path?: string): JsonObject =>
  operationWith({ parameters }, path);
/** One path parameter named `id`, which says this of itself. */
const withId = (more: JsonObject, path = "/a/{id}"): JsonObject =>
  withParameters([inPath("id", more)], path);
const ofType = (type: Json): JsonObject => withId({ schema: { type } });
const inQuery = (name: string, more?: JsonObject): JsonObject => ({ name, in: "query", ...more });
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
  ])("of the query with %j are written as %s, exploded: %s", (how, style, explode) => {
    const { parameters } = factsIn(withParameters([inQuery("q", how)]));
    expect(parameters).toEqual({ q: { in: "query", required: false, style, explode } });
  });

  const odd = 'query parameter "q", an object or in an encoding of its own,';
  test.each<[string, JsonObject, string?]>([
    ["a header", { name: "X-Trace", in: "header" }, 'header parameter "X-Trace"'],
    ["a cookie", { name: "session", in: "cookie" }, 'cookie parameter "session"'],
    ["one of a content", { name: "q", in: "query", content: {} }, odd],
    ["one of another style", { name: "q", in: "query", style: "deepObject" }, odd],
    ["an object", { name: "q", in: "query", schema: { type: "object" } }, odd],
    ["the header Accept", { name: "Accept", in: "header", required: true }],
    ["the header Content-Type", { name: "content-type", in: "header", required: true }],
    ["the header Authorization", { name: "Authorization", in: "header", required: true }],
  ])("are not offered where the facade does not carry them: %s", (_, parameter, told) => {
    const document = withParameters([parameter]);
    expect(factsIn(document).parameters).toEqual({});
    expect(reasonOf(document)).toBe(told && `the optional ${told} cannot be given to op`);
  });

  test("in the header that carries the API key are ignored", () => {
    const securitySchemes = { key: { type: "apiKey", in: "header", name: "x-api-key" } };
    const document = { ...required("header", "X-API-Key"), components: { securitySchemes } };
    expect(reasonOf(document)).toBeUndefined();
  });

  test("named as prototypes name their properties are parameters like any other", () => {
    const names = ["__proto__", "constructor"];
    const { parameters } = factsIn(withParameters(names.map((name) => inQuery(name))));
    expect(Object.keys(parameters)).toEqual(names);
  });
});

const encoded = "in an encoding of its own";
const csv = jsonOf({}, "text/csv");
const ofAnother = [{ url: "https://b.example" }];
const ofItsPath = { servers: ofAnother, get: { operationId: "op", responses: noContent } };

test.each<[string, JsonObject]>([
  ['it requires the header parameter "X-A"', required("header", "X-A")],
  ['it requires the cookie parameter "a"', required("cookie", "a")],
  [
    `it requires the query parameter "q", an object or ${encoded}`,
    required("query", "q", { content: {} }),
  ],
  ['it has a parameter named "body"', withParameters([inQuery("body")])],
  ['it has two parameters named "id"', withParameters([inPath("id"), inQuery("id")], "/a/{id}")],
  ['its path parameter "id" has the style matrix', withId({ style: "matrix" })],
  ['its path parameter "id" has an encoding of its own', withId({ content: {} })],
  ['its path parameter "id" is not text or a number', ofType("array")],
  ['its path parameter "id" is not text or a number', ofType(["string", "boolean"])],
  ["its path has {id}, which no path parameter declares", operationWith({}, "/a/{id}")],
  ["its path has {id}, which no path parameter declares", withId({ in: "query" })],
  ["its path has no {id}, which a path parameter declares", withId({}, "/a")],
  ["its path has a placeholder twice", withId({}, "/a/{id}/{id}")],
  ["its placeholder {;id} is not a plain name", withParameters([inPath(";id")], "/a/{;id}")],
  ["its request body is not JSON", operationWith({ requestBody: jsonOf({}, "image/png") })],
  ["fetch sends no body with GET", operationWith({ requestBody: jsonOf({}) }, "/a", "get")],
  ["its success is not JSON", operationWith({ responses: { "200": csv } })],
  ["its success is not JSON", operationWith({ responses: { "200": jsonOf({}), "206": csv } })],
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

const hiding = [
  ...["zone", "baseUrl", "then", "catch", "finally", "toJSON", "constructor", "__proto__"],
  ...["toString", "valueOf", "hasOwnProperty", "isPrototypeOf", "__defineGetter__"],
];
test.each([
  ...hiding.map((id) => [id, "would hide a name that clients have already"]),
  ...["get-thing", "things.get", "things/get", "1st", "a b", "x'y"].map((id) => [
    id,
    "is no identifier",
  ]),
])("an operation %s is left out, and an overlay mends it as the line says", async (id, problem) => {
  const paths = { "/a's/{id}": { put: { operationId: id, responses: noContent } } };
  const parameters = [inPath("id")];
  Object.assign(paths["/a's/{id}"], { parameters });
  const spec = await specFile(documentWith({ paths }));
  const { leftOut } = await generate(spec);
  expect(leftOut).toEqual([expect.stringContaining(`called: its operationId ${problem}: `)]);
  const [, target] = /with the target (.+) and the update/.exec(leftOut.join()) ?? [];
  const actions = [{ target, update: { operationId: "$mended" } }];
  const overlay = { overlay: "1.0.0", info: { title: "Names", version: "1" }, actions };
  const written = await loadOverlay(await specFile(overlay as JsonObject));
  const { leftOut: still, files } = await generate(spec, written);
  expect(still).toEqual([]);
  expect(files.get("spec.ts")).toContain("  $mended: {");
});

test.each(["a", "_a", "$", "größe", "delete", "name"])("an operation may be called %s", (id) => {
  expect(reasonOf(operationWith({ operationId: id }))).toBeUndefined();
});

test.each<[string, JsonObject]>([
  ["its security among others", operationWith({ security: [{ other: [] }, { key: ["scope"] }] })],
  ["the document's servers again", operationWith({ servers: [{ url: "https://api.example/v1" }] })],
  ["a parameter of which nothing is said", withParameters([{ name: "id", in: "path" }], "/{id}")],
  ["a path parameter of an empty schema", withId({ schema: {} })],
  ["a number in its path", ofType("integer")],
  ["two placeholders in one segment", withParameters([inPath("a"), inPath("b")], "/{a}-{b}.json")],
])("an operation is carried with %s", (_, document) => {
  expect(reasonOf(document)).toBeUndefined();
});

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
])("the media type of a body, of %j, is %s", (mediaTypes, mediaType) => {
  const content = Object.fromEntries(mediaTypes.map((type) => [type, {}]));
  const { body } = factsIn(operationWith({ requestBody: { content } }));
  expect(body).toMatchObject({ mediaType, required: false });
});

test.each(["application/x-ndjson", "application/json-seq", "text/*", "application/jsonp"])(
  "a body of the media type %s is not JSON",
  (mediaType) => {
    const document = operationWith({ requestBody: jsonOf({}, mediaType) });
    expect(reasonOf(document)).toBe("its request body is not JSON");
  },
);

const all = ["object", "array", "string", "number", "boolean", "null"];
const [json, hal] = ["application/json", "application/hal+json"];
const halOrPage = { content: { [hal]: { schema: { type: "array" } }, "text/html": {} } };
const array = { mediaTypes: [json], kinds: ["array"], empty: false };

test.each<[JsonObject, JsonObject, string?]>([
  [
    { "200": jsonOf({ type: "object" }), "201": halOrPage, "204": {}, default: jsonOf({}) },
    { mediaTypes: [json, hal], kinds: ["object", "array"], empty: true },
  ],
  [{ "2XX": jsonOf({ type: "array" }) }, array],
  [{ "2xx": jsonOf({ type: "array" }) }, array],
  [{ default: jsonOf({ type: "array" }) }, array],
  [{ "200": jsonOf({ type: "array" }, "*/*") }, array],
  [{ "200": csv }, { mediaTypes: [], kinds: [], empty: true }, "head"],
])("the responses %j promise %j", (responses, success, method = "get") => {
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
  Account: { properties: { name: {}, pin: ref("Secret"), parent: ref("Account") } },
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

const named = "API-KEY accessToken apiKey client_SECRET credential myPassword".split(" ");
const of = (properties: JsonObject): JsonObject => ({ properties });
const many = (names: string[]): JsonObject => of(Object.fromEntries(names.map((n) => [n, {}])));
const secret = ref("Secret");
const mapping = { a: "Account", b: "#/components/schemas/Account" };
const token = of({ token: {} });

test.each<[Json | undefined, string[]]>([
  [undefined, []],
  [many([...named, "key", "name"]), named],
  [of({ pin: { type: "string", format: "password" }, name: {} }), ["pin"]],
  [of({ pin: { writeOnly: true } }), ["pin"]],
  [of({ pin: { ...ref("Text"), writeOnly: true } }), ["pin"]],
  [of({ pin: secret }), ["pin"]],
  [of({ a: { allOf: [secret] }, b: { items: secret } }), ["a", "b"]],
  [of({ c: { additionalProperties: secret } }), ["c"]],
  [{ allOf: [{ items: { anyOf: [of({ a: { additionalProperties: token } })] } }] }, ["token"]],
  [{ if: many(["a_token"]), then: many(["b_token"]) }, ["a_token", "b_token"]],
  [{ $defs: { x: token } }, ["token"]],
  [ref("Account"), ["pin"]],
  [{ discriminator: { mapping } }, ["pin"]],
  [of({ a: { example: token, default: token } }), []],
  [of({ constructor: { writeOnly: true } }), ["constructor"]],
])("the secret properties of the schema %j are %j", (schema, secrets) => {
  expect(createSecretsOf(resolver)(schema).secrets).toEqual(secrets);
});

test("what stands beside a $ref is of the body too, from OpenAPI 3.1 on", () => {
  const document = operationWith({ requestBody: jsonOf({ ...ref("Base"), ...token }) });
  const components = { ...(document.components as JsonObject), schemas: { Base: of({ a: {} }) } };
  expect(factsIn({ ...document, openapi: "3.1.0", components })).toMatchObject({
    secrets: ["token"],
    legible: ["a"],
  });
});

test("the properties that the body itself names, but for the secret ones, stay legible", () => {
  const parts = [of({ name: {}, token: {} }), { anyOf: [of({ type: of({ inner: {} }) })] }];
  const { legible } = createSecretsOf(resolver)({ allOf: parts });
  expect(legible).toEqual(["name", "type"]);
  expect(createSecretsOf(resolver)(undefined).legible).toEqual([]);
});
