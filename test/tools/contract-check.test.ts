import { describe, expect, test } from "vitest";
import { auth, operations, type Operation } from "../../generated/spec.js";
import { departs, ofAnotherApi, takeProblems } from "./departures.js";
import { answerProblems, compile } from "./gateway/contract.js";
import { startRecorder } from "./recorder.js";

const { method, path } = operations.updateConnection as Operation;
const where = path.replace("{projectId}", "p").replace("{connectionId}", "c");
const type = { "content-type": "application/json" };
const init = { method, headers: { ...type, [auth.header]: `${auth.prefix}key` }, body: "{}" };

describe("what departs from the spec is seen:", () => {
  test.each<[string, string, RequestInit, string]>([
    ["another path", "/elsewhere", init, "the spec has no such operation"],
    ["another method", where, { ...init, method: "POST" }, "the spec has no such operation"],
    ["no base path", `/../..${where}`, init, "the spec has no such operation"],
    ["a query", `${where}?x=1`, init, "/query: must NOT have additional properties"],
    ["no API key", where, { ...init, headers: type }, `${auth.header}: must start with`],
    ["another body", where, { ...init, body: '{"name":1}' }, "/requestBody/name: must be string"],
  ])("%s", async (_, to, sent, problem) => {
    const { baseUrl } = await startRecorder();
    await fetch(baseUrl + to, sent);
    const [line, ...more] = await takeProblems();
    expect([line?.includes(problem), more]).toEqual([true, []]);
  });

  test("of an answer too", async () => {
    const problems = (status: number) => answerProblems("updateConnection", status, { id: 1 });
    expect(await problems(200)).toEqual(["/id: must be string"]);
    expect(await problems(418)).toEqual(["the spec has no such answer"]);
  });
});

test("the spec is what OpenAPI says of documents", async () => {
  await expect(compile(false)).resolves.toMatchObject({ strict: true });
});

describe("a test", () => {
  const send = async (...said: string[]) => {
    departs(...said);
    const { baseUrl } = await startRecorder();
    await fetch(`${baseUrl}/elsewhere`);
  };

  test.fails("fails that sends a request outside of the contract", () => send());

  test("passes that says so", () => send("/elsewhere"));

  test.fails("fails that says so and does not", () => {
    departs("/elsewhere");
  });

  test("passes that is about another API", async () => {
    ofAnotherApi();
    await send();
  });
});
