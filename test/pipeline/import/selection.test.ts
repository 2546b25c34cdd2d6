import { describe, expect, test } from "vitest";

import type { Import } from "../../../scripts/import/import.js";
import type { JsonObject } from "../../../scripts/openapi/json.js";
import { apiWith, importing, operation, pageOf, refusal, yamlOf } from "./harness.js";

/** An API of these operations: `a` is `GET /a`, `a!` has another summary, `b@/x` is `GET /x`. */
function api(...names: readonly string[]): JsonObject {
  const paths = names.map((name): [string, JsonObject] => {
    const [id = "", at = `/${id}`] = name.replace("!", "").split("@");
    return [at, { get: operation(id, name.endsWith("!") ? { summary: "New" } : {}) }];
  });
  return apiWith(Object.fromEntries(paths));
}

const page = (...names: readonly string[]): string => pageOf(yamlOf(api(...names)));
const spec = api("a", "b");
const revised = api("a!", "b!", "c");
const changedA = "changed operation a (GET /a): summary";
const changedB = "changed operation b (GET /b): summary";
const addedC = "added operation c (GET /c)";
const removedB = "removed operation b (GET /b)";
const moved = "changed operation b (GET /x): was GET /b";
const renamed = ["added operation bee (GET /b)", removedB];

type Row = [title: string, source: string | JsonObject, options: Partial<Import>];

describe("an import takes", () => {
  test.each<[...Row, names: string[], changes: string[]]>([
    ["the operations of the spec", revised, {}, ["a!", "b!"], [changedA, changedB]],
    ["those of them that a page shows", page("a!"), {}, ["a!", "b"], [changedA]],
    ["what is named", revised, { operations: ["c", "a"] }, ["a!", "b", "c"], [changedA, addedC]],
    ["no notice of what else is gone", api("a!"), { operations: ["a"] }, ["a!", "b"], [changedA]],
    ["a new name", api("a", "bee@/b"), { operations: ["bee"] }, ["a", "bee@/b"], renamed],
    ["a new place", api("a", "b@/x"), { operations: ["b"] }, ["a", "b@/x"], [moved]],
    ["all", revised, { all: true }, ["a!", "b!", "c"], [changedA, changedB, addedC]],
    ["all of a page", page("c"), { all: true }, ["a", "b", "c"], [addedC]],
    ["out what is still there", spec, { remove: ["b"] }, ["a"], [removedB]],
    ["out what is gone", api("a!"), { remove: ["b"] }, ["a!"], [changedA, removedB]],
    [
      "a name that every object has",
      api("__proto__"),
      { operations: ["__proto__"] },
      ["a", "b", "__proto__"],
      ["added operation __proto__ (GET /__proto__)"],
    ],
  ])("%s", async (_, source, options, names, changes) => {
    const imported = await importing(spec, source, options);
    expect(imported.changes).toEqual(changes);
    expect(imported.document).toEqual(api(...names));
  });

  test("out all there is, with the components that only this reached", async () => {
    const gone = { get: operation("b", {}, "#/components/schemas/Gone") };
    const present = apiWith({ "/b": gone }, { schemas: { Gone: {} } });
    const { changes, document } = await importing(present, spec, { remove: ["b"] });
    expect(changes).toEqual([removedB, "removed component schemas/Gone"]);
    expect(document).toEqual(api());
  });
});

describe("an import is refused", () => {
  const lacks =
    "lacks operations of spec.yaml: take out what is gone with --remove, or name those to take with --operation: it lacks";
  const has =
    "has none of the operations of spec.yaml: name those to take with --operation, or pass --all: it has";
  const unnamed = apiWith({ "/a": { get: {} }, "/b": { get: operation("b") } });
  test.each<[...Row, message: string]>([
    ["of a page that shows none", page("c"), {}, `source.yaml: ${has} c`],
    ["of a document that lacks one", api("a"), {}, `source.json: ${lacks} b (GET /b)`],
    [
      "of a document that names one anew, also with --all",
      api("a", "bee@/b"),
      { all: true },
      `source.json: ${lacks} b (GET /b, which is bee there)`,
    ],
    [
      "of a document that has no name for one",
      unnamed,
      {},
      `source.json: ${lacks} a (GET /a, which is without an operationId there)`,
    ],
    [
      "of what is not there",
      revised,
      { operations: ["a", "d"] },
      'source.json: has no operation "d": it has a, b, c',
    ],
    [
      "of what is not there, by a name that every object has",
      api(),
      { operations: ["constructor"] },
      'source.json: has no operation "constructor": it has no operations',
    ],
    [
      "that removes what is not there",
      revised,
      { remove: ["c"] },
      'spec.yaml: has no operation "c" to remove',
    ],
    [
      "that takes and removes one",
      revised,
      { remove: ["b"], operations: ["b"] },
      '"b" cannot be both taken and removed',
    ],
  ])("%s", async (_, source, options, message) => {
    expect(await refusal(spec, source, options)).toBe(message);
  });

  test("that removes what something refers to", async () => {
    const responses = { "200": { $ref: "#/paths/~1b/get/responses/204" } };
    const a = { get: { operationId: "a", responses } };
    const present = apiWith({ "/a": a, "/b": { get: operation("b") } });
    expect(await refusal(present, present, { remove: ["b"] })).toBe(
      'spec.yaml: "b" cannot be removed: what stays refers to it',
    );
  });
});
