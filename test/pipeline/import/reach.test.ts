import { describe, expect, test } from "vitest";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { apiWith, importing, operation, refusal, without } from "./harness.js";

const empty = apiWith({});

function ref(kind: string, name = "X"): JsonObject {
  return { $ref: `#/components/${kind}/${name}` };
}

function json(schema: Json): JsonObject {
  return { content: { "application/json": { schema } } };
}

/** An API in which "a" is this operation, and another operation uses the schema "Other". */
function apiOf(a: JsonObject, components: JsonObject = {}, pathItem: JsonObject = {}): JsonObject {
  const other = { get: operation("z", {}, "#/components/schemas/Other") };
  const { schemas = {}, ...rest } = components;
  return apiWith(
    { "/a": { ...pathItem, post: operation("a", a) }, "/z": other },
    { schemas: { Other: {}, ...(schemas as JsonObject) }, ...rest },
  );
}

/** What an import of the operation "a" brings of a document's components. */
async function componentsOf(source: JsonObject): Promise<Json | undefined> {
  const { document } = await importing(empty, source, { operations: ["a"] });
  return without(document.components as JsonObject, "securitySchemes");
}

describe("an operation comes with the component that it reaches", () => {
  const X = { X: { title: "X" } };
  const response = (parts: JsonObject) => ({ responses: { "200": { description: "", ...parts } } });
  const examples = { examples: { x: ref("examples") } };
  const called = { post: operation("called", {}, "#/components/schemas/X") };
  test.each<[string, JsonObject, JsonObject]>([
    [
      "as an example, in which there are no references",
      { requestBody: { content: { "application/json": examples } } },
      { examples: { X: { value: ref("schemas", "Other") } } },
    ],
    ["as a link", response({ links: { l: ref("links") } }), { links: { X: { operationId: "z" } } }],
    [
      "as a callback",
      { callbacks: { c: ref("callbacks") } },
      { callbacks: { X: { "{$url}": called } }, schemas: X },
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
      "whose name every object has",
      { requestBody: json(ref("schemas", "__proto__")) },
      { schemas: { ["__proto__"]: { title: "X" } } },
    ],
  ])("%s", async (_, a, components) => {
    const { schemas, ...rest } = components;
    const found = await componentsOf(apiOf(a, components));
    // As text: equality has its own ideas of __proto__.
    expect(JSON.stringify(found)).toBe(JSON.stringify({ schemas, ...rest }));
  });

  test("of its path", async () => {
    const shared = { parameters: [ref("parameters")] };
    const components = { parameters: { X: { name: "q", in: "query", schema: {} } } };
    expect(await componentsOf(apiOf({}, components, shared))).toEqual(components);
  });

  test("of a path item that stands apart, with all its operations", async () => {
    const X = { get: operation("a", {}, "#/components/schemas/X"), put: operation("b") };
    const api = apiWith({ "/a": ref("pathItems") }, { pathItems: { X }, schemas: { X: {} } });
    const [spec, source] = [empty, api].map((document) => ({ ...document, openapi: "3.1.0" }));
    const imported = await importing(spec ?? {}, source ?? {}, { operations: ["a"] });
    expect(imported.document).toEqual(source);
    expect(imported.changes).toContain("added operation b (PUT /a)");
  });

  test("in another path, which comes too", async () => {
    const source = apiOf({ responses: { "200": { $ref: "#/paths/~1z/get/responses/200" } } });
    const { changes } = await importing(empty, source, { operations: ["a"] });
    expect(changes.slice(1)).toEqual([
      "added operation z (GET /z)",
      "added component schemas/Other",
    ]);
  });

  test("as a security scheme, by its name or as the only one", async () => {
    const schemes = { other: { type: "http", scheme: "basic" }, unused: { type: "http" } };
    const source = apiOf({ security: [{ other: [], missing: [] }] });
    const key = { key: { type: "http", scheme: "bearer" } };
    const components = { ...(source.components as JsonObject) };
    components.securitySchemes = { ...key, ...schemes };
    const named = await importing(empty, { ...source, components }, { operations: ["a"] });
    const { securitySchemes } = named.document.components as JsonObject;
    expect(securitySchemes).toEqual({ ...key, other: schemes.other });
    const only = await importing(empty, without(apiOf({}), "security"), { operations: ["a"] });
    expect(only.document.security).toBeUndefined();
    expect(only.document.components).toEqual({ securitySchemes: key });
  });
});

test("what stands in data or in an extension is no reference", async () => {
  const other = ref("schemas", "Other");
  const requestBody = { content: { "application/json": { example: other } } };
  expect(await componentsOf(apiOf({ "x-mine": other, requestBody }))).toEqual({});
});

describe("a component of the spec", () => {
  const schemas = { A: { title: "old" }, B: ref("schemas", "C"), C: {}, D: {} };
  const a = { get: operation("a", {}, "#/components/schemas/A") };
  const requestBody = json(ref("schemas", "A"));
  const b = { get: operation("b", { requestBody }, "#/components/schemas/B") };
  const present = apiWith({ "/a": a, "/b": b }, { schemas });

  test("that nothing reaches any more is removed, and one that something reaches is kept", async () => {
    const source = apiWith({ "/a": { get: operation("a") } });
    const { changes, document } = await importing(present, source, { operations: ["a"] });
    expect(changes).toEqual([
      "changed operation a (GET /a): responses",
      "removed component schemas/D",
    ]);
    expect(document.components).toMatchObject({ schemas: without(schemas, "D") });
  });

  test("that the source has too is replaced where the source's operation reaches it", async () => {
    const A = { title: "new", items: ref("schemas", "E") };
    const source = apiWith({ "/a": a }, { schemas: { A, C: { title: "not reached" }, E: {} } });
    const { changes, document } = await importing(present, source, { operations: ["a"] });
    expect(changes).toEqual([
      "changed component schemas/A: title, items",
      "added component schemas/E",
      "removed component schemas/D",
    ]);
    expect(document.components).toMatchObject({ schemas: { A, B: schemas.B, C: {}, E: {} } });
  });

  test("stays where a webhook reaches it, and extensions stay", async () => {
    const webhooks = { w: { post: operation("w", {}, "#/components/schemas/D") } };
    const paths = { ...(present.paths as JsonObject), "x-mine": { b: 2 } };
    const now = { ...present, openapi: "3.1.0", paths, webhooks, "x-mine": { a: 1 } };
    const source = { ...present, openapi: "3.1.0", info: { title: "New", version: "1" } };
    const { document } = await importing(now, source);
    expect(document).toEqual({ ...now, info: source.info });
  });
});

test("what a path says of all its operations is the source's once one of them is", async () => {
  const id = { name: "id", in: "path", required: true, schema: {} };
  const [a, b] = [operation("a"), operation("b")];
  const old = { parameters: [ref("parameters", "Old")], summary: "gone", get: a, put: b };
  const present = apiWith({ "/a/{id}": old }, { parameters: { Old: id } });
  const source = apiWith({ "/a/{id}": { parameters: [id], get: a } });
  const { changes, document } = await importing(present, source, { operations: ["a"] });
  expect(changes).toEqual([
    "changed parameters of path /a/{id}",
    "removed summary of path /a/{id}",
    "removed component parameters/Old",
  ]);
  expect(document.paths).toEqual({ "/a/{id}": { parameters: [id], get: a, put: b } });
});

describe("a reference that cannot be followed", () => {
  test.each<[string, JsonObject, string]>([
    ["that leaves the file", { requestBody: { $ref: "other.yaml#/X" } }, "leaves the file"],
    ["that leads back to itself", { requestBody: ref("requestBodies") }, "leads back to itself"],
  ])("%s is refused with its place", async (_, a, message) => {
    const source = apiOf(a, { requestBodies: { X: ref("requestBodies") } });
    const line = await refusal(empty, source, { operations: ["a"] });
    expect(line).toMatch(/^source\.json:\d+:\d+: #\/(paths|components)\//);
    expect(line).toContain(message);
  });

  test("that leads from a path to itself is left out where all is taken", async () => {
    const paths = { "/a": ref("pathItems"), "/b": { get: operation("b") } };
    const source = apiWith(paths, { pathItems: { X: ref("pathItems") } });
    const webhooks = { w: { post: operation("w") } };
    const { changes, notes } = await importing(empty, { ...source, webhooks }, { all: true });
    expect(changes).toEqual(["added operation b (GET /b)"]);
    const to = '/$ref "#/components/pathItems/X" leads back to itself';
    expect(notes).toEqual([
      `#/paths/~1a is left out: #/paths/~1a${to}`,
      `#/components/pathItems/X is left out: #/components/pathItems/X${to}`,
      "webhook w is not taken",
    ]);
  });

  test("is no matter in what is not taken", async () => {
    const source = apiOf({}, { schemas: { Other: { $ref: "other.yaml" }, Bad: [] } });
    expect(await componentsOf(source)).toEqual({});
  });
});
