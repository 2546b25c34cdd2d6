import { describe, expect, test } from "vitest";

import type { JsonObject } from "../../../scripts/openapi/json.js";
import { parse } from "../../../scripts/openapi/load.js";
import { apiWith, importing, operation, pageOf, peaka, yamlOf } from "./harness.js";

describe("a spec that says the same as the source keeps every byte", () => {
  const { info, ...rest } = parse(peaka, "");
  const handwritten = `# By hand.\n${peaka.replace("paths:", "\n# Here they are.\npaths:")}`;
  test.each<[string, string, string | JsonObject]>([
    ["of the page that it came from", peaka, pageOf(peaka)],
    ["of a page with other line ends", peaka, pageOf(peaka).replaceAll("\n", "\r\n")],
    ["of JSON in another order", peaka, { ...rest, info } as JsonObject],
    ["with comments and spacing of its own", handwritten, pageOf(peaka)],
  ])("%s", async (_, spec, source) => {
    expect(await importing(spec, source)).toMatchObject({ changes: [], text: spec });
  });
});

describe("a spec that changes is written anew in upstream's style", () => {
  const renamed = (yaml: string): string => yaml.replace("title: Peaka Gateway", "title: New");

  test("whose lines stay as they are where they were in that style", async () => {
    const { text, changes } = await importing(peaka, pageOf(renamed(peaka)));
    expect(changes).toEqual(["changed info: title"]);
    expect(text).toBe(`${renamed(peaka).trimEnd()}\n`);
  });

  test("without the comments, quotes and aliases of before", async () => {
    const shared = 'x-text: &text "done" # shared\n';
    const { text, document } = await importing(
      shared + peaka.replace("Update Connection", "*text"),
      pageOf(shared + renamed(peaka).replace("Update Connection", "*text")),
    );
    const changed = renamed(peaka).replace("Update Connection", "done");
    expect(document).toEqual({ "x-text": "done", ...parse(changed, "") });
    expect(text).toBe(yamlOf(document));
  });

  test("with what is added where the source has it among its neighbours", async () => {
    const ids = ["a", "b", "c", "d", "e"];
    const entry = (id: string): [string, JsonObject] => {
      return [`/${id}`, { get: operation(id, {}, `#/components/schemas/${id}`) }];
    };
    const paths: JsonObject = Object.fromEntries(ids.map(entry));
    const schemas: JsonObject = Object.fromEntries(
      ids.map((id) => [id, { title: id }] as const).reverse(),
    );
    const whole = apiWith(paths, { schemas });
    const one = await importing(apiWith({}), whole, { operations: ["c"] });
    const three = await importing(one.text, whole, { operations: ["e", "a"] });
    expect(Object.keys(three.document.paths as JsonObject)).toEqual(["/a", "/c", "/e"]);
    const all = await importing(three.text, whole, { operations: ["b", "d"] });
    expect(all.text).toBe(yamlOf(whole));
  });
});
