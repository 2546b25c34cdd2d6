import fc from "fast-check";
import { expect, test } from "vitest";

import { comparison, pathEntry, specOf } from "./harness.js";

type Schema = Record<string, unknown>;

const names = ["a", "b", "c", "d"];
const ref = fc.constantFrom(...names).map((name) => ({ $ref: `#/components/schemas/${name}` }));
const scalar = fc.constantFrom<Schema>(
  {},
  { type: "string" },
  { type: "integer" },
  { type: ["boolean", "null"] },
  { enum: ["x", "y"] },
  { const: "x" },
);

const { schema, object } = fc.letrec<{ schema: Schema; object: Schema; union: Schema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    ref,
    tie("object"),
    tie("schema").map((items) => ({ type: "array", items })),
    tie("union"),
  ),
  object: fc.record({
    type: fc.constant("object"),
    properties: fc.dictionary(fc.constantFrom(...names), tie("schema"), { minKeys: 1, maxKeys: 3 }),
    required: fc.subarray(names),
  }),
  union: fc
    .array(fc.oneof(tie("object"), scalar), { minLength: 2, maxLength: 3 })
    .map((choices) => ({ oneOf: choices })),
}));

/** What documents are made of: the schemas of operations, and those that these refer to. */
const parts = fc.record({
  roots: fc.array(object, { minLength: 5, maxLength: 10 }),
  components: fc.tuple(...names.map(() => object)),
});

/** A spec in which each root is the body of one operation and the result of another. */
function specWith(roots: readonly Schema[], components: readonly Schema[]): string {
  const paths = roots.flatMap((root, index) => {
    const schema = JSON.stringify(root);
    const [sent, got] = [`in${index}`, `out${index}`];
    return [
      pathEntry({ at: `/${sent}`, id: sent, parameters: "[]", body: schema }),
      pathEntry({ at: `/${got}`, id: got, parameters: "[]", result: schema }),
    ];
  });
  const schemas = Object.fromEntries(components.map((value, at) => [names[at] ?? "", value]));
  return specOf({ paths: `{ ${paths.join(", ")} }`, schemas: JSON.stringify(schemas) });
}

/** The same schema with the choices of its unions the other way round. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const next = reordered(inner);
      return [key, key === "oneOf" && Array.isArray(next) ? next.reverse() : next];
    }),
  );
}

const settings = { numRuns: 8 };

test("a spec and itself have no differences, whatever the order of its choices", async () => {
  await fc.assert(
    fc.asyncProperty(parts, async ({ roots, components }) => {
      const old = specWith(roots, components);
      const [newRoots, newComponents] = reordered([roots, components]) as [Schema[], Schema[]];
      expect((await comparison(old, old)).findings).toEqual([]);
      expect((await comparison(old, specWith(newRoots, newComponents))).findings).toEqual([]);
    }),
    settings,
  );
}, 120_000);

test("what is added to an object breaks nothing, and breaks what it is taken from", async () => {
  await fc.assert(
    fc.asyncProperty(parts, schema, async ({ roots, components }, added) => {
      const richer = roots.map((root) => ({
        ...root,
        properties: { ...(root.properties as Schema), added },
      }));
      const [old, next] = [specWith(roots, components), specWith(richer, components)];
      const additions = await comparison(old, next);
      const losses = await comparison(next, old);
      const places = roots.flatMap((_, at) => [
        `in${at} input body.added`,
        `out${at} output added`,
      ]);
      for (const [{ findings }, level] of [
        [additions, "minor"],
        [losses, "major"],
      ] as const) {
        const lines = findings.map(({ operation, place }) => `${operation ?? ""} ${place}`);
        expect(lines.sort()).toEqual([...places].sort());
        expect(new Set(findings.map((finding) => finding.level))).toEqual(new Set([level]));
      }
    }),
    settings,
  );
}, 120_000);

test("two hundred operations that share schemas are each told of, in a moment", async () => {
  const components = names.map((name, at) => ({
    type: "object",
    properties: {
      name: { type: "string" },
      next: { $ref: `#/components/schemas/${names[(at + 1) % names.length] ?? name}` },
    },
  }));
  const roots = Array.from({ length: 100 }, () => ({ $ref: "#/components/schemas/a" }));
  const number = { type: "object", properties: { name: { type: "number" } } };
  const changed = components.map((component, at) => (at === 2 ? number : component));
  const { findings } = await comparison(specWith(roots, components), specWith(roots, changed));
  const lines = findings.map(({ place, message }) => `${place}: ${message}`);
  expect(lines).toHaveLength(400);
  expect(lines[0]).toBe("input body.next.next.name: string → number");
}, 20_000);
