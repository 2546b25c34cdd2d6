import vm from "node:vm";

import fc from "fast-check";
import ts from "typescript";
import { expect, test, vi } from "vitest";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { commentText } from "../../../scripts/openapi/visible.js";
import { literal } from "../../../scripts/generate/write/literal.js";
import { anyCharacters } from "../../tools/any-characters.js";
import { runs } from "../../tools/runs.js";
import { documentWith, evaluate, generated, typeErrors } from "./harness.js";

/** Text that would be code, or would break code, if it were put there as it is. */
const traps = [
  ...["*/ export const evil = 1; /*", "`${globalThis.evil = 1}`", '"; globalThis.evil = 1; "'],
  ...["'", "\\", "\\u002a/", "\n", "\r\n@ts-expect-error", "@ts-expect-error", "@ts-ignore"],
  ...["@internal", "//", "/*", "<!--", "#/", "%", "%zz", "~", "", " ", "-1", "0", "1e21"],
  ...["\u2028", "\u2029", "\u0085", "\0", "\ufeff", "\u202e", "\ud800", "\\ufdd0", "\ufdd0"],
  ...["__proto__", "constructor", "toString", "$ref", "Infinity", "class"],
];

const hostile = fc.oneof(
  fc.constantFrom(...traps),
  fc.array(fc.constantFrom(...traps), { maxLength: 4 }).map((parts) => parts.join("")),
  anyCharacters,
);
const word = hostile.filter((text) => text.trim() !== "" && text !== "body");

const data = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    hostile,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(hostile, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

function same(value: unknown, expected: unknown): void {
  // As text: equality has its own ideas of __proto__, and of the order of keys.
  expect(JSON.stringify(value)).toBe(JSON.stringify(expected));
}

test("data that is written as a literal evaluates to itself", () => {
  const property = fc.property(data, (value) => {
    same(vm.runInThisContext(`(${literal(value)})`), value);
  });
  fc.assert(property, runs(300));
});

const name = hostile.filter((text) => text !== "example");
const documents = fc.record({
  texts: fc.array(hostile, { minLength: 2, maxLength: 4 }),
  names: fc.uniqueArray(name, { minLength: 4, maxLength: 4 }),
  words: fc.array(word, { minLength: 3, maxLength: 3 }),
  examples: fc.array(data, { minLength: 2, maxLength: 3 }),
});

type Hostile = typeof documents extends fc.Arbitrary<infer T> ? T : never;

/** A document that has hostile text wherever it may have text. */
function hostileDocument({ texts, names, words, examples }: Hostile): JsonObject {
  const [text = "", other = ""] = texts;
  const [property = "", inner = "", component = "", exampleName = ""] = names;
  const [operationId = "op", parameter = "p", scheme = "s"] = words;
  const [example = null, another = null] = examples;
  const comments = { title: text, description: other, example, default: another };
  const schema: JsonObject = {
    ...comments,
    type: "object",
    format: text,
    required: [property, other],
    properties: {
      [property]: { ...comments, type: "object", properties: { [inner]: { enum: texts } } },
    },
    examples,
    "x-text": text,
  };
  const content = {
    "application/json": { schema, example, examples: { [exampleName]: { value: another } } },
  };
  return {
    ...documentWith({
      info: { title: text, version: other },
      servers: [
        { url: "https://api.example", description: `${text} EU Zone ${other}`, "x-zone": "eu" },
      ],
      security: [{ [scheme]: [] }],
      tags: [{ name: text, description: other }],
      paths: {
        "/a": {
          summary: text,
          put: {
            operationId: "op",
            summary: text,
            description: other,
            parameters: [{ ...comments, name: parameter, in: "query" }],
            requestBody: { description: text, required: true, content },
            responses: { "200": { description: other, content } },
          },
          post: { operationId, summary: other, responses: { "204": { description: text } } },
        },
      },
    }),
    components: {
      securitySchemes: { [scheme]: { type: "http", scheme: "bearer", description: text } },
      schemas: { [component]: schema, [`${component} const`]: { const: text } },
    },
  };
}

test("text of the spec never becomes code, and names in the types are the spec's", async () => {
  const property = fc.asyncProperty(documents, async (given) => {
    const { files } = await generated(hostileDocument(given));
    expect(await typeErrors(files)).toEqual([]);
    for (const code of files.values()) {
      expect(code).not.toMatch(/(?![\n\t])\p{Cc}|[\p{Cs}\u2028-\u202e\u2066-\u2069\ufeff]/u);
      // Wherever it stands in a comment, the declaration that follows would be hidden.
      expect(code).not.toMatch(/^[\s/*]*@ts-|^ *(?:\/?\*|\/\/).*@internal/m);
    }
    const { spec, operations } = await evaluate(files.get("spec.ts"));
    const [operationId = "", parameter = ""] = given.words;
    expect(spec).toMatchObject({ title: given.texts[0], version: given.texts[1] });
    const facts = operations?.op as JsonObject | undefined;
    same(Object.keys(facts?.parameters ?? {}), [parameter]);
    const [example = null, another = null] = given.examples;
    const contents = Object.fromEntries([
      ["example", example],
      [given.names[3] ?? "", another],
    ]);
    const parameters = Object.fromEntries([[parameter, example]]);
    const all = { parameters, requests: contents, responses: contents };
    const { examples } = await evaluate(files.get("examples.ts"));
    same(examples?.op, all);
    expect(globalThis).not.toHaveProperty("evil");
    const names = namesIn(files.get("paths.ts") ?? "");
    for (const name of [...given.names.slice(0, 3), operationId, parameter]) {
      expect(names).toContain(name);
    }
  });
  await fc.assert(property, runs(15));
});

/** The names of all members in a file of types. */
function namesIn(code: string): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertySignature(node) && "text" in node.name) names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("paths.ts", code, ts.ScriptTarget.ES2022));
  return names;
}

test("no text of a document directs a tool that reads comments, wherever it stands", () => {
  const directives = ["@internal", "@ts-ignore", "@ts-expect-error", "@ts-nocheck", "@preserve"];
  for (const text of [...directives, "eslint-disable", "sourceMappingURL=x", "@jsx h"]) {
    for (const around of [text, `a mail to a${text} b`, `first\n   ${text}`]) {
      expect(commentText(around)).not.toContain(text.slice(0, -1));
    }
  }
  expect(commentText("write to someone@example.com")).toBe("write to someone@example.com");
});

test("a long text of a document is made safe in one pass", () => {
  const rounds = vi.spyOn(String.prototype, "replace");
  const text = `${" \n".repeat(120_000)}@é`;
  expect(commentText(text)).toBe(`${" \n".repeat(120_000)}\\@é`);
  expect(rounds.mock.calls.length).toBeLessThan(10);
  rounds.mockRestore();
});
