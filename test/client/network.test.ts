import { describe, expect, test } from "vitest";
import { PeakaNetworkError, type Fetch } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { closedBaseUrl } from "../tools/closed-port.js";
import { failWith } from "../tools/fail-with.js";
import { failureOf } from "../tools/failure.js";
import type { Fault } from "../tools/gateway/faults.js";
import { connectionId } from "../tools/gateway/put.js";
import { exampleConnections, exampleUpdate } from "../tools/gateway/seeds.js";
import { skipBackoff } from "../tools/no-backoff.js";

const [oldConnection = {}] = exampleConnections();

test.each(["127.0.0.1", "localhost"])("%s refuses a connection: nothing was sent", async (host) => {
  skipBackoff();
  const origin = (await closedBaseUrl()).replace("127.0.0.1", host);
  const client = clientOf({ baseUrl: `${origin}/api/v1` });
  const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
  expect(error).toMatchObject({ code: "ECONNREFUSED", outcome: "not-applied", attempts: 3 });
  const head = `PUT /connections/{projectId}/{connectionId} (${origin}): `;
  expect(error.message).toBe(`${head}no answer (ECONNREFUSED)`);
  expect(error.cause).toMatchObject({ message: expect.any(String) as string });
});

describe("a connection that breaks", () => {
  const breaks: [string, Fault, boolean][] = [
    ["after the request, which was not applied", "break", false],
    ["after the request, which was applied", "lose-answer", true],
    ["within the answer", "broken-body", true],
  ];
  test.each(breaks)("%s: the change may have been applied", async (_, fault, applied) => {
    const options = { faults: [fault], maxRetries: 0 };
    const { error, gateway } = await failWith(PeakaNetworkError, options);
    expect(error.code).toMatch(/^(?:ECONNRESET|UND_ERR_SOCKET)$/);
    expect(error).toMatchObject({ outcome: "unknown", attempts: 1 });
    expect(error.message).toContain("may have been applied");
    expect(gateway.requests).toMatchObject([{ applied }]);
    const now = gateway.connections.get(connectionId);
    expect(now).toMatchObject(applied ? exampleUpdate.body : oldConnection);
  });
});

describe("the error of a fetch of the caller's", () => {
  const fail = async (fetch: Fetch) => {
    const { error } = await failWith(PeakaNetworkError, { fetch, maxRetries: 0 });
    expect(error).toMatchObject({ code: undefined, outcome: "unknown" });
    return error;
  };

  test("is the cause, also where it is thrown before there is a promise", async () => {
    const broken = new Error("the proxy is down");
    const said = { name: "Error", message: broken.message };
    expect((await fail(() => Promise.reject(broken))).cause).toMatchObject(said);
    const error = await fail(() => {
      throw broken;
    });
    expect(error.cause).toMatchObject(said);
  });

  test.each<unknown>([
    ...[undefined, null, 7, "{}", {}, Response.error()],
    ...[{ status: 200 }, { headers: new Headers() }, { status: "503", headers: new Headers() }],
  ])("may be an answer that is none: %j", async (answer) => {
    const error = await fail((() => Promise.resolve(answer)) as unknown as Fetch);
    expect(error.cause).toMatchObject({ name: "TypeError" });
  });
});
