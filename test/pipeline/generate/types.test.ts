import openapiTypescript, { astToString, type OpenAPI3 } from "openapi-typescript";
import { expect, test } from "vitest";

import { format } from "../../../scripts/generate/write/format.js";
import type { JsonObject } from "../../../scripts/openapi/json.js";
import { documentWith, generated, jsonOf, noContent, typeErrors } from "./harness.js";

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...{ type: "object", properties },
  ...more,
});
const text = { type: "string" };
const operation = (operationId: string, body?: JsonObject, responses?: JsonObject): JsonObject => ({
  ...{ operationId, responses: responses ?? noContent },
  ...(body && { requestBody: { required: true, ...jsonOf(body) } }),
});

/** The type errors in a module that uses the types of a document. */
async function errorsIn(document: JsonObject, use: string): Promise<readonly string[]> {
  const { files, leftOut } = await generated(document);
  expect(leftOut.filter((line) => !line.startsWith("the optional"))).toEqual([]);
  const head = `import type { Inputs, Results } from "./spec.js";
    import type { components } from "./paths.js";
    export type Schemas = components["schemas"];
    export type { Inputs, Results };\n`;
  return typeErrors(files, head + use);
}

const withSchemas = (schemas: JsonObject): JsonObject =>
  documentWith({ openapi: "3.1.0", components: { schemas } });

test("types are openapi-typescript's, where nothing in the spec asks for looser ones", async () => {
  const put = {
    ...operation("op", ref("A"), {
      "200": { description: "OK", ...jsonOf({ type: "array", items: ref("A") }) },
    }),
    ...{ summary: "Puts", description: "Puts\nit.", deprecated: true },
  };
  const parameters = [{ name: "id", in: "path", required: true, schema: text }];
  const properties = {
    a: { ...text, enum: ["x", "y"], default: "x", example: { deep: [1] } },
    b: { type: "integer", format: "int64", nullable: true, title: "B" },
    c: { allOf: [ref("B"), object({ d: { type: "boolean" } })] },
    e: { type: "object", additionalProperties: { type: "number" } },
    f: { oneOf: [ref("B"), text], description: "F", deprecated: true },
  };
  const document = documentWith({
    paths: { "/a/{id}": { parameters, put } },
    components: {
      schemas: { A: object(properties, { required: ["a"] }), B: object({ a: ref("A") }) },
    },
  });
  const nodes = await openapiTypescript(document as unknown as OpenAPI3, {
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
  });
  const { files } = await generated(document);
  expect(files.get("paths.ts")).toBe(await format(astToString(nodes)));
});

test("types are never stricter than the schema", async () => {
  const list = { type: "array", prefixItems: [text] };
  const patterns = { type: "object", patternProperties: { "^x": text } };
  const document = withSchemas({
    Default: object({ a: { ...text, default: "x" } }),
    Anything: { type: "object" },
    Listed: object({ a: { type: "number" } }, { additionalProperties: text }),
    Pattern: patterns,
    ClosedPattern: { ...patterns, additionalProperties: false },
    Tuple: list,
    ClosedTuple: { ...list, items: false },
    ExactTuple: { ...list, items: false, minItems: 1 },
    OldTuple: { type: "array", items: [text], additionalItems: false, minItems: 1 },
    OddType: { type: "file" },
    ObjectEnum: { type: "object", enum: [{ a: 1 }] },
    Booleans: object({ yes: true, no: false }, { allOf: [true] }),
    Defs: object({ b: ref("Defs/$defs/a") }, { $defs: { a: text } }),
    Nullable: object({ a: text }, { type: ["object", "null"] }),
    RequiredOfNullable: { allOf: [ref("Nullable")], required: ["a"] },
    RequiredOfPrototype: { allOf: [ref("Default")], required: ["toString", "constructor"] },
    RequiredAsFlag: object({ a: { ...text, required: true } }),
  });
  const use = `
    export const defaulted: Schemas["Default"] = {};
    export const anything: Schemas["Anything"] = { a: 1, b: "2" };
    export const listed: Schemas["Listed"] = { a: 1, b: "2" };
    export const pattern: Schemas["Pattern"] = { x1: "a", y: 1 };
    export const closedPattern: Schemas["ClosedPattern"] = { x1: "a" };
    // @ts-expect-error
    export const notInPattern: Schemas["ClosedPattern"] = { x1: 1 };
    export const tuples: (Schemas["Tuple"] & Schemas["ClosedTuple"])[] = [[], ["a"], ["a", 1]];
    export const exact: (Schemas["ExactTuple"] & Schemas["OldTuple"])[] = [["a"]];
    // @ts-expect-error
    export const notExact: Schemas["ExactTuple"] = [];
    export const oddType: Schemas["OddType"] = "a";
    export const objectEnum: Schemas["ObjectEnum"] = { a: 1 };
    export const booleans: Schemas["Booleans"] = { yes: 1, no: 2 };
    export const defs: Schemas["Defs"] = { b: "c" };
    // @ts-expect-error
    export const notDefs: Schemas["Defs"] = { b: 1 };
    export const nullable: Schemas["RequiredOfNullable"][] = [{ a: "b" }, null];
    export const prototype: Schemas["RequiredOfPrototype"] = { a: "b" };
    export const flag: Schemas["RequiredAsFlag"] = {};`;
  expect(await errorsIn(document, use)).toEqual([]);
});

test("what is read-only is not demanded of a request, nor what is write-only promised", async () => {
  const properties = {
    id: { ...text, readOnly: true },
    ref: ref("ReadOnly"),
    pin: { ...text, writeOnly: true },
    name: text,
  };
  const whole = object(properties, { required: ["id", "ref", "pin", "name"] });
  const received = { "200": { description: "", ...jsonOf(ref("Received")) } };
  const document = documentWith({
    paths: {
      "/a": {
        post: operation("op", ref("Sent"), received),
        put: operation("inherited", { allOf: [ref("Base")], required: ["id"] }),
      },
    },
    components: {
      schemas: {
        ReadOnly: { ...text, readOnly: true },
        Sent: whole,
        Received: whole,
        Base: object(properties),
      },
    },
  });
  const use = `
    export const sent: Inputs["op"] = { body: { name: "a", pin: "b" } };
    // @ts-expect-error
    export const noPin: Inputs["op"] = { body: { name: "a" } };
    export const inherited: Inputs["inherited"] = { body: {} };
    declare const received: Results["op"];
    export const promised: string[] = [received.id, received.ref, received.name];
    // @ts-expect-error
    export const notPromised: string = received.pin;`;
  expect(await errorsIn(document, use)).toEqual([]);
});

test("schemas that are made of themselves have types, and keep what they can", async () => {
  const map = (name: string) => ({ type: "object", additionalProperties: ref(name) });
  const list = (name: string) => ({ type: "array", items: ref(name) });
  const document = withSchemas({
    Tree: object({ children: list("Tree") }),
    Map: map("Map"),
    List: list("List"),
    Json: { oneOf: [text, list("Json"), map("Json")] },
    Itself: { allOf: [ref("Itself"), object({ a: text })] },
    Pet: {
      ...object({ kind: text, name: text }, { required: ["kind"] }),
      oneOf: [ref("Cat"), ref("Dog")],
      discriminator: { propertyName: "kind", mapping: { cat: "Cat", dog: ref("Dog").$ref ?? "" } },
    },
    Cat: { allOf: [ref("Pet"), object({ lives: { type: "number" } })] },
    Dog: { allOf: [ref("Pet"), object({ barks: { type: "boolean" } })] },
  });
  const use = `
    export const tree: Schemas["Tree"] = { children: [{ children: [] }] };
    // @ts-expect-error
    export const noTree: Schemas["Tree"] = { children: [{ children: 1 }] };
    export const map: Schemas["Map"] = { a: { b: {} } };
    export const list: Schemas["List"] = [[], [[]]];
    export const json: Schemas["Json"] = { a: ["b", { c: "d" }] };
    export const itself: Schemas["Itself"] = { a: "b" };
    export function aboutPet(pet: Schemas["Pet"]): string | number | boolean | undefined {
      if (pet.name === "x") return pet.name;
      return pet.kind === "cat" ? pet.lives : pet.barks;
    }
    export const cat: Schemas["Cat"] = { kind: "cat", name: "Tom", lives: 9 };
    // @ts-expect-error
    export const noCat: Schemas["Cat"] = { kind: "dog" };`;
  expect(await errorsIn(document, use)).toEqual([]);
});

test("a $ref leads to any place in the file, however its names are spelled", async () => {
  const name = "a b/~%{x}#é";
  const escaped = encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
  const inline = "#/paths/~1a/post/requestBody/content/application~1json/schema/properties";
  const second = object({
    deep: { $ref: `${inline}/${escaped}` },
    named: ref(escaped),
    half: ref("100%25"),
    hash: ref("%23~1x"),
  });
  const document = documentWith({
    paths: {
      "/a": { post: operation("first", object({ [name]: { type: "number" } })) },
      "/b": {
        post: operation("second", second, { "200": { $ref: "#/paths/~1a/post/responses/204" } }),
      },
    },
    components: {
      schemas: {
        [name]: { type: "boolean" },
        "100%": object({ "50%": object({ a: ref("100%25") }) }),
        "#/x": object({ "#": object({ "%": {} }) }),
      },
    },
  });
  const use = `
    const half = { "50%": { a: {} } };
    const hash = { "#": { "%": 1 } };
    export const good: Inputs["second"] = { body: { deep: 1, named: true, half, hash } };
    // @ts-expect-error
    export const deep: Inputs["second"] = { body: { deep: true } };
    // @ts-expect-error
    export const named: Inputs["second"] = { body: { named: 1 } };
    export const result: Results["second"] = undefined;`;
  expect(await errorsIn(document, use)).toEqual([]);
});

test("an operation's input and result are typed, of each media type and status", async () => {
  const parameter = (name: string, where: string, schema: JsonObject = text): JsonObject => ({
    ...{ name, in: where, required: where === "path", schema },
  });
  const q = parameter("q", "query");
  const hal = { "application/hal+json": { schema: { type: "boolean" } }, "text/css": {} };
  const post = {
    operationId: "aB",
    parameters: [q, parameter("skipped", "header")],
    requestBody: jsonOf(text, "*/*"),
    responses: {
      "200": { description: "", ...jsonOf(object({ a: {} })) },
      "2XX": { description: "", content: hal },
      "204": { description: "" },
      default: { description: "", ...jsonOf(text) },
    },
  };
  const anything = { default: { description: "", ...jsonOf({ type: "number" }, "*/*") } };
  const document = documentWith({
    paths: {
      "/a/{id}": {
        parameters: [parameter("id", "path", { type: "number" })],
        post,
        delete: operation("default", undefined, anything),
      },
      "/b": {
        get: { ...operation("none"), parameters: [{ ...q, required: true }] },
        head: operation("head", undefined, { "200": { description: "", ...jsonOf({}) } }),
      },
    },
  });
  const use = `
    type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
    export const inputs: Inputs["aB"][] = [
      { id: 1 },
      { id: 1, q: "x", body: "y" },
      // @ts-expect-error
      { q: "x" },
      // @ts-expect-error
      { id: 1, skipped: "x" },
    ];
    export const results: Equal<Results["aB"], { a?: unknown } | boolean | undefined> = true;
    export const byDefault: Equal<Results["default"], number> = true;
    export const empty: Equal<Results["none"] | Results["head"], undefined> = true;
    export const none: Inputs["head"] = {};
    // @ts-expect-error
    export const some: Inputs["head"] = { a: 1 };
    // @ts-expect-error
    export const required: Inputs["none"] = {};`;
  expect(await errorsIn(document, use)).toEqual([]);
});

const a: JsonObject = object({ id: text }, { required: ["id"] });
const b: JsonObject = object({ b: { type: "number" } });
const [isA, isB] = ["{ id: string }", "{ b?: number }"];
const [nothing, anyB] = [
  { nullable: true, description: "none" },
  { anyOf: [b, object({ c: {} })] },
];

const spellings: [string, string, JsonObject, string][] = [
  ["null alone in anyOf is null", "3.0.3", { anyOf: [ref("A"), nothing] }, `${isA} | null`],
  ["and in oneOf", "3.0.3", { oneOf: [text, nothing, b] }, `string | null | ${isB}`],
  ["also in OpenAPI 3.1", "3.1.0", { anyOf: [ref("A"), { nullable: true }] }, `${isA} | null`],
  [
    "but not beside a type",
    "3.0.3",
    { anyOf: [{ ...text, nullable: true }, b] },
    `string | null | ${isB}`,
  ],
  ["what stands beside a $ref holds", "3.1.0", { ...ref("A"), ...b }, `${isA} & ${isB}`],
  ["with its parts", "3.1.0", { ...ref("A"), allOf: [b] }, `${isA} & ${isB}`],
  ["and its choices", "3.1.0", { ...ref("A"), oneOf: [b, a] }, `${isA} & (${isB} | ${isA})`],
  ["of any kind", "3.1.0", { ...ref("A"), ...anyB }, `${isA} & (${isB} | { c?: unknown })`],
  ["so does what it requires", "3.1.0", { ...ref("B"), required: ["b"] }, "{ b: number }"],
  ["and null", "3.1.0", { ...ref("A"), nullable: true }, `${isA} | null`],
  ["but a description says nothing", "3.1.0", { ...ref("A"), description: "A", minLength: 1 }, isA],
  ["and OpenAPI 3.0 ignores it", "3.0.3", { ...ref("A"), ...b }, isA],
  [
    "what stands beside anyOf holds",
    "3.0.3",
    { ...a, ...anyB },
    `${isA} & (${isB} | { c?: unknown })`,
  ],
];

test.each(["3.0.3", "3.1.0"])(
  "what a schema is made of is in its type, in OpenAPI %s",
  async (openapi) => {
    const rows = spellings.filter((row) => row[1] === openapi);
    const schemas = Object.fromEntries(rows.map(([name, , schema]) => [name, schema]));
    const document = documentWith({ openapi, components: { schemas: { A: a, B: b, ...schemas } } });
    const head = "type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;";
    const checks = rows.map(([name, , , type], index) => {
      const is = `Schemas[${JSON.stringify(name)}]`;
      return `export const is${index}: [Same<${is}, ${type}>, Same<${is}, unknown>] = [true, false];`;
    });
    expect(await errorsIn(document, [head, ...checks].join("\n"))).toEqual([]);
  },
);
