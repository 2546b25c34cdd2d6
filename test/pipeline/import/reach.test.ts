import { describe, expect, test } from "vitest";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { apiWith, operation, without } from "./api.js";
import { importing, refusal } from "./harness.js";

const empty = apiWith({});

/** What an import of the operation "a" brings of a document's components. */
async function componentsOf(source: JsonObject): Promise<Json | undefined> {
  const { document } = await importing(empty, source, { operations: ["a"] });
  return without(document.components as JsonObject, "securitySchemes");
}

/** An API in which "a" is this operation, and other operations use everything else. */
function apiOf(a: JsonObject, components: JsonObject, pathItem: JsonObject = {}): JsonObject {
  const other = { get: operation("z", {}, "#/components/schemas/Other") };
  const { schemas = {}, ...rest } = components;
  return apiWith(
    { "/a": { ...pathItem, post: operation("a", a) }, "/z": other },
    { schemas: { Other: {}, ...(schemas as JsonObject) }, ...rest },
  );
}

function ref(kind: string, name = "X"): JsonObject {
  return { $ref: `#/components/${kind}/${name}` };
}

function json(schema: Json): JsonObject {
  return { content: { "application/json": { schema } } };
}

const okWith = (response: JsonObject): JsonObject => ({
  responses: { "200": { description: "", ...response } },
});

describe("an operation comes with the component that it reaches", () => {
  const query = { name: "q", in: "query", schema: ref("schemas") };
  const X = { X: { title: "X" } };
  test.each<[string, JsonObject, JsonObject]>([
    ["as a schema", { requestBody: json(ref("schemas")) }, { schemas: X }],
    [
      "as a parameter",
      { parameters: [ref("parameters")] },
      { parameters: { X: query }, schemas: X },
    ],
    [
      "as a request body",
      { requestBody: ref("requestBodies") },
      { requestBodies: { X: json(ref("schemas")) }, schemas: X },
    ],
    [
      "as a response",
      { responses: { "200": ref("responses") } },
      { responses: { X: { description: "", ...json(ref("schemas")) } }, schemas: X },
    ],
    [
      "as a header",
      okWith({ headers: { h: ref("headers") } }),
      { headers: { X: { schema: ref("schemas") } }, schemas: X },
    ],
    [
      "as an example",
      { requestBody: { content: { "application/json": { examples: { x: ref("examples") } } } } },
      { examples: { X: { value: { $ref: "#/components/schemas/Other" } } } },
    ],
    ["as a link", okWith({ links: { l: ref("links") } }), { links: { X: { operationId: "z" } } }],
    [
      "as a callback",
      { callbacks: { c: ref("callbacks") } },
      {
        callbacks: { X: { "{$url}": { post: operation("called", {}, "#/components/schemas/X") } } },
        schemas: X,
      },
    ],
    [
      "by a discriminator's reference",
      {
        requestBody: json({
          discriminator: { propertyName: "t", mapping: { x: "#/components/schemas/X" } },
        }),
      },
      { schemas: X },
    ],
    [
      "by a discriminator's name",
      { requestBody: json({ discriminator: { propertyName: "t", mapping: { x: "X" } } }) },
      { schemas: X },
    ],
    [
      "by a dynamic reference",
      { requestBody: json({ $dynamicRef: "#/components/schemas/X" }) },
      { schemas: X },
    ],
    [
      "in a keyword that OpenAPI does not know",
      { requestBody: json({ mine: [ref("schemas")] }) },
      { schemas: X },
    ],
    [
      "by its inside",
      { requestBody: json({ $ref: "#/components/schemas/X/properties/a~1b%25" }) },
      { schemas: { X: { properties: { "a/b%": {} } } } },
    ],
    [
      "through another",
      { requestBody: json(ref("schemas", "Y")) },
      { schemas: { Y: ref("schemas"), ...X } },
    ],
    [
      "in a circle",
      { requestBody: json(ref("schemas")) },
      {
        schemas: {
          X: { items: ref("schemas", "Y") },
          Y: { anyOf: [ref("schemas"), ref("schemas", "Y")] },
        },
      },
    ],
    [
      "with a name of its own kind",
      { requestBody: json(ref("schemas", "__proto__")) },
      { schemas: { ["__proto__"]: { title: "X" } } },
    ],
  ])("%s", async (_, a, components) => {
    const found = await componentsOf(apiOf(a, components));
    const { schemas, ...rest } = components;
    // As text: equality has its own ideas of __proto__.
    expect(JSON.stringify(found)).toBe(JSON.stringify({ schemas, ...rest }));
  });

  test("of its path", async () => {
    const shared = { parameters: [ref("parameters")] };
    const components = { parameters: { X: { name: "q", in: "query", schema: {} } } };
    expect(await componentsOf(apiOf({}, components, shared))).toEqual(components);
  });

  test("of a path item that stands apart, with all its operations", async () => {
    const pathItems = {
      X: { get: operation("a", {}, "#/components/schemas/X"), put: operation("b") },
    };
    const source = {
      ...apiWith({ "/a": ref("pathItems") }, { pathItems, schemas: { X: {} } }),
      openapi: "3.1.0",
    };
    const { changes, document } = await importing({ ...empty, openapi: "3.1.0" }, source, {
      operations: ["a"],
    });
    expect(document).toEqual(source);
    expect(changes).toContain("added operation b (PUT /a)");
  });

  test("in another path, which comes too", async () => {
    const source = apiOf({ responses: { "200": { $ref: "#/paths/~1z/get/responses/200" } } }, {});
    const { changes } = await importing(empty, source, { operations: ["a"] });
    expect(changes).toEqual([
      "added operation a (POST /a)",
      "added operation z (GET /z)",
      "added component schemas/Other",
    ]);
  });

  test("as a security scheme, by its name", async () => {
    const other = { type: "apiKey", in: "header", name: "X-Other" };
    const source = apiOf({ security: [{ other: [], missing: [] }] }, {});
    (source.components as JsonObject).securitySchemes = {
      key: { type: "http", scheme: "bearer" },
      other,
      unused: other,
    };
    const { document } = await importing(empty, source, { operations: ["a"] });
    const { securitySchemes } = document.components as { securitySchemes: JsonObject };
    expect(Object.keys(securitySchemes)).toEqual(["key", "other"]);
  });

  test("as the only security scheme, where the document requires none by name", async () => {
    const source = without(apiOf({}, {}), "security");
    const { document } = await importing(empty, source, { operations: ["a"] });
    expect(document.security).toBeUndefined();
    expect(document.components).toEqual(empty.components);
  });
});

test("what stands in data or in an extension is no reference", async () => {
  const other = ref("schemas", "Other");
  const a = {
    "x-mine": other,
    requestBody: { content: { "application/json": { example: other } } },
  };
  expect(await componentsOf(apiOf(a, {}))).toEqual({});
});

describe("a component of the spec", () => {
  const schemas = { A: { title: "old" }, B: ref("schemas", "C"), C: {}, D: {} };
  const present = apiWith(
    {
      "/a": { get: operation("a", {}, "#/components/schemas/A") },
      "/b": {
        get: operation("b", { requestBody: json(ref("schemas", "A")) }, "#/components/schemas/B"),
      },
    },
    { schemas },
  );
  const reached = without(schemas, "D");

  test("that nothing reaches any more is removed, and one that something reaches is kept", async () => {
    const source = apiWith({ "/a": { get: operation("a") } });
    const { changes, document } = await importing(present, source, { operations: ["a"] });
    expect(changes).toEqual([
      "changed operation a (GET /a): responses",
      "removed component schemas/D",
    ]);
    expect(document.components).toMatchObject({ schemas: reached });
  });

  test("that the source has too is replaced, and reported", async () => {
    const source = apiWith(
      { "/a": { get: operation("a", {}, "#/components/schemas/A") } },
      {
        schemas: {
          A: { title: "new", items: ref("schemas", "E") },
          C: { title: "not reached" },
          E: {},
        },
      },
    );
    const { changes, document } = await importing(present, source, { operations: ["a"] });
    expect(changes).toEqual([
      "changed component schemas/A: title, items",
      "added component schemas/E",
      "removed component schemas/D",
    ]);
    expect(document.components).toMatchObject({
      schemas: { A: { title: "new", items: ref("schemas", "E") }, B: schemas.B, C: {}, E: {} },
    });
  });

  test("stays where a webhook reaches it, and extensions stay", async () => {
    const webhooks = { w: { post: operation("w", {}, "#/components/schemas/D") } };
    const paths = { ...(present.paths as JsonObject), "x-mine": { b: 2 } };
    const now = { ...present, openapi: "3.1.0", paths, webhooks, "x-mine": { a: 1 } };
    const source = { ...present, openapi: "3.1.0", info: { title: "New", version: "1" } };
    const { changes, document } = await importing(now, source);
    expect(changes).toEqual(["changed info: title"]);
    expect(document).toEqual({ ...now, info: source.info });
  });
});

test("what a path says of all its operations is the source's once one of them is", async () => {
  const present = apiWith(
    {
      "/a/{id}": {
        parameters: [ref("parameters", "Old")],
        summary: "gone",
        get: operation("a"),
        put: operation("b"),
      },
    },
    { parameters: { Old: { name: "id", in: "path", required: true, schema: {} } } },
  );
  const parameters = [{ name: "id", in: "path", required: true, schema: { type: "string" } }];
  const source = apiWith({ "/a/{id}": { parameters, get: operation("a") } });
  const { changes, document } = await importing(present, source, { operations: ["a"] });
  expect(changes).toEqual([
    "changed parameters of path /a/{id}",
    "removed summary of path /a/{id}",
    "removed component parameters/Old",
  ]);
  expect(document.paths).toEqual({
    "/a/{id}": { parameters, get: operation("a"), put: operation("b") },
  });
});

describe("a reference that cannot be followed is refused with its place", () => {
  test.each<[string, JsonObject, string]>([
    [
      "that leaves the file",
      { requestBody: { $ref: "other.yaml#/X" } },
      '#/paths/~1a/post/requestBody/$ref "other.yaml#/X" leaves the file',
    ],
    [
      "to another host",
      { requestBody: json({ $ref: "https://a.example/x.json" }) },
      '"https://a.example/x.json" leaves the file',
    ],
    [
      "by a discriminator",
      { requestBody: json({ discriminator: { mapping: { a: "./a.yaml" } } }) },
      '"./a.yaml" leaves the file',
    ],
    [
      "to nothing",
      { requestBody: json(ref("schemas", "constructor")) },
      "points at nothing that could stand here",
    ],
    [
      "to another kind",
      { requestBody: ref("schemas", "Other") },
      "points at a schema, where a request body is expected",
    ],
    ["that is no text", { requestBody: json({ $ref: 1 }) }, "expected text"],
    ["back to itself", { requestBody: ref("requestBodies", "Loop") }, "leads back to itself"],
  ])("%s", async (_, a, message) => {
    const source = apiOf(a, { requestBodies: { Loop: ref("requestBodies", "Loop") } });
    const line = await refusal(empty, source, { operations: ["a"] });
    expect(line).toMatch(/^source\.json:\d+:\d+: #\/(paths|components)\//);
    expect(line).toContain(message);
  });

  test("but not in what is not taken", async () => {
    const source = apiOf({}, { schemas: { Other: { $ref: "other.yaml" }, Bad: [] } });
    expect(await componentsOf(source)).toEqual({});
  });

  test("from a path to itself, through a component", async () => {
    const source = apiWith({ "/a": ref("pathItems") }, { pathItems: { X: ref("pathItems") } });
    expect(await refusal(empty, source, { all: true })).toContain("leads back to itself");
  });
});
