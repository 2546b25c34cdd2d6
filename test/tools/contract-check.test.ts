import { request as sendByNode } from "node:http";
import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { auth, operations } from "../../generated/spec.js";
import type { UpdateConnectionInput } from "../../src/index.js";
import { undiciFetch } from "../../src/undici.js";
import { put, start } from "./gateway/put.js";
import { exampleUpdate } from "./gateway/seeds.js";
import { keptBytes } from "./arrivals.js";
import { clientOf } from "./client-of.js";
import { departs, ofAnotherApi, takeProblems } from "./departures.js";
import { startRawServer } from "./raw-server.js";
import { startRecorder } from "./recorder.js";

const { method, path } = operations.updateConnection;
const where = path.replace("{projectId}", "p").replace("{connectionId}", "c");
const headers = { [auth.header]: `${auth.prefix}key`, "content-type": "application/json" };
/** A request of the spec, as `fetch` takes it. */
const init = { method, headers, body: "{}" };

/** The request as it is on the wire. */
function bytesOf(target: string, body: string, length = body.length): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const start = `${method} /api/v1${target} HTTP/1.1`;
  return [start, "host: x", ...lines, `content-length: ${length}`, "", body].join("\r\n");
}

describe("what departs from the spec is seen,", () => {
  const departures: [string, string, RequestInit, string][] = [
    ["another path", "/elsewhere", init, "the spec has no such operation"],
    ["another method", where, { ...init, method: "POST" }, "the spec has no such operation"],
    ["no base path", `/../..${where}`, init, "the spec has no such operation"],
    ["a query", `${where}?x=1`, init, "/query: must NOT have additional properties"],
    [
      "no API key",
      where,
      { ...init, headers: { "content-type": "application/json" } },
      `${auth.header}: must start with "${auth.prefix}"`,
    ],
    ["another body", where, { ...init, body: '{"name":1}' }, "/requestBody/name: must be string"],
  ];
  test.each(departures)("in words: %s", async (_, to, sent, problem) => {
    const { baseUrl } = await startRecorder();
    await fetch(baseUrl + to, sent);
    const { pathname, search } = new URL(baseUrl + to);
    const line = `${String(sent.method)} ${pathname}${search}: ${problem}`;
    expect(await takeProblems()).toEqual([line]);
  });

  const wrong = { ...init, body: '{"type":null}' };
  const problem = "/requestBody/type: must be string";
  const input = { ...exampleUpdate, body: { type: null } } as unknown as UpdateConnectionInput;

  test("also where it comes over undici", async () => {
    const { baseUrl } = await startRecorder();
    const transport = undiciFetch();
    await transport(baseUrl + where, wrong);
    await transport.close();
    expect(await takeProblems()).toEqual([expect.stringContaining(problem)]);
  });

  test("also where it comes in parts", async () => {
    const { baseUrl } = await startRecorder();
    const request = sendByNode(baseUrl + where, { method, headers });
    const answered = new Promise((resolve) => request.once("response", resolve));
    for (const part of ["{", '"type":', "null", "}"]) {
      await new Promise((resolve) => request.write(part, resolve));
    }
    request.end();
    await answered;
    expect(await takeProblems()).toEqual([expect.stringContaining(problem)]);
  });

  test("also at the embedded gateway, and at a server that answers with bytes", async () => {
    const [gateway, raw] = [await start(), await startRawServer("HTTP/1.1 204 OK\r\n\r\n")];
    await put(gateway, { content: wrong.body });
    await fetch(raw.baseUrl + where, wrong);
    expect(await takeProblems()).toEqual(Array(2).fill(expect.stringContaining(problem)));
  });

  test("also by a server that reads bytes", async () => {
    const bytes = bytesOf(where, wrong.body);
    expect(keptBytes(bytes)).toBe(bytes);
    await setImmediate();
    expect(await takeProblems()).toEqual([expect.stringContaining(problem)]);
  });

  test("also where a fetch of the caller's takes it nowhere", async () => {
    const fetch = () => Promise.reject(new Error("nowhere"));
    const client = clientOf(
      { baseUrl: "https://gateway.invalid/api/v1" },
      { fetch, maxRetries: 0 },
    );
    await client.updateConnection(input).catch(() => undefined);
    expect(await takeProblems()).toEqual([expect.stringContaining(problem)]);
  });
});

describe("what cannot depart from the spec is not seen as if it did:", () => {
  test("the client's own requests", async () => {
    const [gateway, recorder] = [await start(), await startRecorder()];
    gateway.fail({ status: 503, headers: { "retry-after": "0" } });
    await clientOf(gateway).updateConnection(exampleUpdate);
    await clientOf(recorder).updateConnection(exampleUpdate);
    expect(gateway.requests).toHaveLength(2);
    expect(await takeProblems()).toEqual([]);
  });

  test("the body of a request that is cut off, whose head is seen", async () => {
    for (const target of [where, "/elsewhere"]) keptBytes(bytesOf(target, init.body, 9));
    await setImmediate();
    const line = `${method} /api/v1/elsewhere: the spec has no such operation`;
    expect(await takeProblems()).toEqual([line]);
  });
});

describe("a test", () => {
  const send = async () => {
    const { baseUrl } = await startRecorder();
    await fetch(`${baseUrl}/elsewhere`);
  };

  test.fails("fails that sends a request outside of the contract", send);

  test("passes that says so", async () => {
    departs("/elsewhere");
    await send();
  });

  test.fails("fails that says less than it does", async () => {
    departs("/elsewhere");
    await send();
    const { baseUrl } = await startRecorder();
    await fetch(`${baseUrl}/anywhere`);
  });

  test.fails("fails that says so and does not", () => {
    departs("/elsewhere");
  });

  test("passes that is about another API", async () => {
    ofAnotherApi();
    await send();
  });

  test.fails("fails after one that was allowed to", send);
});

describe("a request that comes while a test ends", () => {
  afterEach(async () => {
    const { baseUrl } = await startRecorder();
    await fetch(`${baseUrl}/elsewhere`);
  });

  test.fails("counts as that of the test", () => undefined);
});
