import { Agent, interceptors } from "undici";
import { describe, expect, onTestFinished, test } from "vitest";
import { createPeakaClient, PeakaApiError, PeakaNetworkError } from "../../src/index.js";
import { undiciFetch, type UndiciFetchOptions } from "../../src/undici.js";
import { failureOf } from "../tools/failure.js";
import { faults } from "../tools/gateway/faults.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";

/** A gateway, a transport and a client of these, for one test. */
async function startOver(options: UndiciFetchOptions = {}) {
  const gateway = await start();
  const fetch = undiciFetch(options);
  onTestFinished(() => fetch.close());
  const { baseUrl } = gateway;
  const client = createPeakaClient({ baseUrl, apiKey: "partner-key", fetch });
  return { gateway, fetch, client };
}

// What every transport does is tested over this one too: see vitest.config.ts.
describe("the undici transport", () => {
  test("makes an update over a pool of its own, which close() ends", async () => {
    const { gateway, fetch, client } = await startOver({ connections: 1 });
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
    const origins: unknown[] = [];
    const dispatcher = new Agent().compose((dispatch) => (options, handler) => {
      origins.push(options.origin);
      return dispatch(options, handler);
    });
    onTestFinished(() => dispatcher.close());
    const { gateway, fetch, client } = await startOver({ dispatcher });
    await client.updateConnection(exampleUpdate);
    await fetch.close();
    await client.updateConnection(exampleUpdate);
    expect(origins).toEqual([gateway.origin, gateway.origin]);
  });

  test("follows no redirect, even over a dispatcher that was made to", async () => {
    const other = await start();
    const dispatcher = new Agent().compose(interceptors.redirect({ maxRedirections: 5 }));
    onTestFinished(() => dispatcher.close());
    const { gateway, client } = await startOver({ dispatcher });
    gateway.fail(faults.redirect(307, `${other.baseUrl}/elsewhere`));
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaApiError);
    expect(error).toMatchObject({ status: 307, outcome: "unknown" });
    expect(error.message).toContain(`redirect to ${other.origin} refused`);
    expect(other.requests).toEqual([]);
  });
});
