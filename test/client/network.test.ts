import { describe, expect, test } from "vitest";
import { PeakaNetworkError, type Fetch } from "../../src/index.js";
import type { Fault } from "../tools/gateway/faults.js";
import { connectionId, start } from "../tools/gateway/put.js";
import { exampleConnections, exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { closedBaseUrl } from "../tools/closed-port.js";
import { failureOf } from "../tools/failure.js";
import { skipBackoff } from "../tools/no-backoff.js";

const head = "PUT /connections/{projectId}/{connectionId} ";
const oldConnection = exampleConnections()[0];

describe("no connection: nothing was sent, so nothing was applied", () => {
  test.each(["127.0.0.1", "localhost"])("%s refuses it", async (host) => {
    skipBackoff();
    const origin = (await closedBaseUrl()).replace("127.0.0.1", host);
    const client = clientOf({ baseUrl: `${origin}/api/v1` });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error).toMatchObject({ name: "PeakaNetworkError", operation: "updateConnection" });
    expect(error).toMatchObject({ code: "ECONNREFUSED", outcome: "not-applied", attempts: 3 });
    expect(error.message.startsWith(`${head}(${origin}): `)).toBe(true);
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.message).not.toContain("applied");
    expect(error.cause).toBeInstanceOf(Error);
  });
});

describe("a connection that breaks", () => {
  const breaks: [string, Fault, boolean][] = [
    ["before the request is read", { reset: "on-arrival" }, false],
    ["after the request, which was not applied", { reset: "after-request" }, false],
    ["after the request, which was applied", { reset: "after-request", applied: true }, true],
    ["within the answer", { reset: "mid-body" }, true],
  ];
  test.each(breaks)("%s: the change may have been applied", async (_, fault, applied) => {
    const gateway = await start();
    gateway.fail(fault);
    const client = clientOf(gateway, { maxRetries: 0 });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error.code).toMatch(/^(?:ECONNRESET|UND_ERR_SOCKET)$/);
    expect(error).toMatchObject({ outcome: "unknown", attempts: 1 });
    expect(error.message).toContain("may have been applied");
    expect(gateway.requests).toMatchObject([{ applied }]);
    const now = gateway.connections.get(connectionId);
    expect(now).toMatchObject(applied ? exampleUpdate.body : { ...oldConnection });
  });

  test("each time is tried three times, and each arrives", async () => {
    skipBackoff();
    const gateway = await start();
    gateway.fail({ reset: "after-request", times: 3 });
    const call = clientOf(gateway).updateConnection(exampleUpdate);
    const error = await failureOf(call, PeakaNetworkError);
    expect(error).toMatchObject({ outcome: "unknown", attempts: 3 });
    expect(gateway.requests).toHaveLength(3);
  });
});

describe("the error of a fetch of the caller's", () => {
  test("is the cause, where it is clean", async () => {
    const broken = new Error("the proxy is down");
    const client = clientOf(await start(), { fetch: () => Promise.reject(broken), maxRetries: 0 });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error.cause).toBe(broken);
    expect(error).toMatchObject({ code: undefined, outcome: "unknown" });
  });

  test("may be thrown before there is a promise", async () => {
    const broken = new Error("no sockets");
    const fetch: Fetch = () => {
      throw broken;
    };
    const client = clientOf(await start(), { fetch, maxRetries: 0 });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error.cause).toBe(broken);
  });

  test.each<unknown>([
    ...[undefined, null, 7, "{}", {}, Response.error()],
    ...[{ status: 200 }, { headers: new Headers() }, { status: "503", headers: new Headers() }],
  ])("may be an answer that is none: %j", async (answer) => {
    const fetch = (() => Promise.resolve(answer)) as unknown as Fetch;
    const client = clientOf(await start(), { fetch, maxRetries: 0 });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error).toMatchObject({ code: undefined, outcome: "unknown" });
    expect(error.cause).toBeInstanceOf(TypeError);
  });
});
