import { describe, expect, test } from "vitest";
import { PeakaNetworkError, type Fetch } from "../src/index.js";
import type { Fault } from "./gateway/faults.js";
import { connectionId, start } from "./gateway/put.js";
import { exampleConnections, exampleUpdate } from "./gateway/seeds.js";
import { clientOf } from "./support/client-of.js";
import { closedBaseUrl } from "./support/closed-port.js";
import { failureOf } from "./support/failure.js";
import { skipBackoff } from "./support/no-backoff.js";
import { startRawServer } from "./support/raw-server.js";
import { makeCertificate, startTlsFront } from "./support/tls-front.js";

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

  test("the name is not known", async () => {
    const fields = { errno: -3008, code: "ENOTFOUND", syscall: "getaddrinfo" };
    const lookup = Object.assign(new Error("getaddrinfo ENOTFOUND gateway.invalid"), fields);
    const failed = new TypeError("fetch failed", { cause: lookup });
    const fetch: Fetch = () => Promise.reject(failed);
    const client = clientOf({ baseUrl: "https://gateway.invalid" }, { fetch, maxRetries: 0 });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error).toMatchObject({ code: "ENOTFOUND", outcome: "not-applied", attempts: 1 });
    expect(error.cause).toBe(failed);
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

  test.each([
    ["no HTTP", "SSH-2.0-server\r\n"],
    ["nothing", ""],
    ["headers that end too soon", "HTTP/1.1 200 OK\r\ncontent-ty"],
    ["less than it announced", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}"],
  ])("answers with %s", async (_, bytes) => {
    const client = clientOf(await startRawServer(bytes), { maxRetries: 0 });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error).toMatchObject({ outcome: "unknown", attempts: 1 });
    expect(error.message).toContain("may have been applied");
  });
});

const certificate = makeCertificate();

describe("a certificate that nobody vouches for", () => {
  test.skipIf(!certificate)(
    `is refused before anything is sent${certificate ? "" : ": NOT TESTED, there is no openssl"}`,
    async () => {
      skipBackoff();
      const gateway = await start();
      const front = await startTlsFront(gateway, certificate ?? { key: "", cert: "" });
      const call = clientOf(front).updateConnection(exampleUpdate);
      const error = await failureOf(call, PeakaNetworkError);
      expect(error).toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT", attempts: 3 });
      expect(error.outcome).toBe("not-applied");
      expect(front.handshakes()).toBe(3);
      expect(gateway.requests).toEqual([]);
      expect(gateway.connections.get(connectionId)).toEqual(oldConnection);
    },
  );
});

test("a server that speaks no TLS may have got something", async () => {
  const { baseUrl } = await startRawServer("HTTP/1.1 400 Bad Request\r\n\r\n");
  const client = clientOf({ baseUrl: baseUrl.replace("http:", "https:") }, { maxRetries: 0 });
  const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
  expect(error).toMatchObject({ attempts: 1, code: "ERR_SSL_WRONG_VERSION_NUMBER" });
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

  test.each([undefined, null, 7, "{}", {}])("may be an answer that is none: %j", async (answer) => {
    const fetch = (() => Promise.resolve(answer)) as unknown as Fetch;
    const client = clientOf(await start(), { fetch, maxRetries: 0 });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error.outcome).toBe("unknown");
  });
});
