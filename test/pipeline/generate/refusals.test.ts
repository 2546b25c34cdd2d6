import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { messageOf } from "../../../scripts/generate/command.js";
import { generate } from "../../../scripts/generate/generate.js";
import { factsOf } from "../../../scripts/generate/facts/facts.js";
import { readDocument } from "../../../scripts/generate/read/read.js";
import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { documentWith, generated, jsonOf, noContent, operationWith, refusal } from "./harness.js";

const levels = (count: number, width: number): string =>
  Array.from({ length: count }, (_, level) => {
    const aliases = Array.from({ length: width }, () => `*a${level - 1}`);
    return `a${level}: &a${level} [${level === 0 ? "ha" : aliases.join(", ")}]`;
  }).join("\n");
const endless = "has aliases that stand for too much";
const notYaml = "is not valid YAML:";
const indent = `${notYaml} deficient indentation: `;
const unindented =
  "all inside { } or [ ], and the end of it, must be indented further than its key";
const js = "tag:yaml.org,2002:js/";

test("a file that cannot be read is refused", async () => {
  await expect(generate("no-such-file.yaml")).rejects.toThrow(/^no-such-file.yaml: no such file$/);
  await expect(generate(import.meta.dirname)).rejects.toThrow(/: cannot be read \(EISDIR\)$/);
});

test.each<[string, string | Uint8Array, string]>([
  ["empty", "", ": is empty"],
  ["white space", " \n\n", ": is empty"],
  ["no UTF-8", new Uint8Array([0x61, 0x3a, 0xff]), ": is not UTF-8 text"],
  [
    "no YAML",
    "a: 1\nb: [1",
    `:2:6: ${notYaml} unexpected end of the stream within a flow collection`,
  ],
  ["two keys of one name", "a: 1\nb: {}\na: 1", `:3:1: ${notYaml} duplicated mapping key`],
  ["two, in JSON", '{\n  "a": 1,\n  "a": 1\n}', `:3:4: ${notYaml} duplicated mapping key`],
  ["a tab in braces", "a: {b:\t1}", `:1:8: ${indent}there is a tab, where YAML takes spaces only`],
  ["a brace below its key", "a:\n  b: {\n  }", `:3:3: ${indent}${unindented}`],
  ["text", "hello", ": is not an OpenAPI document"],
  ["a list", "[1]", ": is not an OpenAPI document"],
  ["two documents", "a: 1\n---\nb: 1", ": holds more than one YAML document"],
  ["objects of classes", "a: !!js/regexp x", `:1:4: ${notYaml} unknown scalar tag !<${js}regexp>`],
  ["an alias to what holds it", "a: &a\n  b: *a", ": has an alias to what holds it"],
  ["aliases that mean a billion values", levels(30, 9), `: ${endless}`],
  ["aliases that nest without end", levels(2000, 1), `: ${endless}`],
])("a file is refused that holds %s", async (_, content, message) => {
  expect(await refusal(content)).toBe(`PipelineError: spec.yaml${message}`);
});

const withSchemas = (schemas: JsonObject): JsonObject => documentWith({ components: { schemas } });
const withPaths = (paths: JsonObject): JsonObject => documentWith({ paths });
const withScheme = (key: JsonObject): JsonObject =>
  documentWith({ components: { securitySchemes: { key } } });
const inHeader = (name: string): JsonObject => withScheme({ type: "apiKey", in: "header", name });
const eu = { url: "https://api.example", description: "EU Zone" };
const withServer = (server: JsonObject): JsonObject =>
  documentWith({ servers: [{ ...eu, ...server }] });
const get = (operationId?: Json): JsonObject => ({
  get: { ...(operationId !== undefined && { operationId }), responses: noContent },
});
const toA = { $ref: "#/paths/~1a" };
const withWebhook = (w: JsonObject): JsonObject => ({ ...withPaths({ "/a": w }), webhooks: { w } });
/** A schema that is this reference, beside one that holds an example. */
const schemaAt = ($ref: Json): JsonObject =>
  withSchemas({ A: { $ref }, B: { type: "object", example: { x: {} } } });
const toB = { $ref: "#/components/schemas/B" };
const mappedTo = (a: Json): JsonObject => withSchemas({ A: { discriminator: { mapping: { a } } } });

test.each<[string, JsonObject]>([
  // What the document is.
  ["#/swagger is Swagger 2: convert it to OpenAPI 3 first", { swagger: "2.0" }],
  ["is not OpenAPI: it has no openapi version", { info: {} }],
  ['#/openapi is "": it must be text', documentWith({ openapi: "" })],
  ['#/openapi is "3.3.0": it must be text', documentWith({ openapi: "3.3.0" })],
  ['#/openapi is "4.0.0": it must be text', documentWith({ openapi: "4.0.0" })],
  ["#/openapi is 3.1: it must be text", documentWith({ openapi: 3.1 })],
  ["has no info", documentWith({ info: null })],
  ["#/info has no title", documentWith({ info: { version: "1" } })],
  ["#/info has no version", documentWith({ info: { title: "" } })],
  ["has no paths", documentWith({ paths: null })],
  // Its shape.
  ["#/paths expected a mapping", documentWith({ paths: [] })],
  // Its servers.
  ["has no servers: each zone needs one", documentWith({ servers: null })],
  ["has no servers: each zone needs one", documentWith({ servers: [] })],
  ["#/servers expected a list", documentWith({ servers: {} })],
  ["#/servers/0 expected a server", documentWith({ servers: ["https://api.example"] })],
  ["#/servers/0 has no zone name", withServer({ description: "The API" })],
  ["#/servers/0 has no zone name", withServer({ description: "Server, Asia Pacific Zone" })],
  ["#/servers/0 has no zone name", withServer({ description: "the eu-2 zone" })],
  ['#/servers/1 is a second server of the zone "eu"', documentWith({ servers: [eu, eu] })],
  ['#/servers/0 has "__proto__" for a zone name', withServer({ "x-zone": "__proto__" })],
  ["#/servers/0 has 1 for a zone name", withServer({ "x-zone": 1 })],
  ['#/servers/0 has "são" for a zone name', withServer({ description: "São Zone" })],
  ["#/servers/0/url expected a URL", withServer({ url: null })],
  ['"http://api.example" is not an absolute https: URL', withServer({ url: "http://api.example" })],
  ['/url "/v1" is not an absolute https: URL', withServer({ url: "/v1" })],
  ['/url "https://" is not an absolute https: URL', withServer({ url: "https://" })],
  ['/url "https://{a}.example" has variables', withServer({ url: "https://{a}.example" })],
  ['"https://a.example/" has more than a host and', withServer({ url: "https://a.example/?a" })],
  // A password is not repeated.
  ['/url "https://a.example/" has more', withServer({ url: "https://u:pw@a.example/" })],
  // Its security.
  ['"key" is http "basic"', withScheme({ type: "http", scheme: "basic" })],
  ['"key" is of type "oauth2"', withScheme({ type: "oauth2", flows: {} })],
  ['"key" is of type "openIdConnect"', withScheme({ type: "openIdConnect" })],
  ['"key" is of type "mutualTLS"', withScheme({ type: "mutualTLS" })],
  ['"key" is an API key in "query"', withScheme({ type: "apiKey", in: "query", name: "k" })],
  ['"key" is an API key in "cookie"', withScheme({ type: "apiKey", in: "cookie", name: "k" })],
  ['the header "a b", which cannot carry it', inHeader("a b")],
  ['the header "Host", which cannot carry it', inHeader("Host")],
  ["#/security needs one scheme", documentWith({ security: [{ key: [], other: [] }] })],
  ['#/security names "other"', documentWith({ security: [{ other: [] }] })],
  ["#/security expected a list", documentWith({ security: { key: [] } })],
  ["has no security", { ...documentWith(), security: null, components: {} }],
  // Its operations.
  [
    'get/operationId "x" is taken by #/paths/~1a/get',
    withPaths({ "/a": get("x"), "/b": get("x") }),
  ],
  ['/w/get/operationId "x" is taken by #/paths/~1a/get', withWebhook(get("x"))],
  ['/~1b/get has the operationId "x" of GET /a', withPaths({ "/a": get("x"), "/b": toA })],
])("a document is refused in one line, with its place: %s", async (message, document) => {
  const line = await refusal(document);
  expect(line).toMatch(/^PipelineError: spec\.yaml:(1:\d+:)? [^\n]*$/);
  expect(line).toContain(message);
  expect(line).not.toContain("pw@");
});

const q = { name: "q", in: "query" };
const misread = ["/a?b=c", "/a#b", "/a?", "/a/../b", "/a/./b", "/a/%2e%2E/b", "/a\\b", "/a\nb"];
const at = (paths: readonly string[], message: string) =>
  paths.map((path): [string, JsonObject] => [message, withPaths({ [path]: get("x") })]);

test.each<[string, JsonObject]>([
  ["#/paths/$ref expected a path item", withPaths({ $ref: "other.yaml" })],
  ["#/paths/~1a expected a path item", withPaths({ "/a": "b" })],
  ["/post/parameters expected a list", operationWith({ parameters: { a: 1 } })],
  ["/post/parameters/0 has no name", operationWith({ parameters: [{ in: "query" }] })],
  ["/parameters/0 is not in the path", operationWith({ parameters: [{ name: "a", in: "body" }] })],
  ["/application~1json/schema expected a schema", operationWith({ requestBody: jsonOf("string") })],
  ["#/paths/~1a/get has no operationId", withPaths({ "/a": get() })],
  ["#/paths/~1a/get/operationId expected a name", withPaths({ "/a": get(" ") })],
  ["#/paths/~1a/get/operationId expected a name", withPaths({ "/a": get(1) })],
  ["/~1b/get stands beside a $ref", withPaths({ "/a": get("x"), "/b": { ...toA, ...get("y") } })],
  // Its parameters, each of which it has once.
  [
    '/parameters/1 is ["query","q"] for the second time',
    withPaths({ "/a": { parameters: [q, { ...q, required: true }], ...get("x") } }),
  ],
  [
    '/parameters/1 is ["query","q"] for the second time',
    documentWith({
      paths: { "/a": { parameters: [q, { $ref: "#/components/parameters/q" }] } },
      components: { parameters: { q } },
    }),
  ],
  // Its path.
  ...at(["things"], "does not start with /"),
  ...at([...misread, "/a\0b", "/a b", "/café"], "a URL reads otherwise"),
  ...at(["//host/a", "/a//b"], "an empty segment"),
  ...at(["/a/{b", "/a/b}", "/a/{b{c}}"], "a brace that has no partner"),
  // Its references inside the file.
  ['"#/components/schemas/C" points at nothing', schemaAt("#/components/schemas/C")],
  ["points at nothing", schemaAt("#/components/schemas/constructor")],
  ['"#" is not of the form "#/..."', schemaAt("#")],
  ['"#B" is not of the form "#/..."', schemaAt("#B")],
  ["is not of the form", schemaAt("#/%zz")],
  ["points at nothing that could stand here", schemaAt("#/components/schemas/B/example/x")],
  ["at an extension (x-a), so at nothing that could", { ...schemaAt("#/x-a"), "x-a": {} }],
  ["at an extension (x-a), so at nothing that could", schemaAt("#/components/x-a/A")],
  ["A/$id is not supported", withSchemas({ A: { $id: "https://a.example/A", items: toB }, B: {} })],
  ["points at a security scheme, where a schema is", schemaAt("#/components/securitySchemes/key")],
  [
    "points at nothing of OpenAPI's, where a schema is expected",
    { ...schemaAt("#/mine"), mine: {} },
  ],
  ["leads back to itself", schemaAt("#/components/schemas/A")],
  [
    "leads back to itself",
    withSchemas({ A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } }),
  ],
  ["#/components/schemas/A/$ref expected text", schemaAt(1)],
  ["an operation cannot be a $ref", withPaths({ "/a": { get: { $ref: "#/paths/~1a" } } })],
  ["mapping/a expected text", mappedTo(1)],
])("a part that is wrong for itself is left out in one line: %s", (message, document) => {
  const paths = { ...(document.paths as JsonObject), "/sound": get("sound") };
  const { facts, leftOut } = factsOf(readDocument({ ...document, paths }));
  expect([...facts.keys()]).toContain("sound");
  expect(leftOut[0]).toMatch(/ is left out: #\//);
  expect(leftOut[0]).toContain(message);
});

test("what changes nothing is told or passed over, and nothing is left out for it", () => {
  const told = (document: JsonObject) => factsOf(readDocument(document)).leftOut;
  for (const to of ["C", "#/components/schemas/C", "components/schemas/C", "#/paths/~1things"]) {
    const place = "#/components/schemas/A/discriminator/mapping/a";
    expect(told(mappedTo(to))).toEqual([`${place} "${to}" is no schema, and is ignored`]);
  }
  const pathItem = { ...get("a"), query: {}, parameters: [] };
  const next = { ...withPaths({ "/a": pathItem }), openapi: "3.2.0", $self: "https://a.example" };
  const places = ["#/$self", "#/paths/~1a/query"];
  expect(told(next)).toEqual(places.map((at) => `${at} is of OpenAPI 3.2, and is ignored`));
  expect(told(withSchemas({ A: { $id: "https://a.example/A", items: {} } }))).toEqual([]);
});

test("in YAML the place is the line of the key", async () => {
  const yaml = `openapi: 3.0.3
info: { title: Things, version: "1" }
servers:
  - description: EU Zone
    url: https://api.example
  - description: Another
    url: https://other.example
security: [key: []]
paths: {}
`;
  expect(await refusal(yaml)).toBe(
    'PipelineError: spec.yaml:6:5: #/servers/1 has no zone name: describe it as "<name> Zone", of one word, or add x-zone: <name>',
  );
});

test("a refusal quotes the document in one line, in the order in which it is stored", async () => {
  const twice = (id: string) => generated(withPaths({ "/a": get(id), "/b": get(id) }));
  expect(await twice("a\u202eb\n[31m").catch(messageOf)).toMatch(/"a\\u202eb\\n\[31m" is taken/);
  const long = await twice("x".repeat(10_000)).catch(messageOf);
  expect(long).toHaveLength(501);
});

/** A component of one section, which is or holds the reference. */
const held =
  (section: string, hold: (ref: JsonObject) => Json) =>
  ($ref: string): JsonObject =>
    documentWith({ components: { [section]: { a: hold({ $ref }) } } });
const inSchema = (hold: (ref: JsonObject) => JsonObject) => held("schemas", hold);

/** Each place at which OpenAPI knows a `$ref`, and some at which only tools do. */
const places: readonly ((ref: string) => JsonObject)[] = [
  ($ref) => withPaths({ "/a": { $ref } }),
  ($ref) => withPaths({ "/a": { get: { $ref } } }),
  ($ref) => operationWith({ parameters: [{ $ref }] }),
  ($ref) => operationWith({ requestBody: { $ref } }),
  ($ref) => operationWith({ responses: { "200": { $ref } } }),
  ($ref) => operationWith({ callbacks: { x: { $ref } } }),
  ($ref) => operationWith({ callbacks: { x: { y: { $ref } } } }),
  held("responses", (ref) => ({ headers: { X: ref } })),
  held("responses", (ref) => ({ links: { x: ref } })),
  held("examples", (ref) => ref),
  held("requestBodies", (x) => ({ content: { "application/json": { examples: { x } } } })),
  held("securitySchemes", (ref) => ref),
  ($ref) => documentWith({ openapi: "3.1.0", webhooks: { x: { $ref } } }),
  inSchema((ref) => ref),
  ($ref) => withSchemas({ $ref }),
  inSchema((ref) => ({ properties: ref })),
  ...["items", "not", "additionalProperties", "if", "contains", "propertyNames"].map((key) =>
    inSchema((ref) => ({ [key]: ref })),
  ),
  ...["allOf", "anyOf", "oneOf", "prefixItems"].map((key) => inSchema((ref) => ({ [key]: [ref] }))),
  ...["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"].map((key) =>
    inSchema((ref) => ({ [key]: { a: ref } })),
  ),
  ($dynamicRef) => withSchemas({ A: { $dynamicRef } }),
  ($id) => withSchemas({ A: { $id, $ref: "#/components/schemas/B" }, B: {} }),
  mappedTo,
  ($ref) => documentWith({ info: { title: "", version: "", description: { $ref } } }),
  ($ref) => documentWith({ tags: [{ $ref }] }),
  inSchema((ref) => ({ mine: { deep: [ref] } })),
];

describe("a reference that leaves the file is refused wherever it stands, and nothing fetched:", () => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    response.end("{}");
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => server.close());

  test.each([
    ["ORIGIN/spec.json"],
    ["ORIGIN/spec.json#/components/schemas/A"],
    ["other.yaml"],
    ["./other.yaml#/A"],
    ["/etc/hosts"],
    ["file:///etc/hosts"],
    ["//host/spec.json"],
    ["spec.yaml#/components/schemas/A"],
  ])("%s", async (reference) => {
    const { port } = server.address() as AddressInfo;
    for (const documentOf of places) {
      const document = documentOf(reference.replace("ORIGIN", `http://127.0.0.1:${port}`));
      let line: string | undefined;
      try {
        // What no reference can be, such as a name in a mapping, is left out as what it is.
        [line] = factsOf(readDocument(document)).leftOut;
      } catch {
        line = await refusal(document);
      }
      expect(line, JSON.stringify(document)).toMatch(/(spec\.yaml:1:\d+|is left out): #\//);
      expect(line).toMatch(/leaves the file|expected a |is not supported/);
    }
    expect(requests).toEqual([]);
  });
});
