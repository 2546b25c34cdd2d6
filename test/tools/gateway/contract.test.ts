import { describe, expect, test } from "vitest";
import { auth, operations } from "../../../generated/spec.js";
import { departs } from "../departures.js";
import { answerProblems } from "./contract.js";
import { put, start, type Put } from "./put.js";
import { exampleConnections } from "./seeds.js";

describe("a request that departs from the spec is refused and recorded", () => {
  const departures: [string, Put, number, string][] = [
    ["a body that is not JSON", { content: "{" }, 400, ": "],
    ["a body of the wrong kind", { content: "[]" }, 400, "/requestBody: must be object"],
    ["a wrong type within", { content: '{"name":1}' }, 400, "/requestBody/name: must be string"],
    ["another media type", { type: "text/plain" }, 400, "content-type: must be application/json"],
    ["an empty path parameter", { project: "" }, 404, "the spec has no such operation"],
    ["a path parameter of two segments", { project: "a/b" }, 404, "the spec has no such"],
    ["an unknown query", { connection: "c?x=1" }, 400, "must NOT have additional properties"],
    ["broken percent-encoding", { project: "%" }, 400, "not valid percent-encoding"],
  ];
  test.each(departures)("%s", async (_, options, status, violation) => {
    departs(violation);
    const gateway = await start();
    const response = await put(gateway, options);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, path: expect.any(String) as string });
    expect(gateway.violations.join()).toContain(violation);
    expect(gateway.requests).toMatchObject([{ applied: false }]);
  });

  test("a missing key is a 401 all the same", async () => {
    departs(auth.header, "content-type", "JSON input", "requestBody");
    const gateway = await start();
    const { method, path } = operations.updateConnection;
    const response = await fetch(gateway.baseUrl + path, { method });
    expect(response.status).toBe(401);
    expect(gateway.violations.join()).toContain(auth.header);
  });

  test("the media type may have a charset, and a path parameter any encoded character", async () => {
    const project = "a/b%c?";
    const connections = exampleConnections().map((one) => ({ ...one, projectId: project }));
    const gateway = await start({ connections });
    const type = "application/json; charset=utf-8";
    const response = await put(gateway, { project: encodeURIComponent(project), type });
    expect(response.status).toBe(200);
    expect(gateway.violations).toEqual([]);
  });
});

describe("an answer that departs from the spec is known:", () => {
  const answers: [string, string, number, unknown, string][] = [
    ["of the wrong kind", "updateConnection", 200, [], ": must be object"],
    ["with a wrong type within", "updateConnection", 200, { id: 1 }, "/id: must be string"],
    ["of another status", "updateConnection", 418, {}, "the spec has no such answer"],
    ["to another operation", "deleteConnection", 200, {}, "the spec has no such answer"],
  ];
  test.each(answers)("one %s", async (_, operation, status, json, problem) => {
    expect(await answerProblems(operation, status, json)).toEqual([problem]);
  });
});
