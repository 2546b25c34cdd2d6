import { load } from "js-yaml";
import { beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../../scripts/openapi/json.js";
import { json } from "../../tools/gateway/answers.js";
import { jsonOf } from "../generate/harness.js";
import { randomDocument } from "../../tools/arbitrary-document.js";
import { callAny } from "../../tools/call-any.js";
import { addService, typeProblems } from "../../tools/copy-types.js";
import { ofAnotherApi } from "../../tools/departures.js";
import { operationsOf } from "../../tools/documented.js";
import { expectedOf, writtenOf } from "../../tools/expected.js";
import { build, regenerate, spec, type Copy, type Rebuilt } from "../../tools/rebuild.js";
import { startRecorder } from "../../tools/recorder.js";
import { inputOf, sampleOf } from "../../tools/sample.js";

const copies: Copy[] = [];
const text = { type: "string" };

/** Operations that the facade cannot carry. */
const others: JsonObject = {
  "/others/{id}": {
    parameters: [{ name: "id", in: "path", required: true, schema: text }],
    get: { operationId: "export", responses: { "200": jsonOf(text, "text/csv") } },
    put: { operationId: "upload", requestBody: jsonOf(text, "image/png"), responses: { 204: {} } },
    post: {
      operationId: "traced",
      parameters: [{ name: "X-Trace", in: "header", required: true, schema: text }],
      responses: { 204: {} },
    },
    delete: { operationId: "open", security: [], responses: { 204: {} } },
  },
};

/** The spec of this package, with the paths and components of another document beside its own. */
function beside({ openapi, paths, components }: JsonObject): JsonObject {
  const own = load(spec) as { paths: JsonObject; components: Record<string, JsonObject> };
  const theirs = components as Record<string, JsonObject>;
  return {
    ...own,
    openapi: openapi ?? "",
    paths: { ...own.paths, ...(paths as JsonObject), ...others },
    components: {
      ...theirs,
      ...own.components,
      schemas: { ...theirs.schemas, ...own.components.schemas },
    },
  };
}

describe.each([
  ["3.0", randomDocument(200, 1, "3.0.3")],
  ["3.1", randomDocument(200, 2, "3.1.0")],
])("two hundred operations of mixed shape in OpenAPI %s", (_, mixed) => {
  const document = beside(mixed);
  const all = operationsOf(document);
  const leftOut = operationsOf({ paths: others }).map(({ id }) => id);
  const carried = all.filter(({ id }) => !leftOut.includes(id));
  let copy: Copy;
  let rebuilt: Rebuilt;

  beforeAll(async () => {
    copy = await regenerate(JSON.stringify(document));
    rebuilt = await build(copy);
    const calls = carried.flatMap((operation) => {
      const inputs = [true, false].map((isWhole) => inputOf(document, operation, isWhole));
      const distinct = new Set(inputs.map((input) => JSON.stringify(input)));
      return [...distinct].map((input) => `await peaka.${operation.id}(${input});`);
    });
    addService(copy, calls.join("\n"));
    copies.push(copy);
  }, 180_000);

  test("there are so many, and the others are named", () => {
    expect(carried.length).toBeGreaterThan(200);
    const lines = copy.leftOut.filter((line) => line.includes("cannot be called"));
    expect(lines.map((line) => line.split(" ")[0])).toEqual(leftOut);
  });

  test.each([
    ["all that it can hold", true],
    ["no more than it must", false],
  ])(
    "each is sent as the document says, with %s",
    async (_, isWhole) => {
      ofAnotherApi();
      const { baseUrl, requests, answer } = await startRecorder();
      const client = rebuilt.createPeakaClient({ baseUrl, apiKey: "key-of-the-rebuilt" });
      for (const operation of carried) {
        const { id, method, success } = operation;
        const input = inputOf(document, operation, isWhole);
        const mediaType = success.mediaType?.replace("*/*", "application/json");
        const result =
          mediaType && method !== "HEAD" ? sampleOf(document, success.schema) : undefined;
        answer({
          ...json(success.status, result),
          ...(mediaType ? { headers: { "content-type": mediaType } } : { headers: {}, body: "" }),
        });
        expect(await callAny(client, id, input), id).toEqual(result);
        expect(requests.splice(0).map(writtenOf), id).toEqual([expectedOf(operation, input)]);
      }
    },
    60_000,
  );
});

test("each package compiles, and so does a service that makes all these calls", () => {
  expect(copies).toHaveLength(2);
  for (const problems of typeProblems(copies)) expect(problems).toEqual([]);
}, 180_000);
