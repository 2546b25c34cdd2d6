import { describe, expect, test } from "vitest";

import {
  eu,
  id,
  type OperationParts,
  type Parts,
  pathEntry,
  pathOf,
  reported,
  specOf,
  us,
} from "./harness.js";

/** A change of a spec, by what it changes. */
type Change = readonly [title: string, old: Parts, next: Parts, lines: readonly string[]];

const op = (parts: OperationParts): Parts => ({ paths: pathOf(parts) });
const query = (name: string, schema = "{ type: string }", required = false): string =>
  `{ name: ${name}, in: query, required: ${required}, schema: ${schema} }`;
const name = (schema: string, required = ""): string =>
  `{ type: object, properties: { name: ${schema} }, required: [${required}] }`;
const text = "{ type: string }";
const listThings = pathEntry({ at: "/things", method: "get", id: "listThings", parameters: "[]" });

const breaks: Change[] = [
  [
    "an input property of another type",
    op({ body: name(text) }),
    op({ body: name("{ type: number }") }),
    ["major  saveThing input body.name: string → number"],
  ],
  [
    "an input that may no longer be null",
    op({ body: name("{ type: [string, 'null'] }") }),
    op({ body: name(text) }),
    ["major  saveThing input body.name: string | null → string"],
  ],
  [
    "a parameter of another type",
    op({}),
    op({ parameters: `[${id.replace("string", "integer")}]` }),
    ["major  saveThing input id: string → number"],
  ],
  [
    "a new parameter that is required",
    op({}),
    op({ parameters: `[${id}, ${query("since", text, true)}]` }),
    ["major  saveThing input since: new, required: string"],
  ],
  [
    "a parameter that was optional and is required",
    op({ parameters: `[${id}, ${query("since")}]` }),
    op({ parameters: `[${id}, ${query("since", text, true)}]` }),
    ["major  saveThing input since: optional → required"],
  ],
  [
    "an optional parameter that is gone",
    op({ parameters: `[${id}, ${query("since")}]` }),
    op({}),
    ["major  saveThing input since: gone, was string"],
  ],
  [
    "the only parameter of an operation that is gone",
    op({ at: "/things", method: "get", parameters: `[${query("since")}]` }),
    op({ at: "/things", method: "get", parameters: "[]" }),
    ["major  saveThing input since: gone, was string"],
  ],
  [
    "a new body that is required",
    op({}),
    op({ body: name(text) }),
    ["major  saveThing input body: new, required: { name?: string }"],
  ],
  [
    "a body that was optional and is required",
    op({ body: name(text), isBodyRequired: false }),
    op({ body: name(text) }),
    ["major  saveThing input body: optional → required"],
  ],
  [
    "a body that is gone",
    op({ body: name(text) }),
    op({}),
    ["major  saveThing input body: gone, was { name?: string }"],
  ],
  [
    "a new input property that is required",
    op({ body: "{ type: object, properties: { a: { type: string } } }" }),
    op({
      body: "{ type: object, required: [b], properties: { a: { type: string }, b: { type: string } } }",
    }),
    ["major  saveThing input body.b: new, required: string"],
  ],
  [
    "an input property that was optional and is required",
    op({ body: name(text) }),
    op({ body: name(text, "name") }),
    ["major  saveThing input body.name: optional → required"],
  ],
  [
    "an optional input property that is gone, which literals may hold",
    op({
      body: "{ type: object, required: [a], properties: { a: { type: string }, b: { type: string } } }",
    }),
    op({ body: "{ type: object, required: [a], properties: { a: { type: string } } }" }),
    ["major  saveThing input body.b: gone, was string"],
  ],
  [
    "an input value that is gone",
    op({ body: name("{ enum: [a, b] }") }),
    op({ body: name("{ enum: [a] }") }),
    ['major  saveThing input body.name: "a" | "b" → "a"'],
  ],
  [
    "an output property of a wider type",
    op({ result: name(text) }),
    op({ result: name("{ type: [string, 'null'] }") }),
    ["major  saveThing output name: string → string | null"],
  ],
  [
    "an output value that is new",
    op({ result: name("{ enum: [a] }") }),
    op({ result: name("{ enum: [a, b] }") }),
    ['major  saveThing output name: "a" → "a" | "b"'],
  ],
  [
    "an output property that is gone",
    op({ result: "{ type: object, properties: { a: { type: string }, b: { type: string } } }" }),
    op({ result: "{ type: object, properties: { a: { type: string } } }" }),
    ["major  saveThing output b: gone, was string"],
  ],
  [
    "an output property that was required and is optional",
    op({ result: name(text, "name") }),
    op({ result: name(text) }),
    ["major  saveThing output name: required → optional"],
  ],
  [
    "a result that there may not be",
    op({ result: text }),
    op({}),
    ["major  saveThing output: string → undefined"],
  ],
  [
    "an operation that is gone",
    { paths: `{ ${pathEntry({})}, ${listThings} }` },
    op({}),
    ["major  listThings: gone, was GET /things"],
  ],
  [
    "an operation that the facade can no longer carry",
    { paths: `{ ${pathEntry({})}, ${listThings} }` },
    {
      paths: `{ ${pathEntry({})}, ${listThings.replace("parameters: []", "parameters: [{ name: tenant, in: header, required: true, schema: { type: string } }]")} }`,
    },
    ["major  listThings: gone, was GET /things"],
  ],
  [
    "an operation of another name",
    op({}),
    op({ id: "replaceThing" }),
    ["major  saveThing: renamed to replaceThing (PUT /things/{id})"],
  ],
  [
    "a path parameter of another name",
    op({}),
    op({ at: "/things/{thingId}", parameters: `[${id.replace("name: id", "name: thingId")}]` }),
    ["major  saveThing input id: renamed to thingId"],
  ],
  [
    "a query parameter of another name",
    op({ parameters: `[${id}, ${query("since")}]` }),
    op({ parameters: `[${id}, ${query("after")}]` }),
    [
      "major  saveThing input since: gone, was string",
      "minor  saveThing input after: new, optional: string",
    ],
  ],
  ["a zone that is gone", {}, { servers: `[${us}]` }, ["major  zones.eu: gone"]],
  [
    "a zone of another name",
    {},
    { servers: `[${us}, ${eu.replace("EU", "Europe")}]` },
    ["major  zones.eu: renamed to europe, which has the same URL"],
  ],
  ["another default zone", {}, { servers: `[${eu}, ${us}]` }, ["major  defaultZone: us → eu"]],
];

const additions: Change[] = [
  [
    "a new operation",
    op({}),
    { paths: `{ ${pathEntry({})}, ${listThings} }` },
    ["minor  listThings: new: GET /things"],
  ],
  ["a new zone", { servers: `[${us}]` }, {}, ["minor  zones.eu: new"]],
  [
    "a new parameter that is optional",
    op({}),
    op({ parameters: `[${id}, ${query("since")}]` }),
    ["minor  saveThing input since: new, optional: string"],
  ],
  [
    "the first parameter of an operation, which is optional",
    op({ at: "/things", method: "get", parameters: "[]" }),
    op({ at: "/things", method: "get", parameters: `[${query("since")}]` }),
    ["minor  saveThing input since: new, optional: string"],
  ],
  [
    "a parameter that was required and is optional",
    op({ parameters: `[${id}, ${query("since", text, true)}]` }),
    op({ parameters: `[${id}, ${query("since")}]` }),
    ["minor  saveThing input since: required → optional"],
  ],
  [
    "a new body that is optional",
    op({}),
    op({ body: name(text), isBodyRequired: false }),
    ["minor  saveThing input body: new, optional: { name?: string }"],
  ],
  [
    "a body that was required and is optional",
    op({ body: name(text) }),
    op({ body: name(text), isBodyRequired: false }),
    ["minor  saveThing input body: required → optional"],
  ],
  [
    "an input property that was required and is optional",
    op({ body: name(text, "name") }),
    op({ body: name(text) }),
    ["minor  saveThing input body.name: required → optional"],
  ],
  [
    "a new input property that is optional",
    op({ body: "{ type: object, properties: { a: { type: string } } }" }),
    op({ body: "{ type: object, properties: { a: { type: string }, b: { type: string } } }" }),
    ["minor  saveThing input body.b: new, optional: string"],
  ],
  [
    "an input property of a wider type",
    op({ body: name(text) }),
    op({ body: name("{ type: [string, number] }") }),
    ["minor  saveThing input body.name: string → string | number"],
  ],
  [
    "a new output property",
    op({ result: "{ type: object, properties: { a: { type: string } } }" }),
    op({ result: "{ type: object, properties: { a: { type: string }, b: { type: string } } }" }),
    ["minor  saveThing output b: new: string"],
  ],
  [
    "an output property that was optional and is required",
    op({ result: name(text) }),
    op({ result: name(text, "name") }),
    ["minor  saveThing output name: optional → required"],
  ],
  [
    "an output property of a narrower type",
    op({ result: name("{ type: [string, 'null'] }") }),
    op({ result: name(text) }),
    ["minor  saveThing output name: string | null → string"],
  ],
];

const hidden: Change[] = [
  ["nothing", op({}), op({}), []],
  [
    "text",
    op({ body: name(text) }),
    {
      title: "Other",
      ...op({ body: name("{ type: string, description: A name }"), summary: "Stores" }),
    },
    [],
  ],
  [
    "the name of a schema",
    { ...op({ body: '{ $ref: "#/components/schemas/A" }' }), schemas: `{ A: ${name(text)} }` },
    { ...op({ body: '{ $ref: "#/components/schemas/B" }' }), schemas: `{ B: ${name(text)} }` },
    [],
  ],
  ["a schema that no operation uses", op({}), { ...op({}), schemas: `{ A: ${name(text)} }` }, []],
  [
    "the path",
    op({}),
    op({ at: "/objects/{id}" }),
    ["patch  saveThing path: /things/{id} → /objects/{id}"],
  ],
  ["the method", op({}), op({ method: "patch" }), ["patch  saveThing method: PUT → PATCH"]],
  [
    "media types",
    op({ body: name(text), result: name(text), responseType: "*/*" }),
    op({
      body: name(text),
      requestType: "application/vnd.thing+json",
      result: name(text),
      responseType: "application/hal+json",
    }),
    [
      "patch  saveThing request media type: application/json → application/vnd.thing+json",
      "patch  saveThing response media types: application/json → application/hal+json",
    ],
  ],
  [
    "the URL of a zone",
    {},
    { servers: `[${us}, ${eu.replace("v1", "v2")}]` },
    ["patch  zones.eu: https://eu.example/v1 → https://eu.example/v2"],
  ],
  [
    "how the API key is sent",
    {},
    { scheme: "{ type: apiKey, in: header, name: X-Api-Key }" },
    ["patch  auth: authorization: Bearer → x-api-key:"],
  ],
  [
    "an optional header, which the facade does not send",
    op({}),
    op({ parameters: `[${id}, { name: trace, in: header, schema: { type: string } }]` }),
    [],
  ],
];

describe.each([
  ["major", breaks],
  ["minor", additions],
  ["patch", hidden],
] as const)("%s", (verdict, changes) => {
  test.each<Change>(changes)("%s", async (_, old, next, lines) => {
    expect(await reported(specOf(old), specOf(next))).toEqual([...lines, verdict]);
  });
});
