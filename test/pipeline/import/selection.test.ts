import { describe, expect, test } from "vitest";

import type { JsonObject } from "../../../scripts/openapi/json.js";
import { apiWith, operation } from "./api.js";
import { importing, pageOf, refusal, yamlOf } from "./harness.js";

const spec = apiWith({ "/a": { get: operation("a") }, "/b": { get: operation("b") } });
const revised = apiWith({
  "/a": { get: operation("a", { summary: "New" }) },
  "/b": { get: operation("b", { summary: "New" }) },
  "/c": { get: operation("c") },
});
const withoutB = apiWith({ "/a": { get: operation("a", { summary: "New" }) } });

function idsOf(document: JsonObject): string[] {
  return [...JSON.stringify(document).matchAll(/"operationId":"(\w+)"/g)].map(([, id = ""]) => id);
}

describe("without options", () => {
  test("the operations that the spec has are taken, and no other", async () => {
    const { changes, document } = await importing(spec, revised);
    expect(changes).toEqual([
      "changed operation a (GET /a): summary",
      "changed operation b (GET /b): summary",
    ]);
    expect(idsOf(document)).toEqual(["a", "b"]);
  });

  test("those that a docs page does not show stay as they are", async () => {
    const { changes, document } = await importing(spec, pageOf(yamlOf(withoutB)));
    expect(changes).toEqual(["changed operation a (GET /a): summary"]);
    expect(idsOf(document)).toEqual(["a", "b"]);
  });

  test("a page that shows none of them is refused, and its operations are named", async () => {
    const page = pageOf(yamlOf(apiWith({ "/c": { get: operation("c") } })));
    expect(await refusal(spec, page, { as: "page.md" })).toBe(
      "page.md: has none of the operations of spec.yaml: name those to take with --operation, or pass --all: it has c",
    );
  });

  test("a whole document that lacks one is refused", async () => {
    expect(await refusal(spec, withoutB)).toBe(
      "source.json: lacks operations of spec.yaml: take out what is gone with --remove, or name those to take with --operation: it lacks b (GET /b)",
    );
  });

  test.each<[string, JsonObject, string]>([
    ["another name", operation("bee"), "b (GET /b, which is bee there)"],
    ["no name", { responses: {} }, "b (GET /b, which is without an operationId there)"],
  ])("a whole document that gives one %s is refused", async (_, now, message) => {
    const source = apiWith({ "/a": { get: operation("a") }, "/b": { get: now } });
    expect(await refusal(spec, source)).toContain(`: it lacks ${message}`);
    expect(await refusal(spec, source, { all: true })).toContain(message);
  });
});

describe("--operation", () => {
  test("takes what it names, and leaves the rest as it is", async () => {
    const { changes, document } = await importing(spec, revised, { operations: ["c", "a"] });
    expect(changes).toEqual([
      "changed operation a (GET /a): summary",
      "added operation c (GET /c)",
    ]);
    expect(idsOf(document)).toEqual(["a", "b", "c"]);
  });

  test("leaves alone what the source lacks", async () => {
    const { changes } = await importing(spec, withoutB, { operations: ["a"] });
    expect(changes).toEqual(["changed operation a (GET /a): summary"]);
  });

  test("that names nothing is refused, with what there is", async () => {
    expect(await refusal(spec, revised, { operations: ["a", "d"] })).toBe(
      'source.json: has no operation "d": it has a, b, c',
    );
    expect(await refusal(spec, apiWith({}), { operations: ["constructor"] })).toBe(
      'source.json: has no operation "constructor": it has no operations',
    );
  });

  test("takes the place of an operation that has another name by now", async () => {
    const source = apiWith({ "/b": { get: operation("bee") } });
    const { changes, document } = await importing(spec, source, { operations: ["bee"] });
    expect(changes).toEqual(["added operation bee (GET /b)", "removed operation b (GET /b)"]);
    expect(idsOf(document)).toEqual(["a", "bee"]);
  });

  test("moves an operation that has another method or path by now", async () => {
    const source = apiWith({ "/bee": { post: operation("b") } });
    const { changes, document } = await importing(spec, source, { operations: ["b"] });
    expect(changes).toEqual(["changed operation b (POST /bee): was GET /b"]);
    expect(Object.keys(document.paths as JsonObject)).toEqual(["/a", "/bee"]);
  });
});

describe("--all", () => {
  test("takes every operation", async () => {
    const { document } = await importing(spec, revised, { all: true });
    expect(document).toEqual(revised);
  });

  test("of a page leaves what it does not show", async () => {
    const page = pageOf(yamlOf(apiWith({ "/c": { get: operation("c") } })));
    const { changes } = await importing(spec, page, { all: true });
    expect(changes).toEqual(["added operation c (GET /c)"]);
  });
});

describe("--remove", () => {
  test("takes out what is gone, and what only it reached", async () => {
    const present = structuredClone(spec);
    const gone = operation("b", {}, "#/components/schemas/Gone");
    present.paths = { "/a": { get: operation("a") }, "/b": { get: gone } };
    present.components = { ...(present.components as JsonObject), schemas: { Gone: {} } };
    const { changes, document } = await importing(present, withoutB, { remove: ["b"] });
    expect(changes).toEqual([
      "changed operation a (GET /a): summary",
      "removed operation b (GET /b)",
      "removed component schemas/Gone",
    ]);
    expect(document).toEqual(withoutB);
  });

  test("takes out what the source still has", async () => {
    const { changes } = await importing(spec, spec, { remove: ["b"] });
    expect(changes).toEqual(["removed operation b (GET /b)"]);
  });

  test("may leave no operation at all", async () => {
    const { document } = await importing(spec, spec, { remove: ["a", "b"] });
    expect(document).toEqual(apiWith({}));
  });

  test.each([
    [{ remove: ["c"] }, 'spec.yaml: has no operation "c" to remove'],
    [{ remove: ["b"], operations: ["b"] }, '"b" cannot be both taken and removed'],
  ])("is refused with %j", async (options, message) => {
    expect(await refusal(spec, revised, options)).toBe(message);
  });

  test("is refused where what stays refers to the operation", async () => {
    const present = apiWith({
      "/a": {
        get: { operationId: "a", responses: { "200": { $ref: "#/paths/~1b/get/responses/204" } } },
      },
      "/b": { get: operation("b") },
    });
    expect(await refusal(present, present, { remove: ["b"] })).toBe(
      'spec.yaml: "b" cannot be removed: what stays refers to it',
    );
  });
});
