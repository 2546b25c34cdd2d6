import { Agent, interceptors } from "undici";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  createPeakaClient,
  PeakaApiError,
  PeakaNetworkError,
  type Attempt,
} from "../../src/index.js";
import { undiciFetch, type UndiciFetchOptions } from "../../src/undici.js";
import { faults } from "../tools/gateway/faults.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { failureOf } from "../tools/failure.js";

const apiKey = "partner-key";

// What every transport does is tested over this one too: see vitest.config.ts.
describe("the undici transport", () => {
  test("makes an update over a pool of its own, which close() ends", async () => {
    const gateway = await start();
    const fetch = undiciFetch({ connections: 1 });
    const { baseUrl } = gateway;
    const client = createPeakaClient({ baseUrl, apiKey, fetch });
    await Promise.all([1, 2, 3].map(() => client.updateConnection(exampleUpdate)));
    expect(gateway.requests).toHaveLength(3);
    await fetch.close();
    // As a service does that is told to stop twice.
    await fetch.close();
    const late = client.updateConnection(exampleUpdate, { maxRetries: 0 });
    expect((await failureOf(late, PeakaNetworkError)).code).toMatch(/^UND_ERR_/);
    expect(gateway.requests).toHaveLength(3);
  });

  test.each<[string, unknown]>([
    ["connections must be a whole number from 1", { connections: 0 }],
    ["connections must be a whole number from 1", { connections: -1 }],
    ["connections must be a whole number from 1", { connections: 1.5 }],
    ["connections must be a whole number from 1", { connections: "5" }],
    ["connections must be a whole number from 1", { connections: null }],
    ["dispatcher must be one of undici's, such as an Agent", { dispatcher: null }],
    ["dispatcher must be one of undici's, such as an Agent", { dispatcher: {} }],
    ["options must hold only connections and dispatcher", { connection: 5 }],
  ])("is not made, since %s: %j", (reason, options) => {
    const make = () => undiciFetch(options as UndiciFetchOptions);
    expect(make).toThrow(new TypeError(`undiciFetch: ${reason}`));
  });

  test("takes the caller's dispatcher, and leaves it open", async () => {
    const gateway = await start();
    const origins: unknown[] = [];
    const dispatcher = new Agent().compose((dispatch) => (options, handler) => {
      origins.push(options.origin);
      return dispatch(options, handler);
    });
    onTestFinished(() => dispatcher.close());
    const fetch = undiciFetch({ dispatcher });
    const client = createPeakaClient({ baseUrl: gateway.baseUrl, apiKey, fetch });
    await client.updateConnection(exampleUpdate);
    await fetch.close();
    await client.updateConnection(exampleUpdate);
    expect(origins).toEqual([gateway.origin, gateway.origin]);
  });

  test("follows no redirect, even over a dispatcher that was made to", async () => {
    const [gateway, other] = [await start(), await start()];
    gateway.fail(faults.redirect(307, `${other.baseUrl}/elsewhere`));
    const dispatcher = new Agent().compose(interceptors.redirect({ maxRedirections: 5 }));
    onTestFinished(() => dispatcher.close());
    const fetch = undiciFetch({ dispatcher });
    const client = createPeakaClient({ baseUrl: gateway.baseUrl, apiKey, fetch });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaApiError);
    expect(error).toMatchObject({ status: 307, outcome: "unknown" });
    expect(error.message).toContain(`redirect to ${other.origin} refused`);
    expect(other.requests).toEqual([]);
  });

  test("gives the headers of an answer by their names, several of one name in one text", async () => {
    const gateway = await start();
    gateway.fail({
      status: 200,
      headers: { "content-type": "application/json", "x-two": "a" },
      body: "{}",
    });
    const attempts: Attempt[] = [];
    const fetch = undiciFetch();
    onTestFinished(() => fetch.close());
    const onAttempt = (attempt: Attempt) => void attempts.push(attempt);
    await createPeakaClient({
      baseUrl: gateway.baseUrl,
      apiKey,
      fetch,
      onAttempt,
    }).updateConnection(exampleUpdate);
    expect(attempts[0]?.headers).toMatchObject({
      "content-type": "application/json",
      "x-two": "a",
    });
    expect(attempts[0]?.requestId).toBe(
      gateway.requests.length > 0 ? attempts[0]?.headers["x-request-id"] : "",
    );
  });
});
