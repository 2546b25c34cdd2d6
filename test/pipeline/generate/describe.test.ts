import { describe, expect, test } from "vitest";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { documentWith, factsOf, jsonOf, noContent, operationWith, reasonOf } from "./harness.js";

const inPath = (name: string, more: JsonObject = {}): JsonObject => ({
  name,
  in: "path",
  required: true,
  schema: { type: "string" },
  ...more,
});

describe("parameters", () => {
  test("are the path item's and the operation's, of which the operation's win", async () => {
    const facts = await factsOf(
      documentWith({
        paths: {
          "/a/{id}": {
            parameters: [inPath("id"), { name: "q", in: "query", required: true }],
            get: {
              operationId: "op",
              parameters: [{ name: "q", in: "query" }],
              responses: noContent,
            },
          },
        },
      }),
    );
    expect(facts.parameters).toEqual({
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
  ])("of the query with %j are written as %s, exploded: %s", async (how, style, explode) => {
    const { parameters } = await factsOf(
      operationWith({ parameters: [{ name: "q", in: "query", ...how }] }),
    );
    expect(parameters).toEqual({ q: { in: "query", required: false, style, explode } });
  });

  test("that the facade cannot carry are not offered where they are optional", async () => {
    const { parameters } = await factsOf(
      operationWith({
        parameters: [
          { name: "X-Trace", in: "header" },
          { name: "session", in: "cookie" },
          { name: "filter", in: "query", content: { "application/json": {} } },
          { name: "odd", in: "query", style: "matrix" },
        ],
      }),
    );
    expect(parameters).toEqual({});
  });

  test("in headers that OpenAPI has described elsewhere are ignored, required or not", async () => {
    const { parameters } = await factsOf(
      operationWith({
        parameters: ["Accept", "content-type", "Authorization"].map((name) => ({
          name,
          in: "header",
          required: true,
        })),
      }),
    );
    expect(parameters).toEqual({});
  });

  test("in the header that carries the API key are ignored", async () => {
    const document = operationWith({
      parameters: [{ name: "X-API-Key", in: "header", required: true }],
    });
    document.components = {
      securitySchemes: { key: { type: "apiKey", in: "header", name: "x-api-key" } },
    };
    expect(await reasonOf(document)).toBeUndefined();
  });

  test("named as prototypes name their properties are parameters like any other", async () => {
    const { parameters } = await factsOf(
      operationWith({
        parameters: ["__proto__", "constructor"].map((name) => ({ name, in: "query" })),
      }),
    );
    expect(Object.keys(parameters as JsonObject)).toEqual(["__proto__", "constructor"]);
  });
});

describe("an operation is left out, with the reason", () => {
  const withParameter = (parameter: JsonObject, path = "/things/{id}"): JsonObject =>
    operationWith({ parameters: [parameter] }, path);
  test.each<[string, JsonObject, string]>([
    [
      "for a required header",
      withParameter({ name: "X-A", in: "header", required: true }, "/a"),
      'it requires the header parameter "X-A"',
    ],
    [
      "for a required cookie",
      withParameter({ name: "a", in: "cookie", required: true }, "/a"),
      'it requires the cookie parameter "a"',
    ],
    [
      "for a required query parameter of a content",
      withParameter(
        { name: "q", in: "query", required: true, content: { "application/json": {} } },
        "/a",
      ),
      'it requires the query parameter "q" in an encoding of its own',
    ],
    [
      "for a parameter named body",
      withParameter({ name: "body", in: "query" }, "/a"),
      'it has a parameter named "body"',
    ],
    [
      "for two parameters of one name",
      operationWith({ parameters: [inPath("id"), { name: "id", in: "query" }] }, "/a/{id}"),
      'it has two parameters named "id"',
    ],
    [
      "for a path parameter of another style",
      withParameter(inPath("id", { style: "matrix" })),
      'its path parameter "id" has the style matrix',
    ],
    [
      "for a path parameter of a content",
      withParameter(inPath("id", { content: { "application/json": {} } })),
      'its path parameter "id" has an encoding of its own',
    ],
    [
      "for a path parameter that is a list",
      withParameter(inPath("id", { schema: { type: "array" } })),
      'its path parameter "id" is not text or a number',
    ],
    [
      "for a path parameter that may be a flag",
      withParameter(inPath("id", { schema: { type: ["string", "boolean"] } })),
      'its path parameter "id" is not text or a number',
    ],
    [
      "for a placeholder without a parameter",
      operationWith({}, "/a/{id}"),
      "its path has {id}, which no path parameter declares",
    ],
    [
      "for a placeholder whose parameter is in the query",
      withParameter({ name: "id", in: "query" }),
      "its path has {id}, which no path parameter declares",
    ],
    [
      "for a parameter without a placeholder",
      withParameter(inPath("id"), "/a"),
      "its path has no {id}, which a path parameter declares",
    ],
    [
      "for a placeholder that is there twice",
      withParameter(inPath("id"), "/a/{id}/{id}"),
      "its path has a placeholder twice",
    ],
    [
      "for a placeholder of a URI template",
      withParameter(inPath(";id"), "/a/{;id}"),
      "its placeholder {;id} is not a plain name",
    ],
    [
      "for a body that is not JSON",
      operationWith({ requestBody: { content: { "multipart/form-data": {} } } }),
      "its request body is not JSON",
    ],
    [
      "for a body that fetch would not send",
      operationWith({ requestBody: jsonOf({}) }, "/a", "get"),
      "fetch sends no body with GET",
    ],
    [
      "for a success that is not JSON",
      operationWith({ responses: { "200": { description: "", content: { "text/csv": {} } } } }),
      "its success is not JSON",
    ],
    [
      "for one success of two that is not JSON",
      operationWith({
        responses: { "200": { ...jsonOf({}) }, "206": { content: { "text/csv": {} } } },
      }),
      "its success is not JSON",
    ],
    [
      "for no success at all",
      operationWith({ responses: { "302": { description: "" } } }),
      "it promises no success (2xx)",
    ],
    ["for TRACE", operationWith({}, "/a", "trace"), "fetch does not send TRACE"],
    ["for no security", operationWith({ security: [] }), "its security is not the document's"],
    [
      "for another security",
      operationWith({ security: [{ other: [] }] }),
      "its security is not the document's",
    ],
    [
      "for more security",
      operationWith({ security: [{ key: [], other: [] }] }),
      "its security is not the document's",
    ],
    [
      "for servers of its own",
      operationWith({ servers: [{ url: "https://b.example" }] }),
      "its servers are not the document's",
    ],
  ])("%s", async (_, document, reason) => {
    expect(await reasonOf(document)).toBe(reason);
  });

  test("for servers of its path item", async () => {
    const document = documentWith({
      paths: {
        "/a": {
          servers: [{ url: "https://b.example" }],
          get: { operationId: "op", responses: noContent },
        },
      },
    });
    expect(await reasonOf(document)).toBe("its servers are not the document's");
  });
});

describe("an operation is carried", () => {
  test.each<[string, JsonObject]>([
    [
      "with the document's security among others",
      operationWith({ security: [{ other: [] }, { key: ["scope"] }] }),
    ],
    [
      "with the document's servers again",
      operationWith({ servers: [{ url: "https://api.example/v1" }] }),
    ],
    [
      "with a path parameter of which nothing is said",
      operationWith({ parameters: [{ name: "id", in: "path", required: true }] }, "/a/{id}"),
    ],
    [
      "with a path parameter of an empty schema",
      operationWith({ parameters: [inPath("id", { schema: {} })] }, "/a/{id}"),
    ],
    [
      "with a number in its path",
      operationWith({ parameters: [inPath("id", { schema: { type: "integer" } })] }, "/a/{id}"),
    ],
    [
      "with two placeholders in one segment",
      operationWith({ parameters: [inPath("a"), inPath("b")] }, "/{a}-{b}.json"),
    ],
  ])("%s", async (_, document) => {
    expect(await reasonOf(document)).toBeUndefined();
  });
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
  ])("among %j is %s", async (mediaTypes, chosen) => {
    const content = Object.fromEntries(mediaTypes.map((type) => [type, {}]));
    const { body } = await factsOf(operationWith({ requestBody: { content } }));
    expect(body).toMatchObject({ mediaType: chosen, required: false });
  });

  test.each(["application/x-ndjson", "application/json-seq", "text/*", "application/jsonp"])(
    "is not JSON as %s",
    async (mediaType) => {
      const document = operationWith({ requestBody: jsonOf({}, mediaType) });
      expect(await reasonOf(document)).toBe("its request body is not JSON");
    },
  );
});

describe("the success of an operation", () => {
  const success = async (responses: JsonObject, method = "get"): Promise<Json | undefined> =>
    (await factsOf(operationWith({ responses }, "/a", method))).success;

  test("is what all 2xx responses promise together", async () => {
    const responses = {
      "200": jsonOf({ type: "object" }),
      "201": {
        content: { "application/hal+json": { schema: { type: "array" } }, "text/html": {} },
      },
      "204": { description: "" },
      default: jsonOf({ type: "string" }),
    };
    expect(await success(responses)).toEqual({
      mediaTypes: ["application/json", "application/hal+json"],
      kinds: ["object", "array"],
      empty: true,
    });
  });

  test.each(["2XX", "2xx", "default"])("may be promised as %s", async (status) => {
    expect(await success({ [status]: jsonOf({ type: "array" }) })).toEqual({
      mediaTypes: ["application/json"],
      kinds: ["array"],
      empty: false,
    });
  });

  test("of HEAD has no content, whatever is promised", async () => {
    expect(await success({ "200": jsonOf({}, "text/plain") }, "head")).toEqual({
      mediaTypes: [],
      kinds: [],
      empty: true,
    });
  });

  test("that may be anything is asked for as JSON", async () => {
    expect(await success({ "200": jsonOf({ type: "object" }, "*/*") })).toMatchObject({
      mediaTypes: ["application/json"],
      kinds: ["object"],
    });
  });
});
