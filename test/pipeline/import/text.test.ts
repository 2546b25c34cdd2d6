import { readFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, test } from "vitest";

import type { JsonObject } from "../../../scripts/openapi/json.js";
import { parse } from "../../../scripts/openapi/load.js";
import { diff, importing, pageOf, peaka, root, yamlOf } from "./harness.js";

/** A slice with another operation of the same API, as its own docs page shows it. */
const createPage = pageOf(
  peaka
    .replace(
      "/connections/{projectId}/{connectionId}:\n    put:",
      "/connections/{projectId}:\n    post:",
    )
    .replace("operationId: updateConnection", "operationId: createConnection")
    .replace(/ {8}- name: connectionId\n( {10}.*\n)+/, ""),
  "post /connections/{projectId}",
);

describe("importing the page that the spec came from", () => {
  test("changes not one byte", async () => {
    const { changes, text } = await importing(peaka, pageOf(peaka), { as: "page.md" });
    expect(changes).toEqual([]);
    expect(text).toBe(peaka);
  });

  test("changes not one byte where the spec has other operations too", async () => {
    const both = await importing(peaka, createPage, { all: true });
    expect(both.changes).toEqual([
      "added operation createConnection (POST /connections/{projectId})",
    ]);
    for (const page of [pageOf(peaka), createPage]) {
      const again = await importing(both.text, page);
      expect(again.changes).toEqual([]);
      expect(again.text).toBe(both.text);
    }
  });

  test("changes not one byte where it says the same in JSON, in another order and style", async () => {
    const { info, ...rest } = parse(peaka, "");
    const { changes, text } = await importing(peaka, { ...rest, info } as JsonObject);
    expect(changes).toEqual([]);
    expect(text).toBe(peaka);
  });
});

describe("an operation that is added", () => {
  test("leaves every line that is there, and has the text of its page", async () => {
    const { text } = await importing(peaka, createPage, { all: true });
    const lines = diff(peaka, text);
    expect(lines.every((line) => line.startsWith("+"))).toBe(true);
    const added = `${lines.map((line) => line.slice(1)).join("\n")}\n`;
    expect(added).toMatch(/^ {2}\/connections\/\{projectId\}:\n {4}post:\n/);
    expect(createPage).toContain(added);
  });

  test("from JSON is written as upstream writes YAML", async () => {
    const fromPage = await importing(peaka, createPage, { all: true });
    const whole = parse(fromPage.text, "");
    const fromJson = await importing(peaka, whole, { all: true });
    expect(fromJson.text).toBe(fromPage.text);
  });

  test("stands where the source has it among its neighbours", async () => {
    const paths = Object.fromEntries(
      ["a", "b", "c", "d", "e"].map((id) => [`/${id}`, get(id, `#/components/schemas/${id}`)]),
    );
    const schemas = Object.fromEntries(["e", "d", "c", "b", "a"].map((id) => [id, { title: id }]));
    const whole = { ...head, paths, components: { ...key, schemas } };
    const { text } = await importing(yamlOf({ ...head, paths: {}, components: key }), whole, {
      operations: ["c"],
    });
    const second = await importing(text, whole, { operations: ["e", "a"] });
    expect(Object.keys(second.document.paths as JsonObject)).toEqual(["/a", "/c", "/e"]);
    const third = await importing(second.text, whole, { operations: ["b", "d"] });
    expect(third.text).toBe((await importing(text, whole, { all: true })).text);
    expect(Object.keys(third.document.paths as JsonObject)).toEqual(Object.keys(paths));
  });
});

const head = {
  openapi: "3.0.3",
  info: { title: "Things", version: "1" },
  servers: [{ url: "https://api.example", description: "EU Zone" }],
  security: [{ key: [] }],
};
const key = { securitySchemes: { key: { type: "http", scheme: "bearer" } } };

function get(operationId: string, $ref: string): JsonObject {
  const content = { "application/json": { schema: { $ref } } };
  return { get: { operationId, responses: { "200": { description: "", content } } } };
}

const handwritten = `# Kept by hand.
---
openapi: "3.0.3" # not 3.1
info: {title: Things, version: '1'}

# Where the data lives.
servers:
    - {url: https://api.example, description: EU Zone}
security:
- key: []
paths:
    # The first.
    /a:
        get:
            operationId: a
            description: |+
                # no comment

            responses: {'204': {description: done}}

    "/b":
        get:
            operationId: b # the second
            responses:
                204: {description: >-
                  done
                  }
components:
    securitySchemes:
        key: {type: http, scheme: bearer}

# The end.
`.replace(
  "{description: >-\n                  done\n                  }",
  "\n                    description: >-\n                        done",
);

describe("a spec that was edited by hand", () => {
  const document = parse(handwritten, "spec.yaml") as JsonObject & { paths: JsonObject };

  test("keeps its comments, quotes and indentation where nothing changed", async () => {
    const changed = structuredClone(document);
    (changed.paths["/b"] as JsonObject).get = {
      operationId: "b",
      summary: "New",
      responses: { "204": { description: "done" } },
    };
    const { text, changes } = await importing(handwritten, changed);
    expect(changes).toEqual(["changed operation b (GET /b): summary"]);
    expect(diff(handwritten, text)).toEqual([
      "-            operationId: b # the second",
      "-            responses:",
      "-                204: ",
      "-                    description: >-",
      "-                        done",
      "+          operationId: b",
      "+          summary: New",
      "+          responses:",
      "+            '204':",
      "+              description: done",
    ]);
  });

  test("gets what is added at its own indentation, with the comments of a source in YAML", async () => {
    const source = yamlOf(document)
      .replace("  /b:\n", "  /b:\n    # shared\n    summary: All\n")
      .replace(
        "components:",
        "  # the third\n  /c:\n    get:\n      operationId: c\n      responses:\n        '204':\n          description: done\ncomponents:",
      );
    const { text, changes } = await importing(handwritten, source, { operations: ["b", "c"] });
    expect(changes).toEqual(["added operation c (GET /c)", "added summary of path /b"]);
    expect(diff(handwritten, text)).toEqual([
      "+        # shared",
      "+        summary: All",
      "+    # the third",
      "+    /c:",
      "+      get:",
      "+        operationId: c",
      "+        responses:",
      "+          '204':",
      "+            description: done",
    ]);
  });

  test("loses what is removed with the comments above it, and nothing else", async () => {
    const { text } = await importing(handwritten, document, { remove: ["a"] });
    expect(diff(handwritten, text).map((line) => line.trimEnd())).toEqual([
      "-    # The first.",
      "-    /a:",
      "-        get:",
      "-            operationId: a",
      "-            description: |+",
      "-                # no comment",
      "-            responses: {'204': {description: done}}",
      "-",
    ]);
  });
});

describe("text that does not stand alone", () => {
  const source = { ...head, paths: { "/b": get("b", "#/components/schemas/B") } };
  const withB = { ...source, components: { ...key, schemas: { B: { type: "object" } } } };

  test("is written out: an alias of the source, and what it stands for elsewhere", async () => {
    const yaml = `openapi: 3.0.3
info: {title: Things, version: "1"}
servers: [{url: https://api.example, description: EU Zone}]
security: [{key: []}]
x-shared: &done {description: done}
x-path: &path
  get: {operationId: c, responses: {204: *done}}
paths:
  /c: {<<: *path, summary: Merged}
components: {securitySchemes: {key: {type: http, scheme: bearer}}}
`;
    const { text } = await importing(yamlOf(withB), yaml, { operations: ["c"] });
    expect(diff(yamlOf(withB), text).join("\n")).toMatchInlineSnapshot(`
      "+  /c:
      +    get:
      +      operationId: c
      +      responses:
      +        '204':
      +          description: done
      +    summary: Merged"
    `);
  });

  test("is written anew as a whole where an alias of the spec reaches into what changes", async () => {
    const present = yamlOf(withB)
      .replace("type: object", "&it\n      type: object")
      .replace("components:", "x-other: *it\ncomponents:")
      .replace(/(x-other: \*it\n)([^]*)/, "$2$1");
    const changed = structuredClone(withB);
    changed.components.schemas.B.type = "string";
    const { text, document } = await importing(present, changed);
    expect(text).toBe(yamlOf(document));
    expect(document).toEqual({ ...changed, "x-other": { type: "object" } });
  });

  test("is written anew as a whole where the spec is JSON", async () => {
    const { text, document } = await importing(JSON.stringify(withB), {
      ...withB,
      info: { title: "New", version: "2" },
    });
    expect(text).toBe(yamlOf(document));
  });

  test("gets its own line where the spec does not end in one", async () => {
    const present = yamlOf(withB).trimEnd();
    const added = { ...withB, paths: { ...withB.paths, "/z": get("z", "#/components/schemas/Z") } };
    const schemas = { ...withB.components.schemas, Z: { type: "number" } };
    const whole = { ...added, components: { ...withB.components, schemas } };
    const { text } = await importing(present, whole, { all: true });
    expect(text).toBe(yamlOf(whole));
  });
});

test("text with line separators of other kinds is moved as it is", async () => {
  const text = "a\u2028  b\u2029c\u0085d";
  const present = yamlOf({ ...head, paths: {}, components: key });
  const source = `openapi: 3.0.3
info: {title: Things, version: "1"}
servers: [{url: https://api.example, description: EU Zone}]
security: [{key: []}]
paths:
        /x:
                get:
                        operationId: x
                        description: "${text}"
                        responses: {204: {description: done}}
components: {securitySchemes: {key: {type: http, scheme: bearer}}}
`;
  const { document, text: written } = await importing(present, source, { operations: ["x"] });
  expect(document).toMatchObject({ paths: { "/x": { get: { description: text } } } });
  expect(written).toContain(`\n  /x:\n          get:\n                  operationId: x\n`);
});

test("the repository's spec is laid out so that its parts can be kept", async () => {
  const spec = await readFile(path.join(root, "openapi/peaka.yaml"), "utf8");
  const renamed = spec.replace("title: Peaka Gateway API", "title: Renamed");
  const { text } = await importing(spec, pageOf(renamed));
  expect(text).toBe(renamed);
});
