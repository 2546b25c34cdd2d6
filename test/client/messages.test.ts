import { describe, expect, test } from "vitest";
import { zones } from "../../generated/spec.js";
import { createPeakaClient, PeakaApiError, PeakaNetworkError } from "../../src/index.js";
import { PeakaTimeoutError } from "../../src/index.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { closedBaseUrl } from "../tools/closed-port.js";
import { failureOf } from "../tools/failure.js";

const head = (place: string) => `PUT /connections/{projectId}/{connectionId} (${place}): `;
const doubt = "; the change may have been applied";
const once = { maxRetries: 0 };

describe("a message reads", () => {
  test("that there was no answer, where no connection was made", async () => {
    const baseUrl = await closedBaseUrl();
    const { updateConnection } = clientOf({ baseUrl }, once);
    const error = await failureOf(updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error.message).toBe(`${head(baseUrl)}no answer (ECONNREFUSED)`);
  });

  test("that there was no answer, without a code where none is told", async () => {
    const fetch = () => Promise.reject(new TypeError("fetch failed"));
    const { updateConnection } = clientOf(
      { baseUrl: "http://127.0.0.1:9/api/v1" },
      { ...once, fetch },
    );
    const error = await failureOf(updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error.message).toBe(`${head("http://127.0.0.1:9")}no answer${doubt}`);
  });

  test("that the answer broke off, where one had begun", async () => {
    const gateway = await start();
    gateway.fail({ reset: "mid-body" });
    const call = clientOf(gateway, once).updateConnection(exampleUpdate);
    const error = await failureOf(call, PeakaNetworkError);
    expect(error.message).toBe(
      `${head(gateway.origin)}the answer broke off (${String(error.code)})${doubt}`,
    );
  });

  test("that no answer came in time, in milliseconds", async () => {
    const gateway = await start();
    gateway.fail({ hang: true });
    const client = clientOf(gateway, { ...once, timeoutMs: 50 });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    expect(error.message).toBe(`${head(gateway.origin)}no answer within 50 ms${doubt}`);
  });

  test("that no API key came in time, and nothing of a change", async () => {
    const gateway = await start();
    const apiKey = () => new Promise<string>(() => undefined);
    const client = clientOf(gateway, { ...once, apiKey, timeoutMs: 50 });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaTimeoutError);
    expect(error.message).toBe(`${head(gateway.origin)}no apiKey within 50 ms`);
    expect(gateway.requests).toEqual([]);
  });

  test("of a long explanation its first 500 characters, and that there was more", async () => {
    const gateway = await start();
    const body = { message: "x".repeat(1000) };
    gateway.fail({ status: 409, body: JSON.stringify(body) });
    const call = clientOf(gateway).updateConnection(exampleUpdate);
    const error = await failureOf(call, PeakaApiError);
    expect(error.message).toBe(
      `${head(gateway.origin)}${`409: ${"x".repeat(1000)}`.slice(0, 500)}…`,
    );
    expect(error.body).toEqual(body);
  });

  test("of a character of two units all or nothing", async () => {
    const gateway = await start();
    const message = `${"x".repeat(499)}😀 and more`;
    gateway.fail({ status: 400, body: JSON.stringify({ message }) });
    const call = clientOf(gateway).updateConnection(exampleUpdate);
    expect((await failureOf(call, PeakaApiError)).message.isWellFormed()).toBe(true);
  });

  test.each([
    [{ error: "Bad Request", code: "NO_SUCH_TYPE" }, "NO_SUCH_TYPE: Bad Request"],
    [{ error: "NO_SUCH_TYPE", code: "cn1" }, "NO_SUCH_TYPE: cn1"],
    [{ error: "Bad Request", code: "cn1" }, ": Bad Request"],
    [{ error: "Bad Request", message: "no" }, ": no"],
    [{ code: "NO_SUCH_TYPE", reason: "no" }, "NO_SUCH_TYPE: no"],
    [{ error: "", code: "" }, ""],
  ])("of %j the code and the words", async (body, said) => {
    const gateway = await start();
    gateway.fail({ status: 400, body: JSON.stringify(body) });
    const call = clientOf(gateway).updateConnection(exampleUpdate);
    const { message } = await failureOf(call, PeakaApiError);
    expect(message).toBe(`${head(gateway.origin)}400${said && ` ${said}`.replace(/^ :/, ":")}`);
  });

  test("of an explanation of 500 characters all", async () => {
    const gateway = await start();
    gateway.fail({ status: 409, body: JSON.stringify({ message: "x".repeat(495) }) });
    const call = clientOf(gateway).updateConnection(exampleUpdate);
    const error = await failureOf(call, PeakaApiError);
    expect(error.message).toBe(`${head(gateway.origin)}409: ${"x".repeat(495)}`);
  });
});

describe("the hint", () => {
  const refusal = new Response('{"error":"FORBIDDEN"}', { status: 403 });
  const fetch = () => Promise.resolve(refusal.clone());

  test("names the zone that was called, and the others", async () => {
    const [zone = "us", ...others] = Object.keys(zones) as (keyof typeof zones)[];
    const client = createPeakaClient({ apiKey: "partner-key", zone, fetch });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaApiError);
    const hint = `the call went to ${zone}: the key or the project may belong to another zone (${others.join(", ")})`;
    expect(error.hint).toBe(hint);
    expect(error.message).toBe(`${head(zone)}403 FORBIDDEN; ${hint}`);
  });

  test("of a base URL names its origin, and no zone", async () => {
    const baseUrl = "https://gateway.example/api";
    const client = createPeakaClient({ apiKey: "partner-key", baseUrl, fetch });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaApiError);
    expect(error.hint).toBe(
      "the call went to https://gateway.example: the key or the project may belong elsewhere",
    );
  });

  test("is not given for another status, nor for a redirect", async () => {
    for (const status of [400, 402, 404, 405, 302]) {
      const answer = () => Promise.resolve(new Response(null, { status }));
      const client = createPeakaClient({ apiKey: "partner-key", fetch: answer });
      const error = await failureOf(client.updateConnection(exampleUpdate), PeakaApiError);
      expect(error.hint).toBeUndefined();
    }
  });
});
