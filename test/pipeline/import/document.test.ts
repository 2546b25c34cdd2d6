import { describe, expect, test } from "vitest";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { parse } from "../../../scripts/openapi/load.js";
import {
  apiWith,
  importing,
  operation,
  pageOf,
  peaka,
  refusal,
  without,
  yamlOf,
} from "./harness.js";

const spec = apiWith({ "/a": { get: operation("a") } });
const us = { url: "https://us.example", description: "US Zone" };
const eu = { url: "https://eu.example", description: "EU Zone" };
const ap = { url: "https://ap.example", description: "AP Zone" };
const plain = { url: us.url, description: "Default Server URL" };
const named = { ...plain, "x-zone": "us" };

describe("servers are the source's", () => {
  test.each<[string, present: Json[], source: Json[], changes: string[], servers?: Json[]]>([
    ["one that is new", [us], [us, eu], [`added server ${eu.url}`]],
    ["one that is gone", [us, eu], [us], [`removed server ${eu.url}`]],
    [
      "one that is described anew",
      [us],
      [named],
      [`changed server ${us.url}: description, x-zone`],
    ],
    ["another default", [us, eu], [eu, us], [`changed default server: ${us.url} to ${eu.url}`]],
    [
      "another order of the others",
      [us, eu, ap],
      [us, ap, eu],
      [`changed order of servers: ${us.url}, ${ap.url}, ${eu.url}`],
    ],
    ["but a zone name that the source lacks stays", [named], [plain], [], [named]],
    ["also beside others", [named], [plain, eu], [`added server ${eu.url}`], [named, eu]],
  ])("%s", async (_, present, source, changes, servers = source) => {
    const imported = await importing({ ...spec, servers: present }, { ...spec, servers: source });
    expect(imported.changes).toEqual(changes);
    expect(imported.document).toEqual({ ...spec, servers });
  });

  test("which are refused where there are none, or one has no zone name", async () => {
    const servers = [{ url: "https://b.example" }];
    expect(await refusal(spec, { ...spec, servers })).toMatch(
      /^source\.json:8:5: #\/servers\/0 has no zone name/,
    );
    expect(await refusal(spec, without(spec, "servers"))).toBe(
      "source.json: has no servers: each zone needs one",
    );
  });
});

describe("what the document says of itself is the source's", () => {
  const moved = {
    ...spec,
    openapi: "3.0.4",
    info: { title: "Things", version: "2", description: "New" },
    security: [{ other: [] }],
    components: { securitySchemes: { other: { type: "http", scheme: "bearer" } } },
  };
  const dialect = { ...spec, openapi: "3.1.0", jsonSchemaDialect: "https://a.example" };
  test.each<[string, JsonObject, JsonObject, string[]]>([
    [
      "its version of OpenAPI, its info and its security",
      spec,
      moved,
      [
        "changed openapi: 3.0.3 to 3.0.4",
        "changed info: version, description",
        "changed security",
        "added component securitySchemes/other",
        "removed component securitySchemes/key",
      ],
    ],
    [
      "also where the source no longer has it",
      dialect,
      without(without(dialect, "security"), "jsonSchemaDialect"),
      ["removed security", "removed jsonSchemaDialect"],
    ],
    [
      "a version in which schemas mean something else, where no operation stays",
      spec,
      { ...spec, openapi: "3.1.0" },
      ["changed openapi: 3.0.3 to 3.1.0"],
    ],
  ])("%s", async (_, present, source, changes) => {
    const imported = await importing(present, source);
    expect(imported.changes).toEqual(changes);
    expect(imported.document).toEqual(source);
  });

  test("but not what else it has at its root", async () => {
    const { changes } = await importing(spec, { ...spec, "x-mine": 1, externalDocs: {} });
    expect(changes).toEqual([]);
  });

  test("and a version is refused where an operation stays that was written in the other", async () => {
    const present = apiWith({ "/a": { get: operation("a") }, "/b": { get: operation("b") } });
    const source = { ...spec, openapi: "3.1.0" };
    expect(await refusal(present, source, { operations: ["a"] })).toBe(
      "source.json:2:3: #/openapi is 3.1, but spec.yaml has operations that stay as OpenAPI 3.0: take those as well",
    );
  });
});

test("tags come with the first operation that has them, and go with the last", async () => {
  const [one, two, three] = ["one", "two", "three"].map((name) => ({ name, description: name }));
  const a = { get: operation("a", { tags: ["two"] }) };
  const b = { get: operation("b", { tags: ["one", "undescribed"] }) };
  const untagged = apiWith({ "/a": a, "/b": b });
  const source = { ...untagged, tags: [one, two, three] } as JsonObject;
  const first = await importing(apiWith({}), source, { operations: ["a"] });
  expect(first.changes).toEqual(["added tags", "added operation a (GET /a)"]);
  expect(first.document.tags).toEqual([two]);
  const second = await importing(first.text, source, { operations: ["b"] });
  expect(second.document.tags).toEqual([one, two]);
  expect((await importing(second.text, untagged)).changes).toEqual([]);
  const third = await importing(second.text, source, { remove: ["a"] });
  expect(third.changes).toEqual(["changed tags", "removed operation a (GET /a)"]);
  expect(third.document.tags).toEqual([one]);
  const none = await importing(third.text, source, { remove: ["b"] });
  expect(none.document).not.toHaveProperty("tags");
});

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
    const dos = peaka.replaceAll("\n", "\r\n");
    const again = await importing(dos, pageOf(renamed(peaka)));
    expect(again.text).toBe(text.replaceAll("\n", "\r\n"));
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
