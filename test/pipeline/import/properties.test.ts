import fc from "fast-check";
import { expect, test } from "vitest";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { keysOfRef, refTo } from "../../../scripts/openapi/resolver.js";
import { runs } from "../../tools/runs.js";
import { apiWith, importing, yamlOf } from "./harness.js";

const names = ["A", "B", "C", "a/b", "~x", "ü %", "12"];

function refsTo(kind: string): fc.Arbitrary<JsonObject> {
  return fc.constantFrom(...names).map((name) => ({ $ref: refTo(["components", kind, name]) }));
}

/** Text of every kind that YAML has to quote, fold or indent. */
const plain = ["", " ", "# no comment", "a: b", "- x", "'", '"', "yes", "1.0", "null", "<<", "---"];
const spaced = ["a\n\n b\n", "  a\nb", "\n\n", "x ".repeat(60), "\u2028a", "\ta", "\ud800"];
const text = fc.oneof(
  fc.constantFrom(...plain, ...spaced),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    refsTo("schemas"),
    text.map((description) => ({ description })),
    tie("schema").map((items) => ({ type: "array", items })),
    fc
      .dictionary(text, tie("schema"), { maxKeys: 3, noNullPrototype: true })
      .map((properties) => ({ properties })),
    fc
      .constantFrom("A", "#/components/schemas/B")
      .map((to) => ({ discriminator: { propertyName: "t", mapping: { to } } })),
  ),
}));
const content = schema.map((of) => ({ content: { "application/json": { schema: of } } }));
const response = fc
  .tuple(text, content, refsTo("headers"))
  .map(([description, of, h]): JsonObject => ({ description, ...of, headers: { h } }));

/** Components of one kind; one that is nothing but a reference to itself would mean nothing. */
function all(component: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> {
  return fc.tuple(...names.map(() => component)).map((components) => {
    const whole = components.map(({ $ref, ...rest }) =>
      $ref === undefined ? rest : { items: { $ref } },
    );
    return Object.fromEntries(whole.map((node, index) => [names[index] ?? "", node]));
  });
}

const components = fc.record({
  schemas: all(schema),
  parameters: all(schema.map((of) => ({ name: "p", in: "query", schema: of }))),
  requestBodies: all(content),
  responses: all(response),
  headers: all(schema.map((of) => ({ schema: of }))),
}) as fc.Arbitrary<Record<string, JsonObject>>;

const operation = fc.record({
  summary: text,
  tags: fc.subarray(["t0", "t1", "t2"]),
  parameters: fc.array(refsTo("parameters"), { maxLength: 2 }),
  requestBody: refsTo("requestBodies"),
  responses: fc.record({ "200": response, "400": refsTo("responses") }),
}) as fc.Arbitrary<JsonObject>;

const ids = ["one", "two", "three", "four"] as const;

/** An API of four operations, of which two share a path. */
const api = fc
  .tuple(fc.tuple(operation, operation, operation, operation), components, text)
  .map(([operations, parts, description]): JsonObject => {
    const [one, two, three, four] = operations.map((node, index) => {
      return { operationId: ids[index] ?? "", ...node };
    }) as JsonObject[] as [JsonObject, JsonObject, JsonObject, JsonObject];
    const paths = {
      "/a/{p}": { summary: description, get: one, put: two },
      "/b": { get: three },
      "/c": { post: four },
    };
    const tags = ["t0", "t1", "t2"].map((name) => ({ name, description }));
    return { ...apiWith(paths, parts), tags };
  });

const order = fc.shuffledSubarray([...ids], { minLength: ids.length });
const start = apiWith({});

/** The components to which the text of some paths leads, found without any grammar. */
function reachedFrom(paths: Json, components: Record<string, JsonObject>) {
  const reached: Record<string, JsonObject> = { securitySchemes: components.securitySchemes ?? {} };
  const waiting: Json[] = [paths];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const [, ref = ""] of JSON.stringify(node).matchAll(/"(?:\$ref|to)":"([^"]+)"/g)) {
      const [, kind = "", name = ""] = keysOfRef(ref) ?? ["", "schemas", ref];
      if (reached[kind]?.[name] !== undefined) continue;
      const found = components[kind]?.[name] ?? null;
      reached[kind] = { ...reached[kind], [name]: found };
      waiting.push(found);
    }
  }
  return reached;
}

test("an import brings what its operations reach, no more, and done again changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(api, fc.subarray([...ids], { minLength: 1 }), async (source, operations) => {
      const { text: written, document } = await importing(start, source, { operations });
      const { paths = {} } = document;
      const found = JSON.stringify(paths).match(/(?<="operationId":")\w+/g) ?? [];
      expect(found.sort()).toEqual([...operations].sort());
      const whole = source.components as Record<string, JsonObject>;
      expect(document.components).toEqual(reachedFrom(paths, whole));
      const again = await importing(written, yamlOf(source), { operations });
      expect(again).toMatchObject({ changes: [], text: written });
    }),
    runs(20),
  );
});

test("any order of imports makes one file, and what is removed again leaves no trace", async () => {
  await fc.assert(
    fc.asyncProperty(api, order, async (source, operations) => {
      let now = yamlOf(start);
      const steps: string[] = [];
      for (const id of operations) {
        ({ text: now } = await importing(now, source, { operations: [id] }));
        steps.push(now);
      }
      expect(now).toBe((await importing(start, yamlOf(source), { all: true })).text);
      const [first = "", ...remove] = operations;
      const back = await importing(now, source, { operations: [first], remove });
      expect(back.text).toBe(steps[0]);
    }),
    runs(8),
  );
});
