import { describe, expect, test } from "vitest";

import { importSpec } from "../../../scripts/import/import.js";
import type { JsonObject } from "../../../scripts/openapi/json.js";
import { apiWith, operation } from "./api.js";
import { importing, pageOf, peaka, refusal, yamlOf } from "./harness.js";

const spec = apiWith({ "/a": { get: operation("a") } });
const revised = apiWith({ "/a": { get: operation("a", { summary: "New" }) } });
const revisedYaml = yamlOf(revised);

/** A fence of so many backticks. */
function fence(code: string, marks = 4, info = "yaml get /a"): string {
  const ticks = "`".repeat(marks);
  return `${ticks}${info}\n${code}${ticks}\n`;
}

describe("a docs page", () => {
  test.each<[string, string]>([
    ["in Peaka's form", pageOf(revisedYaml)],
    ["whose lines end as on Windows", pageOf(revisedYaml).replaceAll("\n", "\r\n")],
    ["that begins with a byte order mark", `\ufeff${pageOf(revisedYaml)}`],
    ["that ends after the fence, or goes on", `${fence(revisedYaml)}\n# More\n`],
    ["with a fence that is longer", fence(revisedYaml, 5)],
    [
      "with other code before",
      `${fence("curl\n", 3, "bash")}${fence("a: 1\n")}${fence(revisedYaml)}`,
    ],
    [
      "with a fence of four within another",
      `~~~\n${fence("openapi: 3.0.3\n")}~~~\n${fence(revisedYaml)}`,
    ],
    ["whose document is JSON", fence(`${JSON.stringify(revised, null, 2)}\n`, 4, "json")],
    [
      "whose document has fences in it",
      fence(
        revisedYaml.replace(
          "summary: New",
          "summary: New\n      description: |\n        ````yaml\n        openapi: 3\n        ````",
        ),
      ),
    ],
  ])("is understood %s", async (_, page) => {
    const { changes, text } = await importing(spec, page);
    expect(changes[0]).toMatch(/^changed operation a \(GET \/a\): summary/);
    expect(text).not.toContain("\r");
  });

  test.each<[string, string, string]>([
    [
      "without a fence",
      "# Update\n\nText",
      "page.md: has no OpenAPI document in a fence of four backticks",
    ],
    [
      "with shorter fences only",
      fence(revisedYaml, 3),
      "page.md: has no OpenAPI document in a fence of four backticks",
    ],
    [
      "with a fence of another language",
      fence("openapi: 3.0.3\n", 4, "ts"),
      "page.md: has no OpenAPI document in a fence of four backticks",
    ],
    [
      "with a fence of no document",
      fence("a: 1\n"),
      "page.md: has no OpenAPI document in a fence of four backticks",
    ],
    [
      "with two documents",
      `# A\n${fence(revisedYaml)}\n# B\n${fence(revisedYaml)}`,
      "page.md: has more than one OpenAPI document (lines 2, 28)",
    ],
    [
      "that is cut off",
      `# A\n\n${fence(revisedYaml).slice(0, 90)}`,
      "page.md:3:1: the fence is not closed: the page is cut off",
    ],
    [
      "whose document is not YAML",
      `# A\n\n${fence("openapi: 3.0.3\ninfo: [\n")}`,
      "page.md:6:1: is not valid YAML: deficient indentation",
    ],
    [
      "whose document is no OpenAPI",
      `# A\n\n${fence("openapi: [1]\n")}`,
      'page.md:4:1: #/openapi is [1]: it must be text of the form "3.0.x" or "3.1.x"',
    ],
    [
      "whose operation is wrong, with the line in the page",
      `# A\n\n${fence(revisedYaml.replace("responses:", "parameters: {}\n      responses:"))}`,
      "page.md:17:7: #/paths/~1a/get/parameters expected a list",
    ],
  ])("is refused %s", async (_, page, message) => {
    expect(await refusal(spec, page, { as: "page.md" })).toBe(message);
  });
});

describe("a source is refused", () => {
  const laughs = ["a0: &a0 [ha]"];
  for (let level = 1; level < 30; level += 1) {
    laughs.push(`a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}]`);
  }
  test.each<[string, string | Uint8Array, string]>([
    [
      "that is HTML",
      "\n<!DOCTYPE html>\n<html>",
      "source.yaml: is HTML, not a docs page in Markdown (whose address ends in .md) or an OpenAPI document",
    ],
    ["that is XML", '<?xml version="1.0"?>', "source.yaml: is HTML, not"],
    ["that is empty", "", "source.yaml: is empty"],
    ["that is not UTF-8", new Uint8Array([0x61, 0xff]), "source.yaml: is not UTF-8 text"],
    ["that is not YAML", "a: [", "source.yaml:1:5: is not valid YAML"],
    [
      "that is half a JSON document",
      '{\n  "openapi": "3.0.3",',
      "source.yaml:2:22: is not valid YAML",
    ],
    [
      "that is Markdown by another name",
      "# Title\n\nSome text.\n",
      "source.yaml: is not an OpenAPI document",
    ],
    [
      "that has a key twice",
      `${revisedYaml}paths: {}\n`,
      "source.yaml:23:1: is not valid YAML: duplicated mapping key",
    ],
    [
      "whose aliases stand for too much",
      laughs.join("\n"),
      "source.yaml: has aliases that stand for too much",
    ],
    [
      "with an alias to what holds it",
      "a: &a\n  b: *a",
      "source.yaml: has an alias to what holds it",
    ],
    [
      "that makes objects of classes",
      "a: !!js/function x",
      "source.yaml:1:4: is not valid YAML: unknown scalar tag",
    ],
    [
      "that holds two documents",
      `${revisedYaml}---\na: 1\n`,
      "source.yaml: holds more than one YAML document",
    ],
    ["that is Swagger 2", "swagger: '2.0'", "source.yaml:1:1: #/swagger is Swagger 2"],
    ["that is of another version", "openapi: 3.2.0", 'source.yaml:1:1: #/openapi is "3.2.0"'],
    [
      "whose paths are a list",
      revisedYaml.replace(/paths:[^]*components/, "paths: []\ncomponents"),
      "source.yaml:10:1: #/paths expected a mapping",
    ],
  ])("%s", async (_, source, message) => {
    const line = await refusal(spec, source);
    expect(line).toContain(message);
    expect(line).not.toContain("\n");
  });

  test("that is not there, or is a folder", async () => {
    expect(await refusal(spec, "", { source: "none.yaml" })).toBe("none.yaml: no such file");
    expect(await refusal(spec, "", { source: "." })).toBe(".: cannot be read (EISDIR)");
  });

  test.each<[string, JsonObject, string]>([
    [
      "without an operationId",
      { "/b": { get: { responses: {} } } },
      "source.json:30:7: #/paths/~1b/get has no operationId",
    ],
    [
      "with an operationId that is taken",
      { "/b": { get: operation("c"), put: operation("c") } },
      'source.json:39:9: #/paths/~1b/put/operationId "c" is taken by #/paths/~1b/get',
    ],
    [
      "at a path that a URL reads otherwise",
      { "/b?c": { get: operation("b") } },
      "#/paths/~1b?c is a path that a URL reads otherwise",
    ],
    [
      "of the wrong shape",
      { "/b": { get: { operationId: "b", responses: [] } } },
      "#/paths/~1b/get/responses expected a mapping",
    ],
  ])("that has an operation %s", async (_, paths, message) => {
    const source = apiWith({ "/a": { get: operation("a") }, ...paths });
    expect(await refusal(spec, source, { all: true })).toContain(message);
  });
});

describe("a spec is refused", () => {
  test.each<[string, string, string]>([
    ["that is not YAML", "a: [", "spec.yaml:1:5: is not valid YAML"],
    ["that is not OpenAPI", "name: package\n", "spec.yaml: is not OpenAPI"],
    [
      "whose operation has no operationId",
      yamlOf(spec).replace("operationId: a", "summary: a"),
      "spec.yaml:12:5: #/paths/~1a/get has no operationId",
    ],
    [
      "whose reference leads nowhere",
      yamlOf(apiWith({ "/a": { get: operation("a", {}, "#/components/schemas/X") } })),
      "spec.yaml:20:17: #/paths/~1a/get/responses/200/content/application~1json/schema/$ref",
    ],
  ])("%s", async (_, present, message) => {
    const source = apiWith({ "/b": { get: operation("b") } });
    const line = await refusal(present, source, { operations: ["b"] });
    expect(line).toContain(message);
  });

  test("that is not there", async () => {
    const order = { source: "none.yaml", spec: "none.yaml", operations: [], all: true, remove: [] };
    await expect(importSpec(order, () => undefined)).rejects.toThrow("none.yaml: no such file");
  });
});

test("an operation keeps its name where it is __proto__, and so does a path", async () => {
  const paths = { ["/__proto__"]: { get: operation("__proto__") } };
  const { changes, text } = await importing(apiWith({}), apiWith(paths), {
    operations: ["__proto__"],
  });
  expect(changes).toEqual(["added operation __proto__ (GET /__proto__)"]);
  expect(text).toContain("      operationId: __proto__\n");
});

test("a JSON document may begin with a byte order mark", async () => {
  const { changes } = await importing(spec, `\ufeff${JSON.stringify(revised)}`);
  expect(changes).toEqual(["changed operation a (GET /a): summary"]);
});

test("a page whose text is the spec's with other line ends changes nothing", async () => {
  const { text } = await importing(peaka, pageOf(peaka).replaceAll("\n", "\r\n"));
  expect(text).toBe(peaka);
});
