import fc from "fast-check";
import { expect, test } from "vitest";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { typeErrors } from "../generate/harness.js";
import { runs } from "../../tools/runs.js";
import { comparison, pathOf, sideOf, specOf } from "./harness.js";

/** A schema before and after a change, which mostly is in a part of it. */
interface Changing {
  readonly old: JsonObject;
  readonly next: JsonObject;
}

const seldom = fc.nat(11).map((number) => number === 0);

const scalar = fc
  .tuple(
    fc.constantFrom<JsonObject>({}, { type: "string" }, { type: "number" }, { enum: ["x", "y"] }),
    fc.constantFrom<JsonObject>({ type: ["string", "null"] }, { enum: ["x"] }, { type: "boolean" }),
    seldom,
    seldom,
  )
  .map(([usual, other, isNew, isOld]): Changing => {
    return { old: isOld ? other : usual, next: isNew ? other : usual };
  });

const { schema } = fc.letrec<{ schema: Changing; object: Changing }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    { arbitrary: scalar, weight: 2 },
    tie("object"),
    tie("schema").map(({ old, next }) => ({
      old: { type: "array", items: old },
      next: { type: "array", items: next },
    })),
    fc
      .array(fc.tuple(tie("object"), seldom, seldom), { minLength: 2, maxLength: 3 })
      .map((choices) => ({
        old: { oneOf: choices.filter(([, isNew]) => !isNew).map(([{ old }]) => old) },
        next: { oneOf: choices.filter(([, , isGone]) => !isGone).map(([{ next }]) => next) },
      }))
      .filter(({ old, next }) => old.oneOf.length > 0 && next.oneOf.length > 0),
  ),
  object: fc
    .record({
      properties: fc.uniqueArray(
        fc.record({
          name: fc.constantFrom("a", "b", "c"),
          schema: tie("schema"),
          isRequired: fc.boolean(),
          isRequiredChanged: seldom,
          isNew: seldom,
          isGone: seldom,
        }),
        { selector: ({ name }) => name, minLength: 1 },
      ),
      wasOpen: seldom,
      isOpen: seldom,
    })
    .map(({ properties, wasOpen, isOpen }): Changing => {
      const was = properties.filter(({ isNew }) => !isNew);
      const is = properties.filter(({ isGone }) => !isGone);
      const isRequiredNow = (one: (typeof is)[number]) => one.isRequired !== one.isRequiredChanged;
      return {
        old: {
          ...objectOf(was.map(({ name, schema }) => [name, schema.old])),
          required: was.filter(({ isRequired }) => isRequired).map(({ name }) => name),
          additionalProperties: wasOpen,
        },
        next: {
          ...objectOf(is.map(({ name, schema }) => [name, schema.next])),
          required: is.filter(isRequiredNow).map(({ name }) => name),
          additionalProperties: isOpen,
        },
      };
    }),
}));

function objectOf(properties: [string, JsonObject][]): JsonObject {
  return { type: "object", properties: Object.fromEntries(properties) };
}

/** Literals of a schema, in which each that a part of it can have is at least once. */
function literalsOf(schema: JsonObject): string[] {
  const { type, items, properties, required, additionalProperties, oneOf, enum: values } = schema;
  if (oneOf !== undefined) return (oneOf as JsonObject[]).flatMap(literalsOf);
  if (values !== undefined) return (values as Json[]).map((value) => JSON.stringify(value));
  if (items !== undefined) return ["[]", `[${literalsOf(items as JsonObject).join(", ")}]`];
  if (properties === undefined)
    return scalarLiterals[JSON.stringify(type)] ?? ["1", "null", "{ a: 1 }"];
  const parts = Object.entries(properties as Record<string, JsonObject>).map(
    ([name, part]) => [name, literalsOf(part)] as const,
  );
  const others = ["a", "b", "c", "d"].filter((name) => !Object.hasOwn(properties as object, name));
  const rounds = Math.max(1, ...parts.map(([, literals]) => literals.length));
  const full = Array.from({ length: rounds }, (_, round) =>
    parts.map(([name, literals]) => `${name}: ${literals[round % literals.length] ?? ""}`),
  );
  const least = (full[0] ?? []).filter((_, at) =>
    (required as string[]).includes(parts[at]?.[0] ?? ""),
  );
  const open = [...(full[0] ?? []), ...others.map((name) => `${name}: "more"`)];
  const all = [...full, least, ...(additionalProperties === true ? [open] : [])];
  return all.map((members) => `{ ${members.join(", ")} }`);
}

const scalarLiterals: Readonly<Record<string, string[]>> = {
  '"string"': ['"text"'],
  '"number"': ["1"],
  '"boolean"': ["true", "false"],
  '["string","null"]': ['"text"', "null"],
};

/** Expressions that read each property of a value that no choice has to be made for. */
function readsOf(schema: JsonObject, value: string): string[] {
  const { items, properties } = schema;
  if (items !== undefined) return readsOf(items as JsonObject, `${value}?.[0]`);
  return Object.entries((properties ?? {}) as Record<string, JsonObject>).flatMap(
    ([name, part]) => [`${value}?.${name}`, ...readsOf(part, `${value}?.${name}`)],
  );
}

function specWith(schemas: readonly JsonObject[]): string {
  const paths = schemas.flatMap((schema, at) => {
    const text = JSON.stringify(schema);
    return [pathOf(`in${at}`, { body: text }), pathOf(`out${at}`, { result: text })];
  });
  return specOf(paths);
}

/** The lines of a service that TypeScript rejects. */
async function rejected(spec: string, lines: readonly string[]): Promise<ReadonlySet<number>> {
  const head = 'import type { Inputs, Results } from "./spec.js";';
  const errors = await typeErrors((await sideOf(spec)).files, [head, ...lines].join("\n"));
  return new Set(errors.map((error) => Number(/^use\.ts:(\d+)/.exec(error)?.[1]) - 2));
}

/** The same schema with the choices of its unions the other way round. */
function reordered(schema: JsonObject): JsonObject {
  const reverse = (key: string, value: Json): Json =>
    key === "oneOf" && Array.isArray(value) ? [...value].reverse() : value;
  return JSON.parse(JSON.stringify(schema), reverse) as JsonObject;
}

test("what a service wrote and read, and no longer compiles, is told of as a break", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(schema, { minLength: 30, maxLength: 60 }), async (schemas) => {
      const [old, next] = [
        specWith(schemas.map((schema) => schema.old)),
        specWith(schemas.map((schema) => schema.next)),
      ];
      const uses = schemas.flatMap(({ old }, at) => [
        ...literalsOf(old).map((literal) => [`in${at}`, `Inputs["in${at}"]["body"] = ${literal}`]),
        ...readsOf(old, "value").map((read) => [
          `out${at}`,
          `(value: Results["out${at}"]) => unknown = (value) => ${read}`,
        ]),
      ]) as [string, string][];
      const lines = uses.map(([, use], at) => `export const use${at}: ${use};`);
      const [before, after] = [await rejected(old, lines), await rejected(next, lines)];
      const broken = uses.filter((_, at) => after.has(at) && !before.has(at)).map(([id]) => id);
      const { findings } = await comparison(old, next);
      const breaks = findings.filter(({ level }) => level === "major");
      const told = new Set(breaks.map(({ operation }) => operation));
      expect(broken.filter((id) => !told.has(id))).toEqual([]);
      // What is the same breaks nothing, whatever the order of its choices.
      const same = specWith(schemas.map((schema) => reordered(schema.old)));
      expect((await comparison(old, same)).findings).toEqual([]);
    }),
    // To look for a smaller example would take an hour.
    { ...runs(4), endOnFailure: true },
  );
});
