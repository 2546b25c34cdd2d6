import fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, test } from "vitest";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { keysOfRef } from "../../../scripts/openapi/resolver.js";
import { apiWith } from "./api.js";
import { type Imported, importing, yamlOf } from "./harness.js";

const names = ["A", "B", "C", "D", "E", "a/b", "~x", "ü %", "12"];

/** Text of every kind that YAML has to quote, fold or indent. */
const text = fc.oneof(
  fc.constantFrom("", " ", "# no comment", "a: b", "- x", "'", '"', "|", "yes", "1.0", "null", "~"),
  fc.constantFrom(
    "a\n\n b\n",
    "  a\nb",
    "\n\n",
    "x ".repeat(60),
    "\u2028a",
    "\ta",
    "{}",
    "---",
    "<<",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

type Kind = "schemas" | "parameters" | "requestBodies" | "responses" | "headers" | "examples";

function refTo(kind: Kind): fc.Arbitrary<JsonObject> {
  return fc.constantFrom(...names).map((name) => ({
    $ref: `#/components/${kind}/${name.replaceAll("~", "~0").replaceAll("/", "~1").replace(/[ %ü]/g, encodeURIComponent)}`,
  }));
}

const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    refTo("schemas"),
    text.map((description) => ({ description })),
    fc.record({ type: fc.constant("array"), items: tie("schema") }),
    fc.record({ allOf: fc.array(tie("schema"), { maxLength: 3 }) }),
    fc.record({
      properties: fc.dictionary(text, tie("schema"), { maxKeys: 3, noNullPrototype: true }),
    }),
    fc
      .constantFrom("A", "#/components/schemas/B")
      .map((to) => ({ discriminator: { propertyName: "t", mapping: { to } } })),
  ),
}));

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(value, { maxLength: 2 });
const content = fc.record({
  "application/json": fc.record({
    schema,
    examples: maybe(refTo("examples")).map((list) => Object.fromEntries(list.entries())),
  }),
}) as fc.Arbitrary<JsonObject>;
const response = fc.record({
  description: text,
  content,
  headers: maybe(refTo("headers")).map((list) => Object.fromEntries(list.entries())),
}) as fc.Arbitrary<JsonObject>;

/** All components that there can be a reference to, of some content. */
const components = fc.record({
  schemas: all(schema),
  parameters: all(schema.map((of) => ({ name: "p", in: "query", schema: of }))),
  requestBodies: all(content.map((of) => ({ content: of }))),
  responses: all(response),
  headers: all(schema.map((of) => ({ schema: of }))),
  examples: all(text.map((value) => ({ value }))),
}) as fc.Arbitrary<JsonObject>;

function all(value: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> {
  return (
    fc
      .tuple(...names.map(() => value))
      // A component that is nothing but a reference to itself means nothing.
      .map((values) =>
        Object.fromEntries(
          values.map(({ $ref, ...rest }, index) => [
            names[index] ?? "",
            $ref === undefined ? rest : { items: { $ref } },
          ]),
        ),
      )
  );
}

const operation = fc.record({
  summary: text,
  tags: fc.subarray(["t0", "t1", "t2"]),
  parameters: maybe(refTo("parameters")),
  requestBody: refTo("requestBodies"),
  responses: fc.record({ "200": response, "400": refTo("responses") }),
}) as fc.Arbitrary<JsonObject>;

const ids = ["one", "two", "three", "four"] as const;
const places = [
  ["/a/{p}", "get"],
  ["/a/{p}", "put"],
  ["/b", "get"],
  ["/c", "post"],
] as const;

/** An API of these operations, whose first two share a path. */
const api: fc.Arbitrary<JsonObject & { readonly components: Record<string, JsonObject> }> = fc
  .record({ operations: fc.tuple(operation, operation, operation, operation), components, text })
  .map(({ operations, components: parts, text: description }) => {
    const paths: Record<string, JsonObject> = { "/a/{p}": { summary: description } };
    places.forEach(([path, method], index) => {
      const node = { operationId: ids[index] ?? "", ...operations[index] };
      paths[path] = { ...paths[path], [method]: node };
    });
    const tags = ["t0", "t1", "t2"].map((name) => ({ name, description }));
    const whole = apiWith(paths, parts);
    return { ...whole, components: whole.components as Record<string, JsonObject>, tags };
  });

const order = fc.shuffledSubarray([...ids], { minLength: ids.length });
const some = fc.subarray([...ids], { minLength: 1 });
const start = apiWith({});

/** A style of YAML that is as good as any other. */
const style = fc.record({
  noRefs: fc.constant(true),
  indent: fc.constantFrom(2, 3, 4),
  seqNoIndent: fc.boolean(),
  lineWidth: fc.constantFrom(-1, 40, 100),
  quoteStyle: fc.constantFrom("single" as const, "double" as const),
  forceQuotes: fc.boolean(),
  flowLevel: fc.constantFrom(-1, 3, 4, 5, 6),
});

/** Imports one operation after the other. */
async function oneByOne(
  source: JsonObject | string,
  operations: readonly string[],
): Promise<Imported> {
  let now: Imported = { changes: [], text: yamlOf(start), document: start };
  for (const id of operations) now = await importing(now.text, source, { operations: [id] });
  return now;
}

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

describe("for any API", () => {
  const runs = { numRuns: 40 };

  test("an import brings what its operations reach, and nothing that they do not", async () => {
    await fc.assert(
      fc.asyncProperty(api, some, async (source, operations) => {
        const { document } = await importing(start, source, { operations });
        const { paths = {} } = document;
        const ids = JSON.stringify(paths).match(/(?<="operationId":")\w+/g) ?? [];
        expect(ids.sort()).toEqual(operations.sort());
        expect(document.components).toEqual(reachedFrom(paths, source.components));
      }),
      runs,
    );
  });

  test("an import that is done again changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(api, some, fc.boolean(), async (source, operations, isYaml) => {
        const from = isYaml ? yamlOf(source) : source;
        const first = await importing(start, from, { operations });
        const again = await importing(first.text, from, { operations });
        expect(again.changes).toEqual([]);
        expect(again.text).toBe(first.text);
      }),
      runs,
    );
  });

  test("operations that are imported in any order make the same file, as JSON or YAML", async () => {
    await fc.assert(
      fc.asyncProperty(api, order, fc.boolean(), async (source, operations, isYaml) => {
        const from = isYaml ? yamlOf(source) : source;
        const { text: written } = await oneByOne(from, operations);
        expect(written).toBe((await importing(start, from, { all: true })).text);
      }),
      runs,
    );
  });

  test("operations that are removed again leave the file as it was", async () => {
    await fc.assert(
      fc.asyncProperty(api, order, async (source, [first, ...others]) => {
        const alone = await importing(start, source, { operations: [first ?? ""] });
        const all = await importing(alone.text, source, { operations: others });
        const back = await importing(all.text, source, {
          operations: [first ?? ""],
          remove: others,
        });
        expect(back.text).toBe(alone.text);
      }),
      runs,
    );
  });

  test("an operation that changes leaves all other lines alone, in whatever style", async () => {
    await fc.assert(
      fc.asyncProperty(api, text, style, style, async (source, summary, ours, theirs) => {
        const { document } = await importing(start, source, { all: true });
        const { paths } = structuredClone(document) as { paths: Record<string, JsonObject> };
        paths["/c"] = { post: { ...(paths["/c"]?.post as JsonObject), summary } };
        const before = dump(document, ours);
        const after = await importing(before, dump({ ...document, paths }, theirs));
        expect(after.document).toEqual({ ...document, paths });
        expect(around(after.text, ours.indent)).toBe(around(before, ours.indent));
      }),
      runs,
    );
  });
});

/** The text above and below the last path. */
function around(file: string, indent: number): string {
  const begin = file.indexOf(`\n${" ".repeat(indent)}/c:`);
  return file.slice(0, begin) + file.slice(file.indexOf("\ncomponents:"));
}
