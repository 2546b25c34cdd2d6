import fc from "fast-check";
import { expect, test } from "vitest";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { runs } from "../../tools/runs.js";
import { documentWith, generated, typeErrors } from "./harness.js";

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const text = { type: "string" };

const anyShape = fc.record({
  /** Who has the discriminator: what lists the schemas, what they extend, or one that does both. */
  holder: fc.constantFrom("choice", "base", "both"),
  keyword: fc.constantFrom("oneOf", "anyOf"),
  /** Which schemas a mapping names, each by so many values. */
  mapped: fc.subarray(["Cat", "Dog", "Lion"]),
  values: fc.constantFrom(1, 2),
  byName: fc.boolean(),
  /** What says that the property has certain values only. */
  limited: fc.constantFrom("nothing", "schema", "base"),
  isRequired: fc.boolean(),
  /** Whether a lion is a cat too, and whether it is listed. */
  isCat: fc.boolean(),
  isListed: fc.boolean(),
  /** How the choice is used. */
  use: fc.constantFrom("plain", "nullable", "extended", "list", "alone"),
  /** Of which schema the value is, and whether it has what it need not have. */
  of: fc.constantFrom("Cat", "Dog", "Lion"),
  isWhole: fc.boolean(),
  isNull: fc.boolean(),
});
type Shape = typeof anyShape extends fc.Arbitrary<infer T> ? T : never;

/** A lion that no choice lists is of no choice. */
const shapes = anyShape.filter(
  ({ isListed, of, use, holder }) =>
    isListed || of !== "Lion" || (use === "alone" && holder !== "both"),
);

/** The values that the property of the discriminator has for a schema. */
function kindsOf({ mapped, values, limited }: Shape, name: string, prefix: string): string[] {
  const kind = name.toLowerCase();
  if (mapped.includes(name)) return [kind, `${kind}!`].slice(0, values);
  return [limited === "schema" ? `own ${kind}` : prefix + name];
}

/** The component schemas of one shape; `Slot` is what the value is to be of. */
function schemasOf(shape: Shape, prefix: string): JsonObject {
  const { holder, keyword, mapped, byName, limited, isRequired, isCat, isListed, use, of } = shape;
  const to = (name: string): JsonObject => ref(prefix + name);
  const all = ["Cat", "Dog", "Lion"];
  const kinds = (names: readonly string[]) => names.flatMap((name) => kindsOf(shape, name, prefix));
  const mapping = mapped.flatMap((name) =>
    kinds([name]).map((kind) => [
      kind,
      byName ? prefix + name : `#/components/schemas/${prefix}${name}`,
    ]),
  );
  const discriminator = {
    propertyName: "kind",
    ...(mapping.length > 0 && { mapping: Object.fromEntries(mapping) as JsonObject }),
  };
  const listed = all.filter((name) => name !== "Lion" || isListed);
  const choice = { [keyword]: listed.map(to), ...(holder !== "base" && { discriminator }) };
  const base = {
    type: "object",
    properties: { kind: { ...text, ...(limited === "base" && { enum: kinds(all) }) } },
    ...(isRequired && { required: ["kind"] }),
  };
  const animal = (name: string): JsonObject => {
    const own = { [`of${name}`]: { type: "number" } };
    const said = limited === "schema" ? { kind: { ...text, enum: kinds([name]) } } : {};
    const parent = holder === "both" ? to("Choice") : to("Base");
    if (name === "Lion" && isCat && limited !== "schema")
      return { allOf: [to("Cat"), { type: "object", properties: own }] };
    return { allOf: [parent], type: "object", properties: { ...own, ...said } };
  };
  const uses: Record<string, JsonObject> = {
    plain: to("Choice"),
    nullable: { nullable: true, allOf: [to("Choice")] },
    extended: { allOf: [to("Choice"), { type: "object", properties: { more: text } }] },
    list: { type: "array", items: to("Choice") },
    alone: to(of),
  };
  const schemas = {
    Base: { ...base, ...(holder === "base" && { discriminator }) },
    Choice: holder === "both" ? { ...base, ...choice } : choice,
    ...Object.fromEntries(all.map((name) => [name, animal(name)])),
    Slot: uses[use] ?? {},
  };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [prefix + name, schema]),
  );
}

/** A value that the document allows for the slot. */
function valueOf(shape: Shape, prefix: string): Json {
  const { use, of, isNull, isWhole, isRequired } = shape;
  const kind = kindsOf(shape, of, prefix).at(-1) ?? "";
  const value = {
    ...((isRequired || isWhole) && { kind }),
    ...(isWhole && { [`of${of}`]: 1 }),
    ...(isWhole && use === "extended" && { more: "" }),
  };
  if (use === "nullable" && isNull) return null;
  return use === "list" ? [value] : value;
}

test("a value that a discriminator allows is one of the type, and no other kind is", async () => {
  const cases = fc.sample(shapes, runs(80)).map((shape, index) => ({ shape, prefix: `N${index}` }));
  const schemas = cases.map(({ shape, prefix }) => schemasOf(shape, prefix));
  const { files } = await generated(
    documentWith({ components: { schemas: Object.assign({}, ...schemas) as JsonObject } }),
  );
  const lines = cases.flatMap(({ shape, prefix }) => {
    const type = `components["schemas"]["${prefix}Slot"]`;
    const value = JSON.stringify(valueOf(shape, prefix));
    const good = `export const ${prefix}: ${type} = ${value}; // ${JSON.stringify(shape)}`;
    // Of what only a base says, a choice between its heirs knows nothing.
    const isOpen = shape.holder === "base" && shape.limited === "nothing";
    if (shape.use !== "plain" || isOpen) return [good];
    return [good, "// @ts-expect-error", `export const no${prefix}: ${type} = { kind: "other" };`];
  });
  const use = ['import type { components } from "./paths.js";', ...lines];
  const errors = await typeErrors(files, use.join("\n"));
  expect(errors.map((error) => [error, use[Number(/use\.ts:(\d+)/.exec(error)?.[1]) - 1]])).toEqual(
    [],
  );
});
