import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { generate } from "../../../scripts/generate/generate.js";
import type { JsonObject } from "../../../scripts/openapi/json.js";
import { overlayOf } from "../../../scripts/openapi/overlay.js";
import {
  documentWith,
  emptyFolder,
  evaluate,
  generated,
  jsonOf,
  operationWith,
  root,
  typeErrors,
} from "./harness.js";

const spec = path.join(root, "openapi/peaka.yaml");
const ofPeaka = generate(spec);

async function valuesOf(content: string | JsonObject, file = "spec.ts") {
  return evaluate((await generated(content)).files.get(file));
}

test("the committed files are what the committed spec and overlay give", async () => {
  const { files, leftOut, warnings } = await generate(spec, await overlayOf(spec));
  expect([leftOut, warnings]).toEqual([[], []]);
  expect([...files.keys()]).toEqual(["paths.ts", "spec.ts", "examples.ts"]);
  for (const [name, code] of files) {
    expect(await readFile(path.join(root, "generated", name), "utf8")).toBe(code);
    expect(code).toMatch(
      /^\/\/ Generated from openapi\/ by `npm run generate`\. Do not edit\.\n[^]*[^\n]\n$/,
    );
  }
});

test("the facts of the spec are all there, with the hash of its bytes", async () => {
  const facts = await evaluate((await ofPeaka).files.get("spec.ts"));
  const sha256 = createHash("sha256")
    .update(await readFile(spec))
    .digest("hex");
  const inPath = { in: "path", required: true };
  expect(facts).toMatchObject({
    spec: { title: "Peaka Gateway API", version: "1.0", sha256 },
    zones: {
      us: "https://partner.peaka.studio/api/v1",
      eu: "https://partner.eu.peaka.studio/api/v1",
    },
    defaultZone: "us",
    auth: { header: "authorization", prefix: "Bearer " },
  });
  expect(Object.isFrozen(facts.zones)).toBe(true);
  expect(facts.operations).toEqual({
    updateConnection: {
      method: "PUT",
      path: "/connections/{projectId}/{connectionId}",
      parameters: { projectId: inPath, connectionId: inPath },
      body: { mediaType: "application/json", kinds: ["object"], required: true },
      success: { mediaTypes: ["application/json"], kinds: ["object"], empty: false },
      secrets: ["credential"],
      legible: ["connectionCallback", "name", "type"],
    },
  });
});

test("the same bytes come out wherever the spec is, and whatever is around", async () => {
  const folder = await emptyFolder();
  await writeFile(path.join(folder, "elsewhere.yml"), await readFile(spec));
  await writeFile(path.join(folder, ".prettierrc"), '{ "semi": false, "endOfLine": "crlf" }');
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect((await generate("elsewhere.yml")).files).toEqual((await ofPeaka).files);
  } finally {
    process.chdir(before);
  }
});

test("line ends of the spec file change nothing but its hash", async () => {
  const { files } = await generated((await readFile(spec, "utf8")).replaceAll("\n", "\r\n"));
  for (const [name, code] of (await ofPeaka).files) {
    const [unix, dos] = [code, files.get(name)].map((each) => each?.replace(/"[0-9a-f]{64}"/, ""));
    expect(dos).toBe(unix);
  }
});

test("a server's zone is the word before Zone, or what x-zone says", async () => {
  const servers = [
    { url: "https://a.example/api/", description: "Default Server URL (US Zone)" },
    { url: "HTTPS://B.example", description: "In Europe: eu-2 zone, not another" },
    { url: "https://c.example/x//", description: "EU Zone", "x-zone": "apac" },
  ];
  const { zones, defaultZone } = await valuesOf(documentWith({ servers }));
  expect(zones).toEqual({
    us: "https://a.example/api",
    "eu-2": "https://b.example",
    apac: "https://c.example/x",
  });
  expect(defaultZone).toBe("us");
});

test.each([
  [
    { type: "http", scheme: "Bearer" },
    { header: "authorization", prefix: "Bearer " },
  ],
  [
    { type: "apiKey", in: "header", name: "X-API-Key" },
    { header: "x-api-key", prefix: "" },
  ],
])("auth by %j is %j", async (mine, auth) => {
  const security = [{ oauth: ["read"] }, { mine: [] }];
  const components = { securitySchemes: { oauth: { type: "oauth2" }, mine } };
  expect((await valuesOf(documentWith({ security, components }))).auth).toEqual(auth);
  // A document that requires nothing means the only scheme that it declares.
  const alone = { ...documentWith({ security: null }), components: { securitySchemes: { mine } } };
  expect((await valuesOf(alone)).auth).toEqual(auth);
});

test("examples are data, by name; the one without a name is called example", async () => {
  const content = {
    "application/json": { example: { a: 1 }, examples: { other: { value: [null] }, empty: {} } },
  };
  const document = operationWith({
    parameters: [
      { name: "q", in: "query", examples: { first: { value: 1 }, second: { value: 2 } } },
      { name: "X-A", in: "header", example: "not offered" },
    ],
    requestBody: { content },
    responses: {
      "200": { content },
      "201": { content: { "application/json": { example: "again" } } },
      "400": { content },
    },
  });
  expect((await valuesOf(document, "examples.ts")).examples).toEqual({
    op: {
      parameters: { q: 1 },
      requests: { example: { a: 1 }, other: [null] },
      responses: { example: { a: 1 }, other: [null], "example 2": "again" },
    },
  });
});

test("YAML's aliases and merge keys are what they stand for, and a version what stands there", async () => {
  const yaml = `
openapi: 3.0.3
info: { title: Things, version: 1.10 }
servers: [{ url: https://api.example, description: EU Zone }]
security: [key: []]
paths:
  /a:
    get: &get
      operationId: first
      responses: &responses { 204: { description: done } }
  /b:
    get:
      <<: *get
      operationId: second
  /c:
    get: { operationId: third, responses: *responses }
components: { securitySchemes: { key: { type: http, scheme: bearer } } }
`;
  const { operations = {}, spec: stamp } = await valuesOf(yaml);
  expect(Object.keys(operations)).toEqual(["first", "second", "third"]);
  expect(stamp).toMatchObject({ version: "1.10" });
});

test("references inside the file are followed, to every kind of component", async () => {
  const post = {
    operationId: "op",
    requestBody: { $ref: "#/components/requestBodies/b" },
    responses: { "200": { $ref: "#/components/responses/again" } },
  };
  const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
  const { files } = await generated(
    documentWith({
      openapi: "3.1.0",
      paths: { "/a/{id}": { $ref: "#/components/pathItems/a" } },
      components: {
        pathItems: { a: { parameters: [{ $ref: "#/components/parameters/id" }], post } },
        parameters: { id: { ...id, examples: { a: { $ref: "#/components/examples/e" } } } },
        requestBodies: {
          b: { required: true, ...jsonOf({ $ref: "#/components/schemas/Body" }) },
        },
        responses: {
          again: { $ref: "#/components/responses/r" },
          r: { description: "", ...jsonOf({ type: "array" }) },
        },
        examples: { e: { value: "x1" } },
        schemas: { Body: { type: "object", properties: { token: { type: "string" } } } },
      },
    }),
  );
  expect((await evaluate(files.get("spec.ts"))).operations?.op).toEqual({
    method: "POST",
    path: "/a/{id}",
    parameters: { id: { in: "path", required: true } },
    body: { mediaType: "application/json", kinds: ["object"], required: true },
    success: { mediaTypes: ["application/json"], kinds: ["array"], empty: false },
    secrets: ["token"],
    legible: [],
  });
  expect((await evaluate(files.get("examples.ts"))).examples?.op).toMatchObject({
    parameters: { id: "x1" },
  });
  const use = `import type { Inputs, Results } from "./spec.js";
      export const input: Inputs["op"] = { id: "a", body: { token: "t" } };
      export const result: Results["op"] = [1];`;
  expect(await typeErrors(files, use)).toEqual([]);
});

test("a $ref in data is data: it is neither refused nor followed", async () => {
  const data = { $ref: "other.yaml", deep: [{ $ref: "https://api.example/data" }] };
  const schema = {
    type: "object",
    example: data,
    default: data,
    enum: [data, { a: 1 }],
    "x-mint": data,
    properties: { $ref: { const: data }, list: { type: "array", examples: [data] } },
  };
  const examples = { one: { value: data }, two: { externalValue: "other.json" } };
  const { files } = await generated(
    operationWith({
      parameters: [{ name: "q", in: "query", example: data, schema }],
      requestBody: { content: { "application/json": { schema, examples } } },
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
  expect((await evaluate(files.get("examples.ts"))).examples).toEqual({
    op: { parameters: { q: data }, requests: { one: data }, responses: { example: data } },
  });
  expect(await typeErrors(files)).toEqual([]);
});

test("what is wrong for itself goes with all that refers to it, and what is left compiles", async () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const answer = (schema: JsonObject) => ({ "200": { description: "", ...jsonOf(schema) } });
  const broken = { operationId: "broken", responses: answer(ref("Deep")) };
  const ofBroken = { $ref: "#/paths/~1a/get/responses/200" };
  const sound = { operationId: "sound", responses: answer(ref("Good")) };
  const { files, callable, leftOut } = await generated(
    documentWith({
      openapi: "3.1.0",
      paths: {
        "/a": { get: broken, put: sound },
        "/b?c": { get: { operationId: "b" }, put: {} },
        "/d": { get: { operationId: "d", responses: { "200": ofBroken } } },
      },
      webhooks: { w: { post: { requestBody: { $ref: "#/components/requestBodies/none" } } } },
      components: {
        schemas: { Good: {}, Deep: { items: ref("Loop") }, Loop: ref("Pool"), Pool: ref("Loop") },
      },
    }),
  );
  expect(callable).toEqual(["sound"]);
  const told = leftOut.map((line) => line.replace(/ is left out: #\S+/, ":").slice(0, 60));
  expect(told).toEqual([
    "b (GET /b?c): is a path that a URL reads otherwise: look for",
    "PUT /b?c: is a path that a URL reads otherwise: look for ?, ",
    '#/webhooks/w/post: "#/components/requestBodies/none" points ',
    '#/components/schemas/Deep: "#/components/schemas/Loop" leads',
    '#/components/schemas/Loop: "#/components/schemas/Pool" leads',
    '#/components/schemas/Pool: "#/components/schemas/Loop" leads',
    "broken (GET /a): refers to what is left out",
    "d (GET /d): refers to what is left out",
  ]);
  expect(await typeErrors(files)).toEqual([]);
});
