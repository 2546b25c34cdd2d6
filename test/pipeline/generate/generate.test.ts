import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { generate } from "../../../scripts/generate/generate.js";
import {
  documentWith,
  emptyFolder,
  evaluate,
  generated,
  operationWith,
  specFile,
  typeErrors,
} from "./harness.js";
import { mixedDocument } from "./mixed-document.js";

const root = path.join(import.meta.dirname, "../../..");
const spec = path.join(root, "openapi/peaka.yaml");

test("the committed files are what the committed spec gives", async () => {
  const { files, leftOut } = await generate(spec);
  expect(leftOut).toEqual([]);
  expect([...files.keys()]).toEqual(["paths.ts", "spec.ts", "examples.ts"]);
  for (const [name, code] of files) {
    expect(await readFile(path.join(root, "generated", name), "utf8")).toBe(code);
  }
});

test("the facts of the spec are all there, with the hash of its bytes", async () => {
  const { files } = await generate(spec);
  const facts = evaluate(files.get("spec.ts"));
  const sha256 = createHash("sha256")
    .update(await readFile(spec))
    .digest("hex");
  expect(facts).toMatchObject({
    spec: { title: "Peaka Gateway API", version: "1.0", sha256 },
    zones: {
      us: "https://partner.peaka.studio/api/v1",
      eu: "https://partner.eu.peaka.studio/api/v1",
    },
    defaultZone: "us",
    auth: { header: "authorization", prefix: "Bearer " },
  });
  expect(Object.isFrozen(facts.zones)).toBe(true);
  expect(facts.operations).toEqual({
    updateConnection: {
      method: "PUT",
      path: "/connections/{projectId}/{connectionId}",
      parameters: {
        projectId: { in: "path", required: true },
        connectionId: { in: "path", required: true },
      },
      body: { mediaType: "application/json", kinds: ["object"], required: true },
      success: { mediaTypes: ["application/json"], kinds: ["object"], empty: false },
      secrets: ["credential"],
    },
  });
});

test("the same bytes come out wherever the spec is, and whatever is around", async () => {
  const bytes = await readFile(spec);
  const folder = await emptyFolder();
  const copy = path.join(folder, "elsewhere.yml");
  await writeFile(copy, bytes);
  await writeFile(path.join(folder, ".prettierrc"), '{ "semi": false, "endOfLine": "crlf" }');
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect((await generate("elsewhere.yml")).files).toEqual((await generate(spec)).files);
  } finally {
    process.chdir(before);
  }
});

test("line ends of the spec file change nothing but its hash", async () => {
  const lines = await readFile(spec, "utf8");
  const [unix, dos] = await Promise.all([
    generated(lines),
    generated(lines.replaceAll("\n", "\r\n")),
  ]);
  expect(dos.files.get("paths.ts")).toBe(unix.files.get("paths.ts"));
  expect(dos.files.get("examples.ts")).toBe(unix.files.get("examples.ts"));
  const hash = /sha256: "[0-9a-f]{64}"/;
  expect(dos.files.get("spec.ts")?.replace(hash, "")).toBe(
    unix.files.get("spec.ts")?.replace(hash, ""),
  );
  expect([...dos.files.values()].join("")).not.toContain("\r");
});

test("every file starts with the banner, and ends with a line end", async () => {
  for (const code of (await generated(documentWith())).files.values()) {
    expect(code).toMatch(
      /^\/\/ Generated from openapi\/peaka\.yaml by `npm run generate`\. Do not edit\.\n[^]*[^\n]\n$/,
    );
  }
});

test("a server's zone is the word before Zone, or what x-zone says", async () => {
  const servers = [
    { url: "https://a.example/api/", description: "Default Server URL (US Zone)" },
    { url: "HTTPS://B.example", description: "the eu-2 zone, and not another Zone" },
    { url: "https://c.example/x//", description: "EU Zone", "x-zone": "apac" },
  ];
  const { zones, defaultZone } = evaluate(
    (await generated(documentWith({ servers }))).files.get("spec.ts"),
  );
  expect(zones).toEqual({
    us: "https://a.example/api",
    "eu-2": "https://b.example",
    apac: "https://c.example/x",
  });
  expect(defaultZone).toBe("us");
});

test.each([
  [
    { type: "http", scheme: "Bearer" },
    { header: "authorization", prefix: "Bearer " },
  ],
  [
    { type: "apiKey", in: "header", name: "X-API-Key" },
    { header: "x-api-key", prefix: "" },
  ],
])("auth by %j is %j", async (scheme, auth) => {
  const document = documentWith({
    security: [{ oauth: ["read"] }, { mine: [] }],
    components: { securitySchemes: { oauth: { type: "oauth2" }, mine: scheme } },
  });
  expect(evaluate((await generated(document)).files.get("spec.ts")).auth).toEqual(auth);
});

test("a document that requires nothing means the only scheme that it declares", async () => {
  const { files } = await generated({ ...documentWith(), security: null });
  expect(evaluate(files.get("spec.ts")).auth).toMatchObject({ prefix: "Bearer " });
});

test("examples are data, by name; the one without a name is called example", async () => {
  const content = {
    "application/json": { example: { a: 1 }, examples: { other: { value: [null] }, empty: {} } },
  };
  const { files } = await generated(
    operationWith({
      parameters: [
        { name: "q", in: "query", examples: { first: { value: 1 }, second: { value: 2 } } },
        { name: "X-A", in: "header", example: "not offered" },
      ],
      requestBody: { content },
      responses: {
        "200": { content },
        "201": { content: { "application/json": { example: "again" } } },
        "400": { content },
      },
    }),
  );
  expect(evaluate(files.get("examples.ts")).examples).toEqual({
    op: {
      parameters: { q: 1 },
      requests: { example: { a: 1 }, other: [null] },
      responses: { example: { a: 1 }, other: [null], "example 2": "again" },
    },
  });
});

test("YAML's aliases and merge keys are what they stand for", async () => {
  const yaml = `
openapi: 3.0.3
info: { title: Things, version: 1 }
servers: [{ url: https://api.example, description: EU Zone }]
security: [key: []]
paths:
  /a:
    get: &get
      operationId: first
      responses: &responses { 204: { description: done } }
  /b:
    get:
      <<: *get
      operationId: second
  /c:
    get: { operationId: third, responses: *responses }
components: { securitySchemes: { key: { type: http, scheme: bearer } } }
`;
  const { operations } = evaluate((await generated(yaml)).files.get("spec.ts"));
  expect(Object.keys(operations ?? {})).toEqual(["first", "second", "third"]);
});

test.each(["3.0.3", "3.1.0"])(
  "two hundred operations of mixed shape in OpenAPI %s are typed and described",
  async (version) => {
    const document = mixedDocument(200, version);
    const { files, leftOut } = await generated(document);
    expect(leftOut).toEqual([]);
    const { operations } = evaluate(files.get("spec.ts"));
    expect(Object.keys(operations ?? {}).length).toBeGreaterThanOrEqual(200);
    const use = `
      import type { Inputs, Results } from "./spec.js";
      export const created: Inputs["create7"] = { body: { name: "a", access_token: "t" } };
      export const found: Inputs["search/7"] = { kind: "a", size: 1, filter: { a: "b" }, body: [] };
      export const cat: Inputs["replace7"] = { thingId: "x", body: { kind: "Cat", lives: 9 } };
      export const none: Results["remove7"] = undefined;
      export const list: Results["list7"] = [{ name: "a", parent: { name: "b" } }];`;
    expect(await typeErrors(files, use)).toEqual([]);
    expect((await generate(await specFile(document))).files).toEqual(files);
  },
  60_000,
);
