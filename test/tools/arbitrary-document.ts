import fc from "fast-check";
import type { Json, JsonObject } from "../../scripts/openapi/json.js";
import { documentWith } from "../pipeline/generate/harness.js";

const named = (name: string, section = "schemas"): JsonObject => ({
  $ref: `#/components/${section}/${name}`,
});
const plain = fc.constantFrom<JsonObject>(
  { type: "string" },
  { type: "integer", format: "int64" },
  { type: "number" },
  { type: "boolean" },
  { type: "string", enum: ["on", "off's"] },
);

/** A schema of any kind, one inside another. */
const { schema } = fc.letrec<{ schema: JsonObject; object: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small" },
    plain,
    fc.constantFrom(...["Node", "Loop", "Choice", "Thing", "Animal"].map((name) => named(name))),
    tie("schema").map((items) => ({ type: "array", items })),
    tie("object"),
    tie("schema").map((additionalProperties) => ({ type: "object", additionalProperties })),
    tie("object").map((part) => ({ allOf: [named("Node"), part] })),
    fc.tuple(tie("schema"), plain).map((anyOf) => ({ anyOf })),
  ),
  object: fc
    .dictionary(fc.stringMatching(/^[a-z][a-zA-Z_.-]{0,6}$/), tie("schema"), { maxKeys: 4 })
    .map((properties) => ({ type: "object", properties, required: Object.keys(properties) })),
}));

const list = plain.map((items) => ({ type: "array", items }));
const styled = (style: string | null, explode: boolean | null): JsonObject => ({
  ...(style !== null && { style }),
  ...(explode !== null && { explode }),
});

/** What a query parameter says of itself, beside its name. */
const query = fc
  .oneof(
    fc.record({ schema: plain, more: fc.constantFrom(styled(null, null), styled("form", false)) }),
    fc.record({
      schema: list,
      more: fc
        .tuple(
          fc.constantFrom(null, "form", "spaceDelimited", "pipeDelimited"),
          fc.constantFrom(null, true, false),
        )
        .map(([style, explode]) => styled(style, explode)),
    }),
  )
  .chain(({ schema, more }) => fc.boolean().map((required) => ({ schema, required, ...more })));

const media = ["application/json", "application/vnd.a.b+json;v=1", "text/json"];
const contentIn = (types: readonly string[]): fc.Arbitrary<JsonObject> =>
  fc.tuple(fc.constantFrom(...types), schema, fc.boolean()).map(([type, schema, isOneOfTwo]) => ({
    content: {
      ...(isOneOfTwo && type !== "*/*" && { "application/xml": { schema: { type: "string" } } }),
      [type]: { schema },
    },
  }));
const name = fc.stringMatching(/^[a-z][a-zA-Z_-]{0,8}$/);
const oddName = fc.constantFrom("a.b", "x[]", "$id", "0", "if", "Ünï", "a b", "é&=");
// TypeScript finds these in every object, so an optional parameter of such a name has no good type.
const inheritedName = fc.constantFrom("constructor", "toString", "hasOwnProperty");

/** Of the parameters: the first two stand in the path, the others in the query. */
const names = fc
  .tuple(
    fc.oneof(name, oddName, inheritedName),
    fc.array(fc.oneof(name, oddName), { minLength: 1, maxLength: 5 }),
  )
  .map(([first, rest]) => [...new Set([first, ...rest, "last"])])
  .filter((all) => !all.includes("body"));

const operation = fc.record({
  method: fc.constantFrom("get", "put", "post", "patch", "delete", "options", "head"),
  names,
  pathType: fc.constantFrom("string", "integer"),
  isSplit: fc.boolean(),
  queries: fc.array(query, { minLength: 6, maxLength: 6 }),
  /** Whether the path item declares what is in the path, and a component one more parameter. */
  isShared: fc.boolean(),
  request: fc.option(
    fc.oneof(
      fc
        .tuple(contentIn(media), fc.boolean())
        .map(([body, required]): JsonObject => ({ required, ...body })),
      fc.constant(named("thing", "requestBodies")),
    ),
  ),
  status: fc.constantFrom("200", "201", "2XX"),
  response: fc.option(contentIn([...media, "*/*"])),
});

/** A document of so many operations, each with what a seed gives it. */
export function randomDocument(count: number, seed: number, openapi: string): JsonObject {
  const paths: JsonObject = {};
  for (const [index, shape] of fc.sample(operation, { numRuns: count, seed }).entries()) {
    const { method, names, pathType, isSplit, isShared, queries, request, status } = shape;
    const [first = "", second = "", ...rest] = names;
    const inPath = [first, second].map((name): JsonObject => ({
      ...{ name, in: "path", required: true, schema: { type: pathType } },
    }));
    const declared = isShared ? [...more] : inPath;
    paths[`/random/${index}/{${first}}${isSplit ? "/of/" : "~"}{${second}}`] = {
      ...(isShared && { parameters: inPath }),
      [method]: {
        operationId: `random${index}`,
        parameters: [
          ...declared,
          ...rest.map((name, at): Json => ({ name, in: "query", ...queries[at] })),
        ],
        ...(request && !["get", "head"].includes(method) && { requestBody: request }),
        responses: {
          [status]: { description: "done", ...shape.response },
          default: named("problem", "responses"),
        },
        "x-mint": { content: "<Note>Some <b>HTML</b></Note>" },
      },
    };
  }
  return documentWith({ openapi, paths, components });
}

/** Parameters that every operation can have beside its own. */
const more: Json[] = [
  named("page", "parameters"),
  { name: "X-Trace", in: "header", schema: { type: "string" } },
];

const json = (schema: JsonObject): JsonObject => ({ content: { "application/json": { schema } } });
const heir = (properties: JsonObject): JsonObject => ({
  allOf: [named("Animal"), { type: "object", properties }],
});

const components: JsonObject = {
  parameters: { page: { name: "PAGE", in: "query", schema: { type: "integer", default: 1 } } },
  requestBodies: { thing: { required: true, ...json(named("Thing")) } },
  responses: { problem: { description: "A problem", ...json({ type: "object" }) } },
  schemas: {
    Node: { type: "object", properties: { next: named("Node"), label: { type: "string" } } },
    Loop: { type: "array", items: named("Loop") },
    Choice: { oneOf: [named("Node"), { type: "array", items: { type: "integer" } }] },
    Thing: {
      type: "object",
      required: ["id", "name"],
      properties: {
        id: { type: "string", readOnly: true },
        name: { type: "string", example: "One" },
        parent: named("Thing"),
        access_token: { type: "string", writeOnly: true },
      },
    },
    Animal: {
      type: "object",
      required: ["kind"],
      properties: { kind: { type: "string" } },
      discriminator: { propertyName: "kind" },
      oneOf: [named("Cat"), named("Dog")],
    },
    Cat: heir({ lives: { type: "integer" } }),
    Dog: heir({ barks: { type: "boolean" } }),
  },
};
