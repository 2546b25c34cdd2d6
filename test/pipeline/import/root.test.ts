import { describe, expect, test } from "vitest";

import type { Json, JsonObject } from "../../../scripts/openapi/json.js";
import { apiWith, operation, without } from "./api.js";
import { importing, refusal, yamlOf } from "./harness.js";

const spec = apiWith({ "/a": { get: operation("a") } });
const us = { url: "https://us.example", description: "US Zone" };
const eu = { url: "https://eu.example", description: "EU Zone" };

function withServers(...servers: Json[]): JsonObject {
  return { ...spec, servers };
}

describe("servers are the source's", () => {
  test.each<[string, JsonObject, JsonObject, string[]]>([
    ["one that is new", withServers(us), withServers(us, eu), ["added server https://eu.example"]],
    [
      "one that is gone",
      withServers(us, eu),
      withServers(us),
      ["removed server https://eu.example"],
    ],
    [
      "one that is described anew",
      withServers(us),
      withServers({ ...us, description: "Default (US Zone)" }),
      ["changed server https://us.example: description"],
    ],
    [
      "another default",
      withServers(us, eu),
      withServers(eu, us),
      ["changed default server: https://us.example to https://eu.example"],
    ],
    [
      "another order of the others",
      withServers(us, eu, { url: "https://ap.example", description: "AP Zone" }),
      withServers(us, { url: "https://ap.example", description: "AP Zone" }, eu),
      ["changed order of servers: https://us.example, https://ap.example, https://eu.example"],
    ],
  ])("%s is reported", async (_, present, source, lines) => {
    const { changes, document } = await importing(present, source);
    expect(changes).toEqual(lines);
    expect(document).toEqual(source);
  });

  test("but a zone name that the spec gives to one that has none stays", async () => {
    const plain = { url: us.url, description: "Default Server URL" };
    const named = { ...plain, "x-zone": "us" };
    const same = await importing(withServers(named), withServers(plain));
    expect(same.changes).toEqual([]);
    const { changes, document } = await importing(withServers(named), withServers(plain, eu));
    expect(changes).toEqual(["added server https://eu.example"]);
    expect(document.servers).toEqual([named, eu]);
    const renamed = await importing(withServers(named), withServers({ ...plain, "x-zone": "usa" }));
    expect(renamed.changes).toEqual(["changed server https://us.example: x-zone"]);
  });

  test("which are refused where one has no zone name", async () => {
    expect(await refusal(spec, withServers({ url: "https://b.example" }))).toMatch(
      /^source\.json:8:5: #\/servers\/0 has no zone name/,
    );
  });

  test("which are refused where there are none", async () => {
    expect(await refusal(spec, without(spec, "servers"))).toBe(
      "source.json: has no servers: each zone needs one",
    );
  });
});

describe("what the document says of itself is the source's", () => {
  test("its version of OpenAPI, its info and its security", async () => {
    const source = {
      ...spec,
      openapi: "3.0.4",
      info: { title: "Things", version: "2", description: "New" },
      security: [{ other: [] }],
      components: { securitySchemes: { other: { type: "http", scheme: "bearer" } } },
    };
    const { changes, document } = await importing(spec, source);
    expect(changes).toEqual([
      "changed openapi: 3.0.3 to 3.0.4",
      "changed info: version, description",
      "changed security",
      "added component securitySchemes/other",
      "removed component securitySchemes/key",
    ]);
    expect(document).toEqual(source);
  });

  test("also where the source no longer has it", async () => {
    const present = { ...spec, openapi: "3.1.0", jsonSchemaDialect: "https://a.example" };
    const source = { ...without(spec, "security"), openapi: "3.1.0" };
    const { changes, document } = await importing(present, source);
    expect(changes).toEqual(["removed security", "removed jsonSchemaDialect"]);
    expect(document).toEqual(source);
  });

  test("but not what else it has at its root", async () => {
    const { changes } = await importing(spec, { ...spec, "x-mine": 1, externalDocs: {} });
    expect(changes).toEqual([]);
  });
});

describe("a version of OpenAPI in which schemas mean something else", () => {
  const source = { ...spec, openapi: "3.1.0" };

  test("is refused where operations stay that were written in the other", async () => {
    const present = apiWith({ "/a": { get: operation("a") }, "/b": { get: operation("b") } });
    expect(await refusal(present, source, { operations: ["a"] })).toBe(
      "source.json:2:3: #/openapi is 3.1, but spec.yaml has operations that stay as OpenAPI 3.0: take those as well",
    );
  });

  test("is taken where none stay", async () => {
    const { changes } = await importing(spec, source);
    expect(changes).toEqual(["changed openapi: 3.0.3 to 3.1.0"]);
  });
});

describe("tags", () => {
  const tags = ["one", "two", "three"].map((name) => ({ name, description: `About ${name}` }));
  const paths = {
    "/a": { get: operation("a", { tags: ["two"] }) },
    "/b": { get: operation("b", { tags: ["one", "untold"] }) },
  };
  const source = { ...apiWith(paths), tags };

  test("come with the operations that have them", async () => {
    const first = await importing(apiWith({}), source, { operations: ["a"] });
    expect(first.changes).toEqual(["added tags", "added operation a (GET /a)"]);
    expect(first.document.tags).toEqual([tags[1]]);
    const second = await importing(first.text, source, { operations: ["b"] });
    expect(second.changes).toEqual(["changed tags", "added operation b (GET /b)"]);
    expect(second.document.tags).toEqual([tags[0], tags[1]]);
  });

  test("go with the last of them", async () => {
    const present = { ...source, tags: tags.slice(0, 2) };
    const { changes, document } = await importing(present, source, { remove: ["a"] });
    expect(changes).toEqual(["changed tags", "removed operation a (GET /a)"]);
    expect(document.tags).toEqual([tags[0]]);
    const none = await importing(document, source, { remove: ["b"] });
    expect(none.document).not.toHaveProperty("tags");
  });

  test("stay where a page does not tell them", async () => {
    const present = { ...source, tags: tags.slice(0, 2) };
    expect((await importing(present, apiWith(paths))).changes).toEqual([]);
  });
});

test("a spec of other comments and spacing is the same where it says the same", async () => {
  const present = yamlOf(spec).replace("paths:", "\n# Here they are.\npaths:");
  const { changes, text } = await importing(present, spec);
  expect(changes).toEqual([]);
  expect(text).toBe(present);
});
