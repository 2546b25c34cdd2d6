import { inspect } from "node:util";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createPeakaClient, defaultZone, zones } from "../../src/index.js";
import { PeakaResponseError, PeakaUsageError } from "../../src/index.js";
import type { Zone } from "../../src/index.js";
import { callAny } from "../tools/call-any.js";
import { clientOf } from "../tools/client-of.js";
import { stopClock } from "../tools/clock.js";
import { ofAnotherApi } from "../tools/departures.js";
import { failureOf, reasonOf, refusalOf, rejectionOf } from "../tools/failure.js";
import { json, type Answer } from "../tools/gateway/answers.js";
import type { Fault } from "../tools/gateway/faults.js";
import { start } from "../tools/gateway/start.js";
import { skipBackoff } from "../tools/no-backoff.js";
import { startRecorder } from "../tools/recorder.js";

// Another spec in place of the generated one, which has one operation alone.
vi.mock("../../generated/spec.js", () => import("../tools/richer-spec.js"));
beforeEach(ofAnotherApi);

const empty = (status: number): Answer => ({ status, headers: {}, body: "" });

async function startCaller(...answers: Answer[]) {
  const recorder = await startRecorder();
  recorder.answer(...answers);
  const client = clientOf(recorder, { apiKey: "key-of-the-facts" });
  return {
    ...recorder,
    call: (operation: string, input: object = {}) => callAny(client, operation, input),
  };
}

describe("the facts alone say where an operation goes and how:", () => {
  const cases: [string, object, Answer, string, string, string][] = [
    ["search", { q: "x" }, json(200, []), "GET", "/things?q=x", ""],
    ["replaceTags", { id: 7, body: ["a"] }, json(200, "ok"), "PUT", "/things/7/tags", '["a"]'],
    ["rename", { id: "é", body: "n" }, json(200, {}), "PATCH", "/things/%C3%A9/name", '"n"'],
    ["create", { body: {} }, json(201, {}), "POST", "/things", "{}"],
    ["remove", { id: "a b" }, empty(204), "DELETE", "/things/a%20b", ""],
    ["exists", { id: "a" }, empty(200), "HEAD", "/things/a", ""],
  ];
  test.each(cases)("%s", async (operation, input, answer, method, path, body) => {
    const { call, requests } = await startCaller(answer);
    await call(operation, input);
    expect(requests).toMatchObject([{ method, url: `/gate/v1${path}`, body }]);
  });

  test("the API key goes into the header of the facts, and into no other", async () => {
    const { call, requests } = await startCaller();
    await call("create", { body: {} });
    expect(requests[0]?.headers).toMatchObject({ "x-api-key": "key-of-the-facts" });
    expect(requests[0]?.headers).not.toHaveProperty("authorization");
  });

  test("media types are those of the facts", async () => {
    const { call, requests } = await startCaller();
    await call("rename", { id: "a", body: null });
    await call("rename", { id: "a" });
    await call("remove", { id: "a" });
    const headers = requests.map(({ headers }) => [headers["content-type"], headers.accept]);
    const both = "application/json, text/json";
    expect(headers).toEqual([
      ["application/merge-patch+json", both],
      [undefined, both],
      [undefined, "*/*"],
    ]);
    expect(requests.map(({ body }) => body)).toEqual(["null", "", ""]);
  });

  test("a path that would leave itself is refused, and nothing is sent", async () => {
    const { call, requests } = await startCaller();
    const error = await failureOf(call("escape"), PeakaUsageError);
    expect(error).toMatchObject({ attempts: 1, outcome: "not-applied" });
    expect(error.message).toMatch(/^GET \/things\/\.\.\/secrets .* would leave/);
    expect(requests).toEqual([]);
  });
});

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
    ["count", { kind: "thing" }, "since is missing: pass this query parameter"],
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
    const { call } = await startCaller(json(200, result));
    expect(await call(operation, input)).toEqual(result);
  });

  test.each([
    ["search", {}, {}, "a JSON object, not a JSON array"],
    ["count", { kind: "a", since: 0 }, "5", "a JSON string, not a JSON number or null"],
    ["replaceTags", { id: 1, body: [] }, null, "a JSON null, not a JSON string"],
    ["create", { body: {} }, false, "a JSON boolean, not a JSON object"],
  ])("%s of %j fails with %j", async (operation, input, result, reason) => {
    const { call } = await startCaller(json(200, result));
    const error = await reasonOf(call(operation, input));
    expect(error).toBeInstanceOf(PeakaResponseError);
    expect((error as PeakaResponseError).message).toContain(reason);
  });

  const arriving: [string, Fault][] = [
    ["nothing", { status: 204 }],
    ["JSON", { ...json(200, { id: "a" }) }],
    ["broken JSON", { status: 200, headers: { "content-type": "application/json" }, body: "{" }],
    ["a page", { status: 200, headers: { "content-type": "text/html" }, body: "<h1>Hi</h1>" }],
    ["an answer without end", "endless-body"],
  ];
  test.each(arriving)("no content is undefined, also where %s arrives", async (_, fault) => {
    const gateway = await start({ handlers: { remove: () => ({}) } as object });
    gateway.fail(fault);
    expect(await callAny(clientOf(gateway), "remove", { id: 1 })).toBeUndefined();
    expect(gateway.requests).toMatchObject([{ method: "DELETE", body: "" }]);
  });

  test.each([200, 201, 204])(
    "content that must be there fails where it is not: %d",
    async (status) => {
      const { call } = await startCaller({ ...json(status, ""), body: "" });
      await expect(call("create", { body: {} })).rejects.toBeInstanceOf(PeakaResponseError);
    },
  );

  test("content that may be absent is undefined where it is, and is read where it is not", async () => {
    const { call } = await startCaller(empty(204), json(200, { id: "a" }), json(200, []));
    expect(await call("rename", { id: 1 })).toBeUndefined();
    expect(await call("rename", { id: 1 })).toEqual({ id: "a" });
    await expect(call("rename", { id: 1 })).rejects.toBeInstanceOf(PeakaResponseError);
  });
});

describe("the method in the facts says what may be tried again and what may have been applied:", () => {
  const rows: [string, object, attempts: number, outcome: "unknown" | "not-applied"][] = [
    ["search", {}, 3, "not-applied"],
    ["exists", { id: 1 }, 3, "not-applied"],
    ["replaceTags", { id: 1, body: [] }, 3, "unknown"],
    ["remove", { id: 1 }, 3, "unknown"],
    ["rename", { id: 1, body: "n" }, 1, "unknown"],
    ["create", { body: {} }, 1, "unknown"],
  ];
  beforeEach(skipBackoff);

  test.each(rows)("%s of %j: %d attempts, %s", async (operation, input, attempts, outcome) => {
    const { call, requests } = await startCaller(empty(503), empty(503), empty(503));
    const error = await reasonOf(call(operation, input));
    expect(error).toMatchObject({ name: "PeakaApiError", status: 503, attempts, outcome });
    expect((error as Error).message.includes("may have been applied")).toBe(outcome === "unknown");
    expect(requests).toHaveLength(attempts);
  });

  test("a POST is tried again where the key came too late, for nothing was sent", async () => {
    const { baseUrl, requests } = await startRecorder();
    const keys = [new Promise<never>(() => undefined), "partner-key"];
    const apiKey = async () => (await keys.shift()) ?? "";
    const pass = stopClock();
    const call = callAny(clientOf({ baseUrl }, { apiKey }), "create", { body: {} });
    await pass(60_000);
    await pass(0);
    expect(await call).toEqual({});
    expect(requests).toHaveLength(1);
  });
});

test("the facts alone say which properties are secret", async () => {
  const { call } = await startCaller(json(400, { message: "no: 31415926, word-1 and word-2" }));
  const body = { pin: 31415926, card: { PIN: "x", apiKey: "word-1" }, note: "word-2" };
  const error = await reasonOf(call("create", { body }));
  expect(error).toMatchObject({ body: { message: "no: [redacted], [redacted] and word-2" } });
  expect(inspect(error, { showHidden: true })).not.toMatch(/31415926|word-1/);
});

describe("the facts alone say which zones there are:", () => {
  test("a third one is called, and named where another may be meant", async () => {
    const urls: string[] = [];
    const zone = "moon" as Zone;
    const fetch = (url: string) => {
      urls.push(url);
      return Promise.resolve(Response.json({ error: "FORBIDDEN" }, { status: 403 }));
    };
    const client = createPeakaClient({ zone, apiKey: "key-of-the-facts", fetch });
    const error = await reasonOf(callAny(client, "search"));
    expect(urls).toEqual(["https://moon.gateway.example/colony/v3/things"]);
    const hint = expect.stringContaining("another zone (north, south)") as string;
    expect(error).toMatchObject({ status: 403, zone, outcome: "not-applied", hint });
  });

  test("the first is the default, and a wrong one is answered with all of them", () => {
    expect(Object.keys(zones)).toEqual(["north", "south", "moon"]);
    expect(createPeakaClient({ apiKey: "key" }).zone).toBe(defaultZone);
    const { message } = refusalOf(() => createPeakaClient({ apiKey: "key", zone: "eu" }));
    expect(message).toContain("zone must be one of north, south, moon");
  });
});
