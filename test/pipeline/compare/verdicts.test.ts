import path from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import type { Side } from "../../../scripts/compare/base.js";
import { compareCommand } from "../../../scripts/compare/command.js";
import { compare } from "../../../scripts/compare/compare.js";
import type { Finding } from "../../../scripts/compare/finding.js";
import { emptyFolder, pathOf, reported, specOf, writeSide } from "./harness.js";

/**
 * What becomes of a type, and below it each finding, with its level to services that send the type and
 * to those that receive it; none is listed where nothing has changed.
 */
const changes = `
another type
  { a: string } => { a: number }
  major/major .a: string → number
null is taken away
  { a: string | null } => { a: string }
  major/minor .a: string | null → string
a value is new
  { a: "x" } => { a: "x" | "y" }
  minor/major .a: "x" → "x" | "y"
a property is new and required
  {} => { a: string }
  major/- .a: new, required: string
  -/minor .a: new: string
a property is new and optional
  {} => { a?: string }
  minor/- .a: new, optional: string
  -/minor .a: new: string
an optional property is gone, which literals may hold and services read
  { a: string; b?: string } => { a: string }
  major/major .b: gone, was string
a property becomes required
  { a?: string } => { a: string }
  major/minor .a: optional → required
a property becomes optional
  { a: string } => { a?: string }
  minor/major .a: required → optional
a value there may not be
  string => undefined
  major/major : string → undefined
a type below many lists, where TypeScript alone gives up looking
  { a?: { a?: { a?: { a?: string }[] }[] }[] }[] => { a?: { a?: { a?: { a?: number }[] }[] }[] }[]
  major/major [].a[].a[].a[].a: string → number
the order of properties, of values and of choices
  { a?: "x" | "y"; b: 1 | { c?: { x?: 1 } } | { c?: { x?: 1; y?: 2 } } } => { b: { c?: { y?: 2; x?: 1 } } | { c?: { x?: 1 } } | 1; a?: "y" | "x" }
one type where two were put together
  { a?: string; b?: number } => { a?: string } & { b?: number }
anything, then something
  unknown => string
  major/minor : unknown → string
something, then anything
  { a?: string } => { a?: any }
  minor/major .a: string → any
an object, then a list of it
  { a?: string } => { a?: string }[]
  major/major : { a?: string } → { a?: string }[]
an object that may be null, and changes inside
  { a?: string } | null => { a?: number } | null
  major/major .a: string → number
a boolean, then one of its values, beside text
  boolean | string => true | string
  major/minor : string | boolean → string | true
a property that moves between choices which a value tells apart
  { k: "a"; x?: string } | { k: "b" } => { k: "a" } | { k: "b"; x?: string }
  major/major .x: gone, was string
  minor/- .x: new, optional: string
  -/minor .x: new: string
the value that tells choices apart
  { k: "a" } | { k: "b" } => { k: "a" } | { k: "c" }
  major/major : { k: "a" } | { k: "b" } → { k: "a" } | { k: "c" }
a choice that is new
  { k: "a" } => { k: "a" } | { k: "b" }
  minor/major : { k: "a" } → { k: "a" } | { k: "b" }
a choice that is gone, and with it what only it had
  { k: "a" } | { k: "b"; x?: string } => { k: "a" }
  major/minor : { k: "a" } | { k: "b"; x?: string } → { k: "a" }
  -/major .x: gone, was string
a choice with more, where nothing tells choices apart
  { a: string } => { a: string } | { a: string; b?: string }
  minor/minor : { a: string } → { a: string } | { a: string; b?: string }
a choice with more that is gone, where nothing tells choices apart
  { a: string } | { a: string; b?: string } => { a: string }
  major/major .b: gone, was string
a choice that changes where another would take it, but not in a literal
  { a?: string } | { a?: string; b?: string } => { a?: string } | { a?: string; b?: number }
  major/major .b: string → number
a choice that requires what TypeScript takes for a sign of another one
  { k: "a"; c: boolean } | { k: "b"; c?: string } => { k: "a"; c: boolean } | { k: "b"; c: string }
  major/minor .c: optional → required
one choice in place of two, where nothing tells them apart
  { a?: string } | { b?: string } => { a?: string; b?: string }
  minor/- .b: new, optional: string
  -/minor .b: new: string
two choices in place of one, of which a literal may still have all
  { c: string; a?: string; b?: string } => { c: string; a?: string } | { c: string; b?: string }
  -/major .a: gone, was string
  -/major .b: gone, was string
values that now go together
  { a: "x" | "y"; b: "x" | "y" } => { a: "x"; b: "x" } | { a: "y"; b: "y" }
  major/minor .a: "x" | "y" → "x"
  major/minor .b: "x" | "y" → "x"
one type in many places, each of which is told
  { a: string; b: string[]; c: { d: string[] } } => { a: number; b: number[]; c: { d: number[] } }
  major/major .a: string → number
  major/major .b[]: string → number
  major/major .c.d[]: string → number
properties that are no longer open
  { [key: string]: unknown } => { a?: string }
  major/minor .a: unknown → string
  major/major [key]: gone, was unknown
properties that are open now
  { a?: string } => { a?: string; [key: string]: unknown }
  minor/minor [key]: new: unknown
a property listed beside open ones, of which literals could hold any
  { [key: string]: unknown } => { b?: string; [key: string]: unknown }
  major/minor .b: unknown → string
a property no longer listed beside open ones
  { a: string; [key: string]: unknown } => { [key: string]: unknown }
  minor/major .a: required → optional
  minor/major .a: string → unknown
open properties of another type
  { [key: string]: string } => { [key: string]: string | null }
  minor/major [key]: string → string | null
a list of fixed length
  [string, string] => [string, number]
  major/major [1]: string → number
a list of another length
  [string] => [string, string]
  major/major : [string] → [string, string]
a list of fixed length, then of any
  [string] => string[]
  minor/major : [string] → string[]
names that are no names, and those that every object has
  { "a b"?: string; __proto__?: string } => { "a b"?: number; toString?: string }
  major/major ["a b"]: string → number
  major/major .__proto__: gone, was string
  minor/- .toString: new, optional: string
  -/minor .toString: new: string
one of many values
  Many | "value" => Many
  major/minor : … | "value" → …
a type that holds itself, told at the nearest place
  Node => OtherNode
  major/major .name: string → number
a type that holds itself in another way
  Node => Chain
  major/major .children: gone, was { name?: string; children?: { … }[] }[]
  minor/- .child: new, optional: { name?: string; child?: { … } }
  -/minor .child: new: { name?: string; child?: { … } }
`;

const declarations = `
export interface Node { name?: string; children?: Node[] }
export interface OtherNode { name?: number; children?: OtherNode[] }
export interface Chain { name?: string; child?: Chain }
export type Many = ${Array.from({ length: 40 }, (_, at) => `"value${at}"`).join(" | ")};
`;

/** A `generated/` in which each type is the body of one operation and the result of another. */
function sideWith(types: readonly string[]): Side {
  const each = (write: (type: string, index: number) => string): string =>
    types.map(write).join("\n");
  const code = `${declarations}
export const zones = { us: "https://us.example" } as const;
export const defaultZone = "us" as const;
export const auth = { header: "authorization", prefix: "" } as const;
export const operations = { ${each((_, at) => `op${at}: { method: "PUT", path: "/${at}" },`)} } as const;
export interface Inputs { ${each((type, at) => `op${at}: { body: ${type} };`)} }
export interface Results { ${each((type, at) => `op${at}: ${type};`)} }
`;
  return {
    label: "side",
    files: new Map([
      ["spec.ts", code],
      ["paths.ts", "export {};"],
    ]),
  };
}

const rows = changes
  .trim()
  .split(/\n(?=\S)/)
  .map((row) => {
    const [title = "", change = "", ...lines] = row.split(/\n +/);
    const [old = "", next = ""] = change.split(" => ");
    const levels = lines.map((line) => /^([a-z]+|-)\/([a-z]+|-) (.*)$/.exec(line) ?? []);
    const linesTo = (who: 1 | 2): string[] =>
      levels
        .filter((parts) => parts[who] !== "-")
        .map((parts) => `${parts[who] ?? ""} ${parts[3] ?? ""}`)
        .sort();
    return { title, old, next, sent: linesTo(1), received: linesTo(2) };
  });

describe("a type that changes", () => {
  let findings: readonly Finding[];

  beforeAll(() => {
    ({ findings } = compare(
      sideWith(rows.map(({ old }) => old)),
      sideWith(rows.map(({ next }) => next)),
    ));
  });

  test.each(rows.map((row, at) => ({ ...row, at })))("$title", ({ sent, received, at }) => {
    const found = (place: string): string[] =>
      findings
        .filter((finding) => finding.operation === `op${at}` && finding.place.startsWith(place))
        .map(({ level, place, message }) => {
          const path = place.replace(/^(input body|output) ?/, "").replace(/^(?=[^.[])/, ".");
          return `${level} ${path}: ${message}`;
        })
        .sort();
    expect({ sent: found("input"), received: found("output") }).toEqual({ sent, received });
  });
});

test("many operations that share types which hold themselves are each told of", () => {
  const types = ["Node", "{ next: Node }", "{ next: { next: Node } }"];
  const old = Array.from({ length: 90 }, (_, at) => types[at % types.length] ?? "");
  const { findings } = compare(
    sideWith(old),
    sideWith(old.map((type) => type.replace("Node", "OtherNode"))),
  );
  expect(findings).toHaveLength(180);
  expect(findings[0]?.place).toBe("input body.name");
});

describe("specs", () => {
  const server = (zone: string): string =>
    `{ url: "https://${zone.toLowerCase()}.example", description: ${zone} Zone }`;
  const id = "{ name: id, in: path, required: true, schema: { type: string } }";
  const header = (required: boolean): string =>
    `{ name: trace, in: header, required: ${required}, schema: { type: string } }`;
  const text = "{ type: string }";
  const query = (name: string): string => `{ name: ${name}, in: query, schema: ${text} }`;
  const old = specOf(
    [
      pathOf("gone"),
      pathOf("header"),
      pathOf("refused"),
      pathOf("same", { body: "{ type: integer }", result: "{ enum: [a, b] }" }),
      pathOf("old"),
      pathOf("path", { at: "/a/{id}", parameters: id }),
      pathOf("parameter", { at: "/b/{id}", parameters: id }),
      pathOf("query", { parameters: query("since") }),
      pathOf("method"),
      pathOf("types", { body: text, result: text, responseType: "*/*" }),
      pathOf("result", { result: text }),
    ],
    { servers: `[${["US", "EU", "AP", "JP"].map(server).join(", ")}]` },
  );
  const jp = server("JP").replace("example", "example/v2");
  const eu = server("EU").replace("EU Zone", "Europe Zone");
  const next = specOf(
    [
      pathOf("header", { parameters: header(false) }),
      pathOf("refused", { parameters: header(true) }),
      pathOf("same", { body: "{ type: number, description: x }", result: "{ enum: [b, a] }" }),
      pathOf("new", { at: "/old" }),
      pathOf("path", { at: "/c/{id}", parameters: id }),
      pathOf("parameter", { at: "/b/{key}", parameters: id.replace("id", "key") }),
      pathOf("query", { parameters: query("after") }),
      pathOf("method", { method: "patch" }),
      pathOf("types", {
        body: text,
        requestType: "application/vnd.a+json",
        result: text,
        responseType: "application/hal+json",
      }),
      pathOf("result"),
      pathOf("added"),
    ],
    {
      servers: `[${jp}, ${server("US")}, ${eu}, ${server("CH")}]`,
      scheme: "{ type: apiKey, in: header, name: X-Api-Key }",
      title: "Others",
    },
  );

  test("that differ in all that can differ are reported in full, the gravest first", async () => {
    expect(await reported(old, next)).toEqual([
      "major  defaultZone: us → jp",
      "major  zones.ap: gone",
      "major  zones.eu: renamed to europe, which has the same URL",
      "major  gone: gone, was PUT /gone",
      "major  old: renamed to new (PUT /old)",
      "major  parameter input id: renamed to key",
      "major  query input since: gone, was string",
      "major  refused: gone, was PUT /refused",
      "major  result output: string → undefined",
      "minor  zones.ch: new",
      "minor  added: new: PUT /added",
      "minor  method method: PUT → PATCH: what fails is no longer tried again",
      "minor  query input after: new, optional: string",
      "patch  auth: authorization: Bearer → x-api-key:",
      "patch  zones.jp: https://jp.example → https://jp.example/v2: another path, which firewalls and proxies have to let through",
      "patch  path path: /a/{id} → /c/{id}",
      "patch  types request media type: application/json → application/vnd.a+json",
      "patch  types response media types: application/json → application/hal+json",
      "major",
    ]);
  });
});

describe("compare as a command", () => {
  let folder: string;
  const run = (...args: string[]) => compareCommand(args.map((arg) => arg.replace("@", folder)));

  beforeAll(async () => {
    folder = await emptyFolder();
    await writeSide(path.join(folder, "one"), specOf([pathOf("a")]));
    await writeSide(path.join(folder, "two"), specOf([pathOf("a"), pathOf("b")]));
    const servers = "[{ url: https://far.example, description: US Zone }]";
    await writeSide(path.join(folder, "far"), specOf([pathOf("a")], { servers }));
  });

  const patch = "nothing that consumers can see has changed (changeset: patch)";
  const noticed = "no code has to change, but this may be noticed (changeset: patch)";
  const moved =
    "https://us.example/v1 → https://far.example: another host, which firewalls and proxies have to let through";
  const minor = "more is accepted or given, and nothing breaks (changeset: minor)";
  const major = "services that compile against the old types may break (changeset: major)";
  test.each<[string, string, number, string[]]>([
    ["two", "one", 1, ["major  b: gone, was PUT /b", `major: ${major}`]],
    ["one", "two", 0, ["minor  b: new: PUT /b", `minor: ${minor}`]],
    ["one", "one", 0, [`patch: ${patch}`]],
    ["one", "far", 0, [`patch  zones.us: ${moved}`, `patch: ${noticed}`]],
  ])("reports what becomes of folder %s as %s", (old, next, exitCode, lines) => {
    expect(run("--base-dir", `@/${old}`, "--generated", `@/${next}`)).toEqual({ exitCode, lines });
  });

  test("--json gives the same to machines", () => {
    const { exitCode, lines } = run("@/two", "--generated", "@/one", "--json");
    const change = { level: "major", old: "PUT /b", new: null, message: "gone, was PUT /b" };
    expect(exitCode).toBe(1);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { verdict: "major", findings: [{ operation: "b", place: "", ...change }] },
    ]);
  });

  test("--help says how to use it", () => {
    const { exitCode, lines } = run("--help");
    expect(exitCode).toBe(0);
    expect(lines.join("\n")).toMatch(
      /^Is the new generated\/ safe .*\n\nnpm run compare -- \[BASE\]/,
    );
  });

  test.each([
    [["@/one", "--base-dir", "@/one"], "there is one BASE to compare with"],
    [["--nope"], "Unknown option '--nope'"],
    [["--base-dir", "@"], "has no paths.ts, so it is no generated/"],
  ])("refuses %j", (args, message) => {
    expect(() => run(...args)).toThrow(message);
  });
});

test.each([
  ["export interface operations {", "paths.ts:1:30 '}' expected."],
  ["\nexport type A = B;", "paths.ts:2:17 Cannot find name 'B'."],
])("a side that holds %j is refused, with the place", (code, message) => {
  const good = sideWith([]);
  const bad = { label: "bad", files: new Map([...good.files, ["paths.ts", code]]) };
  expect(() => compare(bad, good)).toThrow(`bad: does not compile: ${message}`);
  expect(() => compare(good, bad)).toThrow(`bad: does not compile: ${message}`);
});
