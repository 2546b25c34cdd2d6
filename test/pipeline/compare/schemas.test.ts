import { beforeAll, describe, expect, test } from "vitest";

import type { Finding } from "../../../scripts/compare/finding.js";
import { comparison, pathEntry, specOf } from "./harness.js";

/** What becomes of a schema, and what that is to those who send it and to those who get it. */
type Case = readonly [
  title: string,
  schemas: readonly [old: string, next: string],
  sent: readonly string[],
  received: readonly string[],
];

const ref = (name: string): string => `{ $ref: "#/components/schemas/${name}" }`;
/** An object with these properties; those with a `!` are required. */
const object = (properties: Readonly<Record<string, string>>, more = ""): string => {
  const names = Object.keys(properties);
  const required = names.filter((name) => name.endsWith("!")).map((name) => name.slice(0, -1));
  const listed = names.map((name) => `"${name.replace(/!$/, "")}": ${properties[name] ?? ""}`);
  return `{ type: object, properties: { ${listed.join(", ")} }, required: [${required.join(", ")}] ${more} }`;
};
const arrayOf = (schema: string): string => `{ type: array, items: ${schema} }`;
const oneOf = (...schemas: readonly string[]): string => `{ oneOf: [${schemas.join(", ")}] }`;
const text = "{ type: string }";
const number = "{ type: number }";
const open = ", additionalProperties: true";
const kind = (value: string, properties: Readonly<Record<string, string>> = {}): string =>
  object({ "kind!": `{ const: ${value} }`, ...properties });
const deep = (schema: string): string =>
  [0, 1, 2, 3, 4].reduce((inner) => arrayOf(object({ a: inner })), schema);
const enumOf = (from: number, to: number): string =>
  `{ enum: [${Array.from({ length: to - from }, (_, at) => `value${from + at}`).join(", ")}] }`;

const cases: readonly Case[] = [
  ["the same, of any kind", [deep(oneOf(text, number)), deep(oneOf(text, number))], [], []],
  [
    "a type below many lists, where TypeScript alone gives up looking",
    [deep(text), deep(number)],
    ["major [].a[].a[].a[].a[].a: string → number"],
    ["major [].a[].a[].a[].a[].a: string → number"],
  ],
  ["a whole number, which is a number", ["{ type: integer }", number], [], []],
  [
    "one schema where two were put together",
    [
      object({ a: text, b: number }),
      `{ allOf: [${object({ a: text })}, ${object({ b: number })}] }`,
    ],
    [],
    [],
  ],
  [
    "the order of properties",
    [object({ a: text, "b!": number }), object({ "b!": number, a: text })],
    [],
    [],
  ],
  ["the order of values", ["{ enum: [x, y, z] }", "{ enum: [z, y, x] }"], [], []],
  [
    "the order of choices",
    [
      oneOf(object({ a: object({ x: text }) }), object({ a: object({ x: text, y: text }) })),
      oneOf(object({ a: object({ x: text, y: text }) }), object({ a: object({ x: text }) })),
    ],
    [],
    [],
  ],
  [
    "anything, then something",
    ["{}", text],
    ["major : unknown → string"],
    ["minor : unknown → string"],
  ],
  [
    "something, then anything",
    [object({ a: text }), object({ a: "{}" })],
    ["minor .a: string → unknown"],
    ["major .a: string → unknown"],
  ],
  [
    "an object, then a list of it",
    [object({ a: text }), arrayOf(object({ a: text }))],
    ["major : { a?: string } → { a?: string }[]"],
    ["major : { a?: string } → { a?: string }[]"],
  ],
  [
    "an object that may be null, and changes inside",
    [
      `{ type: [object, 'null'], properties: { a: ${text} } }`,
      `{ type: [object, 'null'], properties: { a: ${number} } }`,
    ],
    ["major .a: string → number"],
    ["major .a: string → number"],
  ],
  [
    "a boolean, then one of its values, beside text",
    ["{ type: [boolean, string] }", "{ oneOf: [{ const: true }, { type: string }] }"],
    ["major : string | boolean → string | true"],
    ["minor : string | boolean → string | true"],
  ],
  [
    "a property that moves between choices which a value tells apart",
    [oneOf(kind("a", { x: text }), kind("b")), oneOf(kind("a"), kind("b", { x: text }))],
    ["major .x: gone, was string", "minor .x: new, optional: string"],
    ["major .x: gone, was string", "minor .x: new: string"],
  ],
  [
    "the value that tells choices apart",
    [oneOf(kind("a"), kind("b")), oneOf(kind("a"), kind("c"))],
    ['major : { kind: "a" } | { kind: "b" } → { kind: "a" } | { kind: "c" }'],
    ['major : { kind: "a" } | { kind: "b" } → { kind: "a" } | { kind: "c" }'],
  ],
  [
    "a choice that is new",
    [oneOf(kind("a"), kind("b")), oneOf(kind("a"), kind("b"), kind("c"))],
    ['minor : { kind: "a" } | { kind: "b" } → { kind: "a" } | { kind: "b" } | { kind: "c" }'],
    ['major : { kind: "a" } | { kind: "b" } → { kind: "a" } | { kind: "b" } | { kind: "c" }'],
  ],
  [
    "a choice that is gone, and all of it is in others",
    [oneOf(kind("a"), kind("b")), kind("a")],
    ['major : { kind: "a" } | { kind: "b" } → { kind: "a" }'],
    ['minor : { kind: "a" } | { kind: "b" } → { kind: "a" }'],
  ],
  [
    "a choice that is gone, and with it what only it had",
    [oneOf(kind("a"), kind("b", { x: text })), kind("a")],
    ['major : { kind: "a" } | { kind: "b"; x?: string } → { kind: "a" }'],
    [
      "major .x: gone, was string",
      'minor : { kind: "a" } | { kind: "b"; x?: string } → { kind: "a" }',
    ],
  ],
  [
    "a choice with more, where nothing tells choices apart",
    [object({ "a!": text }), oneOf(object({ "a!": text }), object({ "a!": text, b: text }))],
    ["minor : { a: string } → { a: string } | { a: string; b?: string }"],
    ["minor : { a: string } → { a: string } | { a: string; b?: string }"],
  ],
  [
    "a choice with more that is gone, where nothing tells choices apart",
    [oneOf(object({ "a!": text }), object({ "a!": text, b: text })), object({ "a!": text })],
    ["major .b: gone, was string"],
    ["major .b: gone, was string"],
  ],
  [
    "a choice that changes where another would take it, but not in a literal",
    [
      oneOf(object({ a: text }), object({ a: text, b: text })),
      oneOf(object({ a: text }), object({ a: text, b: number })),
    ],
    ["major .b: string → number"],
    ["major .b: string → number"],
  ],
  [
    "a choice that requires what TypeScript takes for a sign of another one",
    [
      oneOf(kind("a", { "c!": "{ type: boolean }" }), kind("b", { c: text })),
      oneOf(kind("a", { "c!": "{ type: boolean }" }), kind("b", { "c!": text })),
    ],
    ["major .c: optional → required"],
    ["minor .c: optional → required"],
  ],
  [
    "one choice in place of two, where nothing tells them apart",
    [oneOf(object({ a: text }), object({ b: text })), object({ a: text, b: text })],
    ["minor .b: new, optional: string"],
    ["minor .b: new: string"],
  ],
  [
    "two choices in place of one, of which a literal may still have all",
    [
      object({ "c!": text, a: text, b: text }),
      oneOf(object({ "c!": text, a: text }), object({ "c!": text, b: text })),
    ],
    [],
    ["major .a: gone, was string", "major .b: gone, was string"],
  ],
  [
    "values that now go together",
    [
      object({ "a!": "{ enum: [x, y] }", "b!": "{ enum: [x, y] }" }),
      oneOf(
        object({ "a!": "{ const: x }", "b!": "{ const: x }" }),
        object({ "a!": "{ const: y }", "b!": "{ const: y }" }),
      ),
    ],
    ['major .a: "x" | "y" → "x"', 'major .b: "x" | "y" → "x"'],
    ['minor .a: "x" | "y" → "x"', 'minor .b: "x" | "y" → "x"'],
  ],
  [
    "one type in many places, each of which is told",
    [
      object({ a: text, b: arrayOf(text), c: object({ d: arrayOf(text) }) }),
      object({ a: number, b: arrayOf(number), c: object({ d: arrayOf(number) }) }),
    ],
    ["major .a: string → number", "major .b[]: string → number", "major .c.d[]: string → number"],
    ["major .a: string → number", "major .b[]: string → number", "major .c.d[]: string → number"],
  ],
  [
    "properties that are no longer open",
    ["{ type: object }", object({ a: text })],
    ["major .a: unknown → string", "major [key]: gone, was unknown"],
    ["major [key]: gone, was unknown", "minor .a: unknown → string"],
  ],
  [
    "properties that are open now",
    [object({ a: text }), object({ a: text }, open)],
    ["minor [key]: new: unknown"],
    ["minor [key]: new: unknown"],
  ],
  [
    "a property listed beside open ones, of which literals could hold any",
    [object({ a: text }, open), object({ a: text, b: text }, open)],
    ["major .b: unknown → string"],
    ["minor .b: unknown → string"],
  ],
  [
    "a property no longer listed beside open ones",
    [object({ "a!": text }, open), "{ type: object }"],
    ["minor .a: required → optional", "minor .a: string → unknown"],
    ["major .a: required → optional", "major .a: string → unknown"],
  ],
  [
    "open properties of another type",
    [
      `{ type: object, additionalProperties: ${text} }`,
      `{ type: object, additionalProperties: { type: [string, 'null'] } }`,
    ],
    ["minor [key]: string → string | null"],
    ["major [key]: string → string | null"],
  ],
  [
    "a list of fixed length",
    [
      "{ type: array, prefixItems: [{ type: string }, { type: string }], items: false, minItems: 2 }",
      "{ type: array, prefixItems: [{ type: string }, { type: number }], items: false, minItems: 2 }",
    ],
    ["major [1]: string → number"],
    ["major [1]: string → number"],
  ],
  [
    "a list of another length",
    [
      "{ type: array, prefixItems: [{ type: string }], items: false, minItems: 1 }",
      "{ type: array, prefixItems: [{ type: string }, { type: string }], items: false, minItems: 2 }",
    ],
    ["major : [string] → [string, string]"],
    ["major : [string] → [string, string]"],
  ],
  [
    "a list of fixed length, then of any",
    ["{ type: array, prefixItems: [{ type: string }], items: false, minItems: 1 }", arrayOf(text)],
    ["minor : [string] → string[]"],
    ["major : [string] → string[]"],
  ],
  [
    "names that are no names, and those that every object has",
    [
      object({ "a b": text, ["__proto__"]: text }),
      object({ "a b": number, toString: text, constructor: text }),
    ],
    [
      "major .__proto__: gone, was string",
      'major ["a b"]: string → number',
      "minor .constructor: new, optional: string",
      "minor .toString: new, optional: string",
    ],
    [
      'major ["a b"]: string → number',
      "major .__proto__: gone, was string",
      "minor .constructor: new: string",
      "minor .toString: new: string",
    ],
  ],
  [
    "one of many values",
    [enumOf(0, 40), enumOf(1, 40)],
    ['major : … | "value0" → …'],
    ['minor : … | "value0" → …'],
  ],
  [
    "a schema that holds itself, told at the nearest place",
    [ref("Old"), ref("New")],
    ["major .name: string → number"],
    ["major .name: string → number"],
  ],
  [
    "a schema that holds itself in another way",
    [ref("Old"), ref("Other")],
    [
      "major .children: gone, was { name?: string; children?: { … }[] }[]",
      "minor .child: new, optional: { name?: string; child?: { … } }",
    ],
    [
      "major .children: gone, was { name?: string; children?: { … }[] }[]",
      "minor .child: new: { name?: string; child?: { … } }",
    ],
  ],
];

const holder = (name: string, type: string): string =>
  `${name}: ${object({ name: type, children: arrayOf(ref(name)) })}`;
const recursive = `{ ${holder("Old", text)}, ${holder("New", number)}, Other: ${object({ name: text, child: ref("Other") })} }`;

/** A spec in which each case is the body of one operation and the result of another. */
function specWith(side: 0 | 1): string {
  const paths = cases.flatMap(([, schemas], index) => [
    pathEntry({ at: `/in/${index}`, id: `in${index}`, parameters: "[]", body: schemas[side] }),
    pathEntry({ at: `/out/${index}`, id: `out${index}`, parameters: "[]", result: schemas[side] }),
  ]);
  return specOf({ paths: `{ ${paths.join(", ")} }`, schemas: recursive });
}

let findings: readonly Finding[];

beforeAll(async () => {
  ({ findings } = await comparison(specWith(0), specWith(1)));
});

/** The lines on one operation, with places as seen from the schema. */
function linesOn(id: string): string[] {
  return findings
    .filter(({ operation }) => operation === id)
    .map(({ level, place, message }) => {
      const at = place.replace(/^(input body|output)\s?/, "");
      return `${level} ${at === "" || /^[.[]/.test(at) ? at : `.${at}`}: ${message}`;
    });
}

describe("a schema that changes", () => {
  test.each(cases.map(([title, , sent, received], index) => ({ title, sent, received, index })))(
    "$title",
    ({ sent, received, index }) => {
      expect({ sent: linesOn(`in${index}`), received: linesOn(`out${index}`) }).toEqual({
        sent,
        received,
      });
    },
  );
});
