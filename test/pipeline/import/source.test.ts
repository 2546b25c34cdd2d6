import { describe, expect, test } from "vitest";

import type { JsonObject } from "../../../scripts/openapi/json.js";
import { apiWith, importing, operation, pageOf, refusal, yamlOf } from "./harness.js";

const spec = apiWith({ "/a": { get: operation("a") } });
const revised = apiWith({ "/a": { get: operation("a", { summary: "New" }) } });
const yaml = yamlOf(revised);

/** A fence of so many backticks. */
function fence(code: string, marks = 4, info = "yaml get /a"): string {
  const ticks = "`".repeat(marks);
  return `${ticks}${info}\n${code}${ticks}\n`;
}

describe("a source is understood", () => {
  const fenced =
    "summary: New\n      description: |\n        ````yaml\n        openapi: 3\n        ````";
  test.each<[string, string]>([
    ["that is JSON with a byte order mark", `\ufeff${JSON.stringify(revised)}`],
    ["that is a page", pageOf(yaml)],
    ["that is a page whose lines end as on Windows", pageOf(yaml).replaceAll("\n", "\r\n")],
    ["that is a page with a byte order mark", `\ufeff${pageOf(yaml)}`],
    ["that is a page which ends after the fence, or goes on", `${fence(yaml)}\n# More\n`],
    ["with a fence that is longer", fence(yaml, 5)],
    ["with other code before", `${fence("curl\n", 3, "bash")}${fence("a: 1\n")}${fence(yaml)}`],
    ["with a fence within another", `~~~\n${fence("openapi: 3.0.3\n")}~~~\n${fence(yaml)}`],
    ["with JSON in the fence", fence(`${JSON.stringify(revised, null, 2)}\n`, 4, "json")],
    ["with fences in the document", fence(yaml.replace("summary: New", fenced))],
  ])("%s", async (_, source) => {
    const { changes, text } = await importing(spec, source);
    expect(changes[0]).toMatch(/^changed operation a \(GET \/a\): summary/);
    expect(text).not.toContain("\r");
  });
});

describe("a docs page is refused", () => {
  const none = "page.md: has no OpenAPI document in a fence of four backticks";
  const wrong = yaml.replace("responses:", "parameters: {}\n      responses:");
  test.each<[string, string, string]>([
    ["without a fence", "# Update\n\nText", none],
    ["with shorter fences only", fence(yaml, 3), none],
    ["with a fence of another language", fence("openapi: 3.0.3\n", 4, "ts"), none],
    ["with a fence of no document", fence("a: 1\n"), none],
    [
      "with two documents",
      `# A\n${fence(yaml)}\n# B\n${fence(yaml)}`,
      "page.md: has more than one OpenAPI document (lines 2, 28)",
    ],
    [
      "that is cut off",
      fence(yaml).slice(0, 90),
      "page.md:1:1: the fence is not closed: the page is cut off",
    ],
    [
      "whose document is not YAML, with the line in the page",
      `# A\n\n${fence("openapi: 3.0.3\ninfo: [\n")}`,
      "page.md:6:1: is not valid YAML: deficient indentation: all inside { } or [ ], and the end of it, must be indented further than its key",
    ],
    [
      "whose operation is wrong, with the line in the page",
      `# A\n\n${fence(wrong)}`,
      "page.md:17:7: #/paths/~1a/get/parameters expected a list",
    ],
  ])("%s", async (_, page, message) => {
    expect(await refusal(spec, page, { as: "page.md" })).toBe(message);
  });
});

describe("a source is refused", () => {
  test.each<[string, string | JsonObject, string]>([
    ["that is HTML", "\n<!DOCTYPE html>\n<html>", "source.yaml: is HTML, not a docs page"],
    ["that is Swagger 2", "swagger: '2.0'", "source.yaml:1:1: #/swagger is Swagger 2"],
    ["whose paths are a list", { ...spec, paths: [] }, "#/paths expected a mapping"],
    [
      "with an operationId that is taken",
      apiWith({ "/b": { get: operation("c"), put: operation("c") } }),
      'source.json:29:9: #/paths/~1b/put/operationId "c" is taken by #/paths/~1b/get',
    ],
  ])("%s", async (_, source, message) => {
    const line = await refusal(apiWith({}), source, { all: true });
    expect(line).toContain(message);
    expect(line).not.toContain("\n");
  });

  test("that is not there", async () => {
    expect(await refusal(spec, "", { source: "none.yaml" })).toBe("none.yaml: no such file");
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
      "whose reference leads nowhere, where it stays",
      yamlOf(apiWith({ "/a": { get: operation("a", { requestBody: { $ref: "#/x" } }) } })),
      "spec.yaml:18:9: #/paths/~1a/get/requestBody/$ref",
    ],
  ])("%s", async (_, present, message) => {
    const source = apiWith({ "/b": { get: operation("b") } });
    expect(await refusal(present, source, { operations: ["b"] })).toContain(message);
  });
});
