import type { JsonObject } from "../../../scripts/openapi/json.js";
import { documentWith, jsonOf } from "./harness.js";

const ref = (section: string, name: string): JsonObject => ({
  $ref: `#/components/${section}/${name}`,
});
const schema = (name: string): JsonObject => ref("schemas", name);
const inPath = (name: string, type = "string"): JsonObject => ({
  name,
  in: "path",
  required: true,
  schema: { type },
});
const answer = (content: JsonObject): JsonObject => ({ "200": { description: "OK", ...content } });

/** One path of many shapes, all of which the facade can carry. */
const shapes: ((index: number) => JsonObject)[] = [
  (index) => ({
    [`/things${index}`]: {
      get: {
        operationId: `list${index}`,
        parameters: [
          ref("parameters", "page"),
          { name: "tags", in: "query", schema: { type: "array", items: { type: "string" } } },
          { name: "X-Trace", in: "header", schema: { type: "string" } },
        ],
        responses: {
          ...answer(jsonOf({ type: "array", items: schema("Thing") })),
          default: ref("responses", "problem"),
        },
      },
      post: {
        operationId: `create${index}`,
        requestBody: ref("requestBodies", "thing"),
        responses: { "201": { description: "Created", ...jsonOf(schema("Thing")) } },
        "x-mint": { content: "<Note>Some <b>HTML</b></Note>" },
      },
    },
  }),
  (index) => ({
    [`/things${index}/{thingId}`]: {
      parameters: [inPath("thingId")],
      get: { operationId: `read${index}`, responses: answer(jsonOf(schema("Animal"), "*/*")) },
      put: {
        operationId: `replace${index}`,
        parameters: [{ ...inPath("thingId"), description: "Its own" }],
        requestBody: { required: true, ...jsonOf(schema("Animal")) },
        responses: answer(jsonOf(schema("Tree"), "application/json;charset=UTF-8")),
      },
      patch: {
        operationId: `change${index}`,
        requestBody: { ...jsonOf(schema("Loose"), "application/merge-patch+json") },
        responses: { "204": { description: "Changed" } },
      },
      delete: { operationId: `remove${index}`, responses: { "204": { description: "Gone" } } },
      head: { operationId: `probe${index}`, responses: answer({}) },
    },
  }),
  (index) => ({
    [`/search${index}/{kind}-{size}.json`]: {
      post: {
        operationId: `search/${index}`,
        parameters: [
          inPath("kind"),
          inPath("size", "integer"),
          {
            name: "filter",
            in: "query",
            required: true,
            style: "deepObject",
            schema: { type: "object", additionalProperties: { type: "string" } },
          },
        ],
        requestBody: {
          content: {
            "application/xml": { schema: { type: "string" } },
            "application/json": {
              schema: { type: "array", items: schema("Thing") },
              example: [{ id: "1", name: "One" }],
            },
          },
        },
        responses: {
          "200": { description: "OK", ...jsonOf({ oneOf: [schema("Thing"), { type: "string" }] }) },
          "202": { description: "Later" },
        },
      },
      options: {
        operationId: `allow${index}`,
        parameters: [inPath("kind"), inPath("size", "integer")],
        responses: { "2XX": { description: "OK" } },
      },
    },
  }),
];

/** A document of at least so many operations, of mixed shape. */
export function mixedDocument(operations: number, openapi = "3.0.3"): JsonObject {
  const paths: JsonObject = {};
  // Three shapes have nine operations together.
  for (let index = 0; index < Math.ceil(operations / 9); index += 1) {
    for (const shape of shapes) Object.assign(paths, shape(index));
  }
  return documentWith({ openapi, paths, components });
}

const components: JsonObject = {
  parameters: { page: { name: "page", in: "query", schema: { type: "integer", default: 1 } } },
  requestBodies: { thing: { required: true, ...jsonOf(schema("Thing")) } },
  responses: { problem: { description: "A problem", ...jsonOf({ type: "object" }) } },
  schemas: {
    Thing: {
      type: "object",
      required: ["id", "name"],
      properties: {
        id: { type: "string", readOnly: true },
        name: { type: "string", example: "One" },
        parent: schema("Thing"),
        access_token: { type: "string", writeOnly: true },
        labels: { type: "object", additionalProperties: { type: "string" } },
      },
    },
    Animal: {
      type: "object",
      required: ["kind"],
      properties: { kind: { type: "string" } },
      discriminator: { propertyName: "kind" },
      oneOf: [schema("Cat"), schema("Dog")],
    },
    Cat: {
      allOf: [schema("Animal"), { type: "object", properties: { lives: { type: "integer" } } }],
    },
    Dog: {
      allOf: [schema("Animal"), { type: "object", properties: { barks: { type: "boolean" } } }],
    },
    Tree: { type: "array", items: schema("Tree") },
    Loose: { anyOf: [schema("Thing"), { type: "object", additionalProperties: true }] },
  },
};
