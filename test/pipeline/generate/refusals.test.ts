import { describe, expect, test } from "vitest";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { generate } from "../../../scripts/generate/generate.js";
import { documentWith, jsonOf, noContent, operationWith, refusal } from "./harness.js";

const tooMuch = "spec.yaml: has aliases that stand for too much";

function billionLaughs(): string {
  const lines = ["a0: &a0 [ha]"];
  for (let level = 1; level < 30; level += 1) {
    const aliases = Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ");
    lines.push(`a${level}: &a${level} [${aliases}]`);
  }
  return lines.join("\n");
}

function nestedAliases(): string {
  const lines = Array.from(
    { length: 2000 },
    (_, index) => `a${index}: &a${index} [*a${index - 1}]`,
  );
  return lines.join("\n").replace("*a-1", "ha");
}

describe("a file that cannot be read is refused", () => {
  test("when it is not there, or is a folder", async () => {
    await expect(generate("no-such-file.yaml")).rejects.toThrow(
      /^no-such-file.yaml: no such file$/,
    );
    await expect(generate(import.meta.dirname)).rejects.toThrow(/: cannot be read \(EISDIR\)$/);
  });

  test.each([
    ["when it is empty", "", "spec.yaml: is empty"],
    ["when it holds white space", " \n\n", "spec.yaml: is empty"],
    ["when it is not UTF-8", new Uint8Array([0x61, 0x3a, 0xff]), "spec.yaml: is not UTF-8 text"],
    [
      "when it is not YAML, with line and column",
      "openapi: 3.0.3\ninfo: [1",
      "spec.yaml:2:9: is not valid YAML: unexpected end of the stream within a flow collection",
    ],
    [
      "when a key is there twice, with line and column",
      "openapi: 3.0.3\ninfo: {}\nopenapi: 3.0.3",
      "spec.yaml:3:1: is not valid YAML: duplicated mapping key",
    ],
    [
      "when a key is there twice in JSON",
      '{\n  "openapi": "3.0.3",\n  "openapi": "3.0.3"\n}',
      "spec.yaml:3:4: is not valid YAML: duplicated mapping key",
    ],
    ["when it holds text", "hello", "spec.yaml: is not an OpenAPI document"],
    ["when it holds a list", "[1]", "spec.yaml: is not an OpenAPI document"],
    [
      "when it holds two documents",
      "a: 1\n---\nb: 1",
      "spec.yaml: holds more than one YAML document",
    ],
    [
      "when it makes objects of classes",
      "openapi: !!js/function x",
      "spec.yaml:1:10: is not valid YAML: unknown scalar tag !<tag:yaml.org,2002:js/function>",
    ],
    ["when an alias holds itself", "a: &a\n  b: *a", "spec.yaml: has an alias to what holds it"],
    ["when its aliases mean a billion values", billionLaughs(), tooMuch],
    ["when its aliases nest without end", nestedAliases(), tooMuch],
  ])("%s", async (_, content, message) => {
    expect(await refusal(content)).toBe(`PipelineError: ${message}`);
  });
});

describe("a document is refused with the place, line and column", () => {
  test.each<[string, JsonObject, string]>([
    [
      "that is Swagger 2",
      { swagger: "2.0" },
      "#/swagger is Swagger 2: convert it to OpenAPI 3 first",
    ],
    ["without a version", documentWith({ openapi: "" }), '#/openapi is "": it must be text'],
    ["of OpenAPI 3.2", documentWith({ openapi: "3.2.0" }), '#/openapi is "3.2.0": it must be text'],
    ["of OpenAPI 4", documentWith({ openapi: "4.0.0" }), '#/openapi is "4.0.0": it must be text'],
    [
      "whose version is a number",
      documentWith({ openapi: 3.1 }),
      "#/openapi is 3.1: it must be text",
    ],
    ["without info", documentWith({ info: null }), "has no info"],
    ["without a title", documentWith({ info: { version: "1" } }), "#/info has no title"],
    [
      "without a version of its own",
      documentWith({ info: { title: "" } }),
      "#/info has no version",
    ],
    ["without paths", documentWith({ paths: null }), "has no paths"],
    ["whose paths are a list", documentWith({ paths: [] }), "#/paths expected a mapping"],
    [
      "whose path is text",
      documentWith({ paths: { "/a": "b" } }),
      "#/paths/~1a expected a path item",
    ],
    [
      "whose parameters are a mapping",
      operationWith({ parameters: { a: 1 } }),
      "#/paths/~1things/post/parameters expected a list",
    ],
    [
      "with a parameter without a name",
      operationWith({ parameters: [{ in: "query" }] }),
      "#/paths/~1things/post/parameters/0 has no name",
    ],
    [
      "with a parameter in the body, as Swagger 2 has it",
      operationWith({ parameters: [{ name: "a", in: "body" }] }),
      "#/paths/~1things/post/parameters/0 is not in the path",
    ],
    [
      "with a schema that is text",
      operationWith({ requestBody: jsonOf("string") }),
      "#/paths/~1things/post/requestBody/content/application~1json/schema expected a schema",
    ],
  ])("%s", async (_, document, message) => {
    const line = await refusal(document);
    expect(line).toMatch(/^PipelineError: spec\.yaml:(1:\d+:)? /);
    expect(line).toContain(` ${message}`);
  });

  test("in YAML, on the line of the key", async () => {
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
      'PipelineError: spec.yaml:6:5: #/servers/1 has no zone name: describe it as "<name> Zone", or add x-zone: <name>',
    );
  });
});

describe("servers are refused", () => {
  const eu = { url: "https://api.example", description: "EU Zone" };
  test.each<[string, Json, string]>([
    ["that are missing", null, "spec.yaml: has no servers: each zone needs one"],
    ["that are none", [], "spec.yaml: has no servers: each zone needs one"],
    ["that are no list", {}, "#/servers expected a list"],
    ["that are text", ["https://api.example"], "#/servers/0 expected a server"],
    ["without a zone name", [{ url: "https://api.example" }], "#/servers/0 has no zone name"],
    [
      "of the same zone",
      [eu, { ...eu, url: "https://b.example" }],
      '#/servers/1 is a second server of the zone "eu"',
    ],
    [
      "with a zone that is no word",
      [{ ...eu, "x-zone": "__proto__" }],
      '#/servers/0 has "__proto__" for a zone name',
    ],
    ["with a zone that is a number", [{ ...eu, "x-zone": 1 }], "#/servers/0 has 1 for a zone name"],
    [
      "whose zone is a word of other letters",
      [{ ...eu, description: "São Zone" }],
      '#/servers/0 has "são" for a zone name',
    ],
    ["without a URL", [{ description: "EU Zone" }], "#/servers/0/url expected a URL"],
    [
      "over http",
      [{ ...eu, url: "http://api.example" }],
      '#/servers/0/url "http://api.example" is not an absolute https: URL',
    ],
    [
      "that are relative",
      [{ ...eu, url: "/v1" }],
      '#/servers/0/url "/v1" is not an absolute https: URL',
    ],
    [
      "that are no URL",
      [{ ...eu, url: "https://" }],
      '#/servers/0/url "https://" is not an absolute https: URL',
    ],
    [
      "with variables",
      [{ ...eu, url: "https://{zone}.example" }],
      '#/servers/0/url "https://{zone}.example" has variables',
    ],
    [
      "with a query",
      [{ ...eu, url: "https://api.example/?a" }],
      '#/servers/0/url "https://api.example/" has more than a host and a path',
    ],
    [
      "with a password, which is not repeated",
      [{ ...eu, url: "https://u:pw@api.example/" }],
      '#/servers/0/url "https://api.example/" has more than a host and a path',
    ],
  ])("%s", async (_, servers, message) => {
    const line = await refusal(documentWith({ servers }));
    expect(line).toContain(message);
    expect(line).not.toContain("pw@");
  });
});

describe("security is refused", () => {
  const scheme = (key: JsonObject): JsonObject =>
    documentWith({ components: { securitySchemes: { key } } });
  test.each<[string, JsonObject, string]>([
    ["that is basic", scheme({ type: "http", scheme: "basic" }), '"key" is http "basic"'],
    ["that is OAuth", scheme({ type: "oauth2", flows: {} }), '"key" is of type "oauth2"'],
    [
      "that is OpenID Connect",
      scheme({ type: "openIdConnect" }),
      '"key" is of type "openIdConnect"',
    ],
    ["that is a client certificate", scheme({ type: "mutualTLS" }), '"key" is of type "mutualTLS"'],
    [
      "that is a key in the query",
      scheme({ type: "apiKey", in: "query", name: "k" }),
      '"key" is an API key in "query"',
    ],
    [
      "that is a key in a cookie",
      scheme({ type: "apiKey", in: "cookie", name: "k" }),
      '"key" is an API key in "cookie"',
    ],
    [
      "that is a header of no name",
      scheme({ type: "apiKey", in: "header", name: "a b" }),
      'the header "a b", which cannot carry it',
    ],
    [
      "that is a header of another use",
      scheme({ type: "apiKey", in: "header", name: "Host" }),
      'the header "Host", which cannot carry it',
    ],
    [
      "that needs two schemes at once",
      documentWith({ security: [{ key: [], other: [] }] }),
      "#/security needs one scheme",
    ],
    [
      "that names a scheme that is not there",
      documentWith({ security: [{ other: [] }] }),
      '#/security names "other"',
    ],
    ["that is no list", documentWith({ security: { key: [] } }), "#/security expected a list"],
    ["that is missing", { ...documentWith(), security: null, components: {} }, "has no security"],
  ])("%s", async (_, document, message) => {
    expect(await refusal(document)).toContain(message);
  });
});

describe("operations are refused", () => {
  const get = (operationId?: Json): JsonObject => ({
    get: { ...(operationId !== undefined && { operationId }), responses: noContent },
  });
  const paths = (map: JsonObject): JsonObject => documentWith({ paths: map });
  test.each<[string, JsonObject, string]>([
    ["without an operationId", paths({ "/a": get() }), "#/paths/~1a/get has no operationId"],
    [
      "with a blank operationId",
      paths({ "/a": get(" ") }),
      "#/paths/~1a/get/operationId expected a name",
    ],
    [
      "with a number for an operationId",
      paths({ "/a": get(1) }),
      "#/paths/~1a/get/operationId expected a name",
    ],
    [
      "that share an operationId",
      paths({ "/a": get("x"), "/b": get("x") }),
      '#/paths/~1b/get/operationId "x" is taken by #/paths/~1a/get',
    ],
    [
      "that share an operationId with a webhook",
      documentWith({ openapi: "3.1.0", paths: { "/a": get("x") }, webhooks: { w: get("x") } }),
      '#/webhooks/w/get/operationId "x" is taken by #/paths/~1a/get',
    ],
    [
      "that two paths share by $ref",
      paths({ "/a": get("x"), "/b": { $ref: "#/paths/~1a" } }),
      '#/paths/~1b/get has the operationId "x" of GET /a',
    ],
    [
      "that stand beside a $ref",
      documentWith({
        paths: { "/a": { $ref: "#/components/pathItems/a", ...get("x") } },
        components: { pathItems: { a: get("y") } },
      }),
      "#/paths/~1a/get stands beside a $ref",
    ],
  ])("%s", async (_, document, message) => {
    expect(await refusal(document)).toContain(message);
  });

  test.each([
    ["things", "does not start with /"],
    ["/a?b=c", "a URL reads otherwise"],
    ["/a#b", "a URL reads otherwise"],
    ["/a?", "a URL reads otherwise"],
    ["/a/../b", "a URL reads otherwise"],
    ["/a/./b", "a URL reads otherwise"],
    ["/a/%2e%2E/b", "a URL reads otherwise"],
    ["/a\\b", "a URL reads otherwise"],
    ["/a\nb", "a URL reads otherwise"],
    ["/a\0b", "a URL reads otherwise"],
    ["/a b", "a URL reads otherwise"],
    ["/café", "a URL reads otherwise"],
    ["//host/a", "an empty segment"],
    ["/a//b", "an empty segment"],
    ["/a/{b", "a brace that has no partner"],
    ["/a/b}", "a brace that has no partner"],
    ["/a/{b{c}}", "a brace that has no partner"],
  ])("at the path %j", async (path, message) => {
    const line = await refusal(documentWith({ paths: { [path]: {} } }));
    expect(line).toContain(message);
    expect(line).toContain("#/paths/");
  });
});
