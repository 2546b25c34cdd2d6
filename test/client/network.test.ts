import { describe, expect, test } from "vitest";
import { PeakaNetworkError, type Fetch } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { closedBaseUrl } from "../tools/closed-port.js";
import { failWith } from "../tools/fail-with.js";
import { failureOf } from "../tools/failure.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { skipBackoff } from "../tools/no-backoff.js";

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
