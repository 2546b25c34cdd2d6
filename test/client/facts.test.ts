import { inspect } from "node:util";
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  createPeakaClient,
  defaultZone,
  PeakaApiError,
  zones,
  type Zone,
} from "../../src/index.js";
import { json, type Answer } from "../tools/gateway/answers.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { callAny } from "../tools/call-any.js";
import { clientOf } from "../tools/client-of.js";
import { ofAnotherApi } from "../tools/departures.js";
import { startRecorder } from "../tools/recorder.js";
import { rejectionOf, refusalOf } from "../tools/refusal.js";

vi.mock("../../generated/spec.js", () => import("../tools/richer-spec.js"));
beforeEach(ofAnotherApi);

async function startCaller() {
  const recorder = await startRecorder();
  const client = clientOf(recorder, { apiKey: "key-of-the-facts" });
  return {
    ...recorder,
    call: (operation: string, input: object = {}) => callAny(client, operation, input),
  };
}

describe("the facts alone say where an operation goes and how:", () => {
  const cases: [string, object, Answer, object][] = [
    ["search", { q: "x" }, json(200, []), { method: "GET", url: "/things?q=x", body: "" }],
    [
      "replaceTags",
      { id: 7, body: ["a"] },
      json(200, "ok"),
      { method: "PUT", url: "/things/7/tags", body: '["a"]' },
    ],
    [
      "rename",
      { id: "é", body: "n" },
      json(200, {}),
      { method: "PATCH", url: "/things/%C3%A9/name", body: '"n"' },
    ],
    ["create", { body: {} }, json(201, {}), { method: "POST", url: "/things", body: "{}" }],
    ["remove", { id: "a b" }, json(204, ""), { method: "DELETE", url: "/things/a%20b", body: "" }],
    ["exists", { id: "a" }, json(200, ""), { method: "HEAD", url: "/things/a", body: "" }],
  ];
  test.each(cases)("%s", async (operation, input, answer, expected) => {
    const server = await startCaller();
    server.answer({ ...answer, body: answer.status === 204 ? "" : answer.body });
    await server.call(operation, input);
    const requests = server.requests.map(({ method, url, body }) => ({
      ...{ method, body },
      url: url.replace("/gate/v1", ""),
    }));
    expect(requests).toEqual([expected]);
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
    const [renamed, unnamed, removed] = requests.map(({ headers }) => headers);
    expect(renamed?.accept).toBe("application/json, application/hal+json");
    expect(renamed?.["content-type"]).toBe("application/merge-patch+json");
    expect(unnamed).not.toHaveProperty("content-type");
    expect(removed).not.toHaveProperty("content-type");
    expect(removed?.accept).toBe("*/*");
    expect(requests.map(({ body }) => body)).toEqual(["null", "", ""]);
  });

  test("an operation of another document is none", async () => {
    const { baseUrl, requests } = await startRecorder();
    const { message } = await rejectionOf(clientOf({ baseUrl }).updateConnection(exampleUpdate));
    expect(message).toContain("operationId must name an operation");
    expect(requests).toEqual([]);
  });

  test("a path that would leave itself is refused, and nothing is sent", async () => {
    const { call, requests } = await startCaller();
    const { message } = await rejectionOf(call("escape"));
    expect(message).toContain("GET /things/../secrets");
    expect(message).toContain("would leave");
    expect(requests).toEqual([]);
  });
});

test("the facts alone say which properties are secret", async () => {
  const { call, answer } = await startCaller();
  answer(json(400, { message: "no: 31415926, word-1 and word-2" }));
  const body = { pin: 31415926, card: { PIN: "x", apiKey: "word-1" }, note: "word-2" };
  const error: unknown = await call("create", { body }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PeakaApiError);
  expect(error).toMatchObject({ body: { message: "no: [redacted], [redacted] and word-2" } });
  expect(inspect(error, { showHidden: true })).not.toMatch(/31415926|word-1/);
});

describe("the facts alone say which zones there are:", () => {
  test("a third one is called, and named where another may be meant", async () => {
    const { baseUrl, answer, requests } = await startRecorder();
    answer(json(403, { error: "FORBIDDEN" }));
    const asked: string[] = [];
    const zone = "moon" as Zone;
    const forward = (url: string, init: RequestInit) => {
      asked.push(url);
      return fetch(baseUrl, init);
    };
    const client = createPeakaClient({ zone, apiKey: "key-of-the-facts", fetch: forward });
    const error: unknown = await callAny(client, "search").catch((thrown: unknown) => thrown);
    expect(asked).toEqual(["https://moon.gateway.example/colony/v3/things"]);
    expect(error).toMatchObject({ status: 403, zone, outcome: "not-applied" });
    expect((error as PeakaApiError).hint).toContain("another zone (north, south)");
    expect(requests).toHaveLength(1);
  });

  test("the first is the default, and a wrong one is answered with all of them", () => {
    expect(Object.keys(zones)).toEqual(["north", "south", "moon"]);
    expect(createPeakaClient({ apiKey: "key" }).zone).toBe(defaultZone);
    const { message } = refusalOf(() => createPeakaClient({ apiKey: "key", zone: "eu" }));
    expect(message).toContain("zone must be one of north, south, moon");
  });
});
