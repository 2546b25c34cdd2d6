import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import {
  documentWith,
  evaluate,
  generated,
  jsonOf,
  noContent,
  operationWith,
  refusal,
  typeErrors,
} from "./harness.js";

const requests: string[] = [];
const server = createServer((request, response) => {
  requests.push(request.url ?? "");
  response.end("{}");
});
let origin = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
});

function componentsWith(components: JsonObject): JsonObject {
  return documentWith({ components });
}

/** Each place at which OpenAPI knows a `$ref`, and some at which only tools do. */
const places: [string, (ref: string) => JsonObject][] = [
  ["a path item", ($ref) => documentWith({ paths: { "/a": { $ref } } })],
  ["all paths", ($ref) => documentWith({ paths: { $ref } })],
  ["an operation", ($ref) => documentWith({ paths: { "/a": { get: { $ref } } } })],
  ["a parameter", ($ref) => operationWith({ parameters: [{ $ref }] })],
  ["a request body", ($ref) => operationWith({ requestBody: { $ref } })],
  ["a response", ($ref) => operationWith({ responses: { "200": { $ref } } })],
  ["a header", ($ref) => componentsWith({ responses: { a: { headers: { X: { $ref } } } } })],
  ["a link", ($ref) => componentsWith({ responses: { a: { links: { x: { $ref } } } } })],
  ["a callback", ($ref) => operationWith({ callbacks: { x: { $ref } } })],
  ["a callback's path item", ($ref) => operationWith({ callbacks: { x: { y: { $ref } } } })],
  ["an example", ($ref) => componentsWith({ examples: { x: { $ref } } })],
  [
    "a media type's example",
    ($ref) =>
      operationWith({
        requestBody: { content: { "application/json": { examples: { x: { $ref } } } } },
      }),
  ],
  ["a security scheme", ($ref) => componentsWith({ securitySchemes: { key: { $ref } } })],
  ["a webhook", ($ref) => documentWith({ openapi: "3.1.0", webhooks: { x: { $ref } } })],
  ["a schema", ($ref) => componentsWith({ schemas: { A: { $ref } } })],
  ["all schemas", ($ref) => componentsWith({ schemas: { $ref } })],
  ["all properties", ($ref) => componentsWith({ schemas: { A: { properties: { $ref } } } })],
  ...["items", "not", "additionalProperties", "if", "contains", "propertyNames"].map(
    (key): [string, (ref: string) => JsonObject] => [
      `the schema's ${key}`,
      ($ref) => componentsWith({ schemas: { A: { [key]: { $ref } } } }),
    ],
  ),
  ...["allOf", "anyOf", "oneOf", "prefixItems"].map(
    (key): [string, (ref: string) => JsonObject] => [
      `the schema's ${key}`,
      ($ref) => componentsWith({ schemas: { A: { [key]: [{ $ref }] } } }),
    ],
  ),
  ...["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"].map(
    (key): [string, (ref: string) => JsonObject] => [
      `the schema's ${key}`,
      ($ref) => componentsWith({ schemas: { A: { [key]: { a: { $ref } } } } }),
    ],
  ),
  ["$dynamicRef", ($dynamicRef) => componentsWith({ schemas: { A: { $dynamicRef } } })],
  [
    "$id",
    ($id) => componentsWith({ schemas: { A: { $id, $ref: "#/components/schemas/B" }, B: {} } }),
  ],
  [
    "a discriminator",
    (a) =>
      componentsWith({ schemas: { A: { discriminator: { propertyName: "t", mapping: { a } } } } }),
  ],
  [
    "a description",
    ($ref) => documentWith({ info: { title: "", version: "", description: { $ref } } }),
  ],
  ["a tag", ($ref) => documentWith({ tags: [{ $ref }] })],
  [
    "a keyword of no one's",
    ($ref) => componentsWith({ schemas: { A: { mine: { deep: [{ $ref }] } } } }),
  ],
];

describe("a reference that leaves the file is refused, and nothing is fetched", () => {
  test.each(places)("in %s", async (_, documentOf) => {
    for (const ref of [
      `${origin}/spec.json`,
      `${origin}/spec.json#/components/schemas/A`,
      "other.yaml",
      "./other.yaml#/A",
      "/etc/hosts",
      "file:///etc/hosts",
      "//host/spec.json",
      "spec.yaml#/components/schemas/A",
    ]) {
      const line = await refusal(documentOf(ref));
      expect(line).toMatch(/^PipelineError: spec\.yaml:1:\d+: #\//);
      expect(line).toMatch(/leaves the file|expected a |is not supported/);
    }
    expect(requests).toEqual([]);
  });

  test("also where only a tool would follow it: an example's externalValue is left alone", async () => {
    const { files } = await generated(
      operationWith({
        requestBody: {
          content: { "application/json": { examples: { a: { externalValue: `${origin}/a` } } } },
        },
      }),
    );
    expect(evaluate(files.get("examples.ts")).examples?.op).toEqual({
      parameters: {},
      requests: {},
      responses: {},
    });
    expect(requests).toEqual([]);
  });
});

describe("a reference inside the file is refused", () => {
  const schemas = (map: JsonObject): JsonObject => componentsWith({ schemas: map });
  const to = ($ref: Json): JsonObject => ({
    A: { $ref },
    B: { type: "object", example: { x: {} } },
  });
  test.each<[string, JsonObject, string]>([
    [
      "to nothing",
      schemas(to("#/components/schemas/C")),
      '"#/components/schemas/C" points at nothing',
    ],
    [
      "to what only prototypes have",
      schemas(to("#/components/schemas/constructor")),
      "points at nothing",
    ],
    ["to the document", schemas(to("#")), '"#" is not of the form "#/..."'],
    ["to an anchor", schemas(to("#B")), '"#B" is not of the form "#/..."'],
    ["in no encoding", schemas(to("#/%zz")), "is not of the form"],
    [
      "to an example's value",
      schemas(to("#/components/schemas/B/example/x")),
      "points at nothing that",
    ],
    [
      "to an extension",
      documentWith({ "x-a": {}, components: { schemas: to("#/x-a") } }),
      "points at nothing that",
    ],
    [
      "to a node of another kind",
      schemas(to("#/components/securitySchemes/key")),
      "points at a security scheme, where a schema is expected",
    ],
    [
      "to what OpenAPI does not know",
      documentWith({ mine: {}, components: { schemas: to("#/mine") } }),
      "points at nothing of OpenAPI's, where a schema is expected",
    ],
    ["to itself", schemas(to("#/components/schemas/A")), "leads back to itself"],
    [
      "in a circle",
      schemas({ A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } }),
      "leads back to itself",
    ],
    ["that is no text", schemas(to(1)), "#/components/schemas/A/$ref expected text"],
    [
      "for an operation",
      documentWith({ paths: { "/a": { get: { $ref: "#/paths/~1a" } } } }),
      "an operation cannot be a $ref",
    ],
    [
      "from a discriminator to nothing",
      schemas({ A: { discriminator: { mapping: { a: "#/components/schemas/C" } } } }),
      '#/components/schemas/A/discriminator/mapping/a "#/components/schemas/C" points at nothing',
    ],
    [
      "from a discriminator by a number",
      schemas({ A: { discriminator: { mapping: { a: 1 } } } }),
      "mapping/a expected text",
    ],
  ])("%s", async (_, document, message) => {
    expect(await refusal(document)).toContain(message);
  });
});

test("a $ref in data is data: it is neither refused nor followed", async () => {
  const data = { $ref: "other.yaml", deep: [{ $ref: `${origin}/data` }] };
  const schema = {
    type: "object",
    example: data,
    default: data,
    enum: [data, { a: 1 }],
    "x-mint": data,
    properties: { $ref: { const: data }, list: { type: "array", examples: [data] } },
  };
  const { files } = await generated(
    operationWith({
      parameters: [{ name: "q", in: "query", example: data, schema }],
      requestBody: {
        content: { "application/json": { schema, examples: { one: { value: data } } } },
      },
      responses: {
        "200": {
          description: "",
          content: { "application/json": { schema, example: data } },
          links: { l: { operationId: "op", requestBody: data } },
        },
        "x-more": data,
      },
      "x-code": data,
    }),
  );
  expect(evaluate(files.get("examples.ts")).examples).toEqual({
    op: { parameters: { q: data }, requests: { one: data }, responses: { example: data } },
  });
  expect(await typeErrors(files)).toEqual([]);
  expect(requests).toEqual([]);
});

describe("references inside the file are followed", () => {
  test("to path items, parameters, bodies, responses, headers, examples and schemas", async () => {
    const document = documentWith({
      openapi: "3.1.0",
      paths: { "/a/{id}": { $ref: "#/components/pathItems/a" } },
      components: {
        pathItems: {
          a: {
            parameters: [{ $ref: "#/components/parameters/id" }],
            post: {
              operationId: "op",
              requestBody: { $ref: "#/components/requestBodies/b" },
              responses: { "200": { $ref: "#/components/responses/again" } },
            },
          },
        },
        parameters: {
          id: {
            name: "id",
            in: "path",
            required: true,
            schema: { type: "string" },
            examples: { a: { $ref: "#/components/examples/e" } },
          },
        },
        requestBodies: { b: { required: true, ...jsonOf({ $ref: "#/components/schemas/Body" }) } },
        responses: {
          again: { $ref: "#/components/responses/r" },
          r: { description: "", ...jsonOf({ type: "array" }) },
        },
        examples: { e: { value: "x1" } },
        schemas: { Body: { type: "object", properties: { token: { type: "string" } } } },
      },
    });
    const { files } = await generated(document);
    expect(evaluate(files.get("spec.ts")).operations?.op).toEqual({
      method: "POST",
      path: "/a/{id}",
      parameters: { id: { in: "path", required: true } },
      body: { mediaType: "application/json", kinds: ["object"], required: true },
      success: { mediaTypes: ["application/json"], kinds: ["array"], empty: false },
      secrets: ["token"],
    });
    expect(evaluate(files.get("examples.ts")).examples?.op).toMatchObject({
      parameters: { id: "x1" },
    });
    const use = `import type { Inputs, Results } from "./spec.js";
      export const input: Inputs["op"] = { id: "a", body: { token: "t" } };
      export const result: Results["op"] = [1];`;
    expect(await typeErrors(files, use)).toEqual([]);
  });

  test("to places that are not components, however their names are spelled", async () => {
    const name = "a b/~%{x}#é";
    const escaped = encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
    const document = documentWith({
      paths: {
        "/a": {
          post: {
            operationId: "first",
            requestBody: {
              required: true,
              ...jsonOf({ properties: { [name]: { type: "number" } } }),
            },
            responses: noContent,
          },
        },
        "/b": {
          post: {
            operationId: "second",
            requestBody: {
              required: true,
              ...jsonOf({
                type: "object",
                properties: {
                  deep: {
                    $ref: `#/paths/~1a/post/requestBody/content/application~1json/schema/properties/${escaped}`,
                  },
                  named: { $ref: `#/components/schemas/${escaped}` },
                },
              }),
            },
            responses: { "200": { $ref: "#/paths/~1a/post/responses/204" } },
          },
        },
      },
      components: { schemas: { [name]: { type: "boolean" } } },
    });
    const { files } = await generated(document);
    const use = `import type { Inputs } from "./spec.js";
      export const good: Inputs["second"] = { body: { deep: 1, named: true } };
      // @ts-expect-error
      export const bad: Inputs["second"] = { body: { deep: true } };`;
    expect(await typeErrors(files, use)).toEqual([]);
  });
});
