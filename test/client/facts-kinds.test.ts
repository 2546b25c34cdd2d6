import { beforeEach, describe, expect, test, vi } from "vitest";
import { PeakaResponseError } from "../../src/index.js";
import { json, type Answer } from "../tools/gateway/answers.js";
import { callAny } from "../tools/call-any.js";
import { clientOf } from "../tools/client-of.js";
import { ofAnotherApi } from "../tools/departures.js";
import { startRecorder } from "../tools/recorder.js";
import { rejectionOf } from "../tools/refusal.js";

vi.mock("../../generated/spec.js", () => import("../tools/richer-spec.js"));
beforeEach(ofAnotherApi);

async function startCaller() {
  const recorder = await startRecorder();
  const client = clientOf(recorder);
  return {
    ...recorder,
    call: (operation: string, input: object) => callAny(client, operation, input),
  };
}

describe("the facts alone say which JSON a body and a result is:", () => {
  test.each([
    ["replaceTags", { id: 1, body: {} }, "body must be a JSON array"],
    ["replaceTags", { id: 1 }, "body is missing: pass a JSON array"],
    ["rename", { id: 1, body: 5 }, "body must be a JSON string or null"],
    ["create", { body: ["a"] }, "body must be a JSON object"],
    ["remove", { id: 1, body: {} }, "body must be left out: the operation has none"],
    ["remove", { id: 1, body: null }, "body must be left out: the operation has none"],
    ["count", { since: 1 }, "kind is missing: pass this path parameter"],
    ["count", { kind: "..", since: 1 }, "kind is unsafe in a path"],
  ])("%s of %j is refused", async (operation, input, reason) => {
    const { call, requests } = await startCaller();
    expect((await rejectionOf(call(operation, input))).message).toContain(`): ${reason}`);
    expect(requests).toEqual([]);
  });

  test.each([
    ["search", {}, [1, { a: null }]],
    ["count", { kind: "a", since: 0 }, 0],
    ["count", { kind: "a", since: 0 }, null],
    ["replaceTags", { id: 1, body: [] }, ""],
    ["create", { body: {} }, { id: "a" }],
  ])("%s of %j resolves with %j", async (operation, input, result) => {
    const { call, answer } = await startCaller();
    answer(json(200, result));
    expect(await call(operation, input)).toEqual(result);
  });

  test.each([
    ["search", {}, {}, "a JSON object, not a JSON array"],
    ["count", { kind: "a", since: 0 }, "5", "a JSON string, not a JSON number or null"],
    ["replaceTags", { id: 1, body: [] }, null, "a JSON null, not a JSON string"],
    ["create", { body: {} }, false, "a JSON boolean, not a JSON object"],
  ])("%s of %j fails with %j", async (operation, input, result, reason) => {
    const { call, answer } = await startCaller();
    answer(json(200, result));
    const error: unknown = await call(operation, input).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PeakaResponseError);
    expect((error as PeakaResponseError).message).toContain(reason);
  });

  const arriving: [string, Answer][] = [
    ["nothing", { status: 204, headers: {}, body: "" }],
    ["an empty 200", { status: 200, headers: {}, body: "" }],
    ["JSON", json(200, { id: "a" })],
    ["broken JSON", { status: 200, headers: { "content-type": "application/json" }, body: "{" }],
    ["a page", { status: 200, headers: { "content-type": "text/html" }, body: "<h1>Hi</h1>" }],
  ];
  test.each(arriving)("no content is undefined, also where %s arrives", async (_, arrived) => {
    const { call, answer, requests } = await startCaller();
    answer(arrived, arrived);
    expect(await call("remove", { id: 1 })).toBeUndefined();
    expect(await call("exists", { id: 1 })).toBeUndefined();
    expect(requests).toHaveLength(2);
  });

  test.each([200, 201, 204])(
    "content that must be there fails where it is not: %d",
    async (status) => {
      const { call, answer } = await startCaller();
      answer({ status, headers: { "content-type": "application/json" }, body: "" });
      await expect(call("create", { body: {} })).rejects.toBeInstanceOf(PeakaResponseError);
    },
  );

  test("content that may be absent is undefined where it is, and is read where it is not", async () => {
    const { call, answer } = await startCaller();
    answer({ status: 204, headers: {}, body: "" }, json(200, { id: "a" }), json(200, []));
    expect(await call("rename", { id: 1 })).toBeUndefined();
    expect(await call("rename", { id: 1 })).toEqual({ id: "a" });
    await expect(call("rename", { id: 1 })).rejects.toBeInstanceOf(PeakaResponseError);
  });
});
