import openapiTypescript, { astToString, type OpenAPI3 } from "openapi-typescript";
import { expect, test } from "vitest";

import type { JsonObject } from "../../../scripts/openapi/json.js";
import { documentWith, generated, jsonOf, noContent, typeErrors } from "./harness.js";

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** The type errors in a module that uses the types of these schemas, as `Schemas`. */
async function errorsIn(schemas: JsonObject, use: string): Promise<readonly string[]> {
  const { files } = await generated(documentWith({ openapi: "3.1.0", components: { schemas } }));
  const head =
    'import type { components } from "./paths.js";\ntype Schemas = components["schemas"];';
  return typeErrors(files, `${head}\n${use}`);
}

test("types are openapi-typescript's, where nothing in the spec asks for looser ones", async () => {
  const document = documentWith({
    paths: {
      "/a/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        put: {
          operationId: "op",
          summary: "Puts",
          description: "Puts\nit.",
          deprecated: true,
          requestBody: { required: true, ...jsonOf(ref("A")) },
          responses: {
            "200": { description: "OK", ...jsonOf({ type: "array", items: ref("A") }) },
          },
        },
      },
    },
    components: {
      schemas: {
        A: {
          type: "object",
          required: ["a"],
          properties: {
            a: { type: "string", enum: ["x", "y"], default: "x", example: { deep: [1] } },
            b: { type: "integer", format: "int64", nullable: true, title: "B" },
            c: { allOf: [ref("B"), { type: "object", properties: { d: { type: "boolean" } } }] },
            e: { type: "object", additionalProperties: { type: "number" } },
            f: { oneOf: [ref("B"), { type: "string" }], description: "F", deprecated: true },
          },
        },
        B: { type: "object", properties: { a: ref("A") } },
      },
    },
  });
  const { files } = await generated(document);
  const nodes = await openapiTypescript(document as unknown as OpenAPI3, {
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
  });
  const { format } = await import("../../../scripts/generate/write/format.js");
  const code = files.get("paths.ts");
  expect(code).toMatch(/^\/\/ Generated from openapi\/peaka\.yaml/);
  expect(code).toBe(await format(astToString(nodes)));
});

test("types are never stricter than the schema", async () => {
  const schemas: JsonObject = {
    Default: { type: "object", properties: { a: { type: "string", default: "x" } } },
    Anything: { type: "object" },
    Listed: {
      type: "object",
      properties: { a: { type: "number" } },
      additionalProperties: { type: "string" },
    },
    Pattern: { type: "object", patternProperties: { "^x": { type: "string" } } },
    ClosedPattern: {
      type: "object",
      patternProperties: { "^x": { type: "string" } },
      additionalProperties: false,
    },
    Tuple: { type: "array", prefixItems: [{ type: "string" }] },
    ClosedTuple: { type: "array", prefixItems: [{ type: "string" }], items: false },
    ExactTuple: { type: "array", prefixItems: [{ type: "string" }], items: false, minItems: 1 },
    OldTuple: { type: "array", items: [{ type: "string" }], additionalItems: false, minItems: 1 },
    OddType: { type: "file" },
    ObjectEnum: { type: "object", enum: [{ a: 1 }] },
    Booleans: { type: "object", properties: { yes: true, no: false }, allOf: [true] },
    Defs: {
      type: "object",
      $defs: { a: { type: "string" } },
      properties: { b: ref("Defs/$defs/a") },
    },
    Nullable: { type: ["object", "null"], properties: { a: { type: "string" } } },
    RequiredOfNullable: { allOf: [ref("Nullable")], required: ["a"] },
    RequiredOfPrototype: { allOf: [ref("Default")], required: ["toString", "constructor"] },
    RequiredAsFlag: { type: "object", properties: { a: { type: "string", required: true } } },
  };
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
  expect(await errorsIn(schemas, use)).toEqual([]);
});

test("what is read-only is not demanded of a request, nor what is write-only promised", async () => {
  const properties = {
    id: { type: "string", readOnly: true },
    ref: ref("ReadOnly"),
    pin: { type: "string", writeOnly: true },
    name: { type: "string" },
  };
  const all = { type: "object", required: ["id", "ref", "pin", "name"], properties };
  const { files } = await generated(
    documentWith({
      paths: {
        "/a": {
          post: {
            operationId: "op",
            requestBody: { required: true, ...jsonOf(ref("Sent")) },
            responses: { "200": { description: "", ...jsonOf(ref("Received")) } },
          },
          put: {
            operationId: "inherited",
            requestBody: { required: true, ...jsonOf({ allOf: [ref("Base")], required: ["id"] }) },
            responses: noContent,
          },
        },
      },
      components: {
        schemas: {
          ReadOnly: { type: "string", readOnly: true },
          Sent: all,
          Received: { ...all },
          Base: { type: "object", properties },
        },
      },
    }),
  );
  const use = `
    import type { Inputs, Results } from "./spec.js";
    export const sent: Inputs["op"] = { body: { name: "a", pin: "b" } };
    // @ts-expect-error
    export const noPin: Inputs["op"] = { body: { name: "a" } };
    export const inherited: Inputs["inherited"] = { body: {} };
    declare const received: Results["op"];
    export const promised: string[] = [received.id, received.ref, received.name];
    // @ts-expect-error
    export const notPromised: string = received.pin;`;
  expect(await typeErrors(files, use)).toEqual([]);
});

test("schemas that are made of themselves have types, and keep what they can", async () => {
  const schemas: JsonObject = {
    Tree: { type: "object", properties: { children: { type: "array", items: ref("Tree") } } },
    Map: { type: "object", additionalProperties: ref("Map") },
    List: { type: "array", items: ref("List") },
    Json: {
      oneOf: [
        { type: "string" },
        { type: "array", items: ref("Json") },
        { type: "object", additionalProperties: ref("Json") },
      ],
    },
    Itself: { allOf: [ref("Itself"), { type: "object", properties: { a: { type: "string" } } }] },
    Pet: {
      type: "object",
      required: ["kind"],
      properties: { kind: { type: "string" }, name: { type: "string" } },
      oneOf: [ref("Cat"), ref("Dog")],
      discriminator: { propertyName: "kind", mapping: { cat: "Cat", dog: ref("Dog").$ref ?? "" } },
    },
    Cat: { allOf: [ref("Pet"), { type: "object", properties: { lives: { type: "number" } } }] },
    Dog: { allOf: [ref("Pet"), { type: "object", properties: { barks: { type: "boolean" } } }] },
  };
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
  expect(await errorsIn(schemas, use)).toEqual([]);
});

test("a schema in many places of the file has one type, whatever its name", async () => {
  const schemas: JsonObject = {
    "100%": {
      type: "object",
      properties: { "50%": { type: "object", properties: { a: ref("B") } } },
    },
    "#/x": { type: "object", properties: { "#": { type: "object", properties: { "%": {} } } } },
    "a/b~c": { type: "string" },
    B: { type: "object", properties: { c: ref("a~1b~0c"), d: ref("%23~1x"), e: ref("100%25") } },
  };
  const use = `
    export const b: Schemas["B"] = {
      c: "x",
      d: { "#": { "%": 1 } },
      e: { "50%": { a: {} } },
    };
    export const named: Schemas["100%"] | Schemas["#/x"] | Schemas["a/b~c"] = "x";
    // @ts-expect-error
    export const wrong: Schemas["B"] = { c: 1 };`;
  expect(await errorsIn(schemas, use)).toEqual([]);
});

test("an operation's input and result are typed, of each media type and status", async () => {
  const document = documentWith({
    paths: {
      "/a/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "number" } }],
        post: {
          operationId: "a/b#c",
          parameters: [
            { name: "q", in: "query", schema: { type: "string" } },
            { name: "skipped", in: "header", schema: { type: "string" } },
          ],
          requestBody: { content: { "*/*": { schema: { type: "string" } } } },
          responses: {
            "200": { description: "", ...jsonOf({ type: "object", properties: { a: {} } }) },
            "2XX": {
              description: "",
              content: { "application/hal+json": { schema: { type: "boolean" } }, "text/css": {} },
            },
            "204": { description: "" },
            default: { description: "", ...jsonOf({ type: "string" }) },
          },
        },
        delete: {
          operationId: "default",
          responses: { default: { description: "", ...jsonOf({ type: "number" }, "*/*") } },
        },
      },
      "/b": {
        get: {
          operationId: "none",
          parameters: [{ name: "q", in: "query", required: true, schema: { type: "string" } }],
          responses: noContent,
        },
        head: { operationId: "head", responses: { "200": { description: "", ...jsonOf({}) } } },
      },
    },
  });
  const { files, leftOut } = await generated(document);
  expect(leftOut).toEqual([]);
  const use = `
    import type { Inputs, Results } from "./spec.js";
    type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
    export const inputs: Inputs["a/b#c"][] = [
      { id: 1 },
      { id: 1, q: "x", body: "y" },
      // @ts-expect-error
      { q: "x" },
      // @ts-expect-error
      { id: 1, skipped: "x" },
    ];
    export const results: Equal<Results["a/b#c"], { a?: unknown } | boolean | undefined> = true;
    export const byDefault: Equal<Results["default"], number> = true;
    export const empty: Equal<Results["none"] | Results["head"], undefined> = true;
    export const none: Inputs["head"] = {};
    // @ts-expect-error
    export const some: Inputs["head"] = { a: 1 };
    // @ts-expect-error
    export const required: Inputs["none"] = {};`;
  expect(await typeErrors(files, use)).toEqual([]);
});
