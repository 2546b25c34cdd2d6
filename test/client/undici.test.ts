import { createServer } from "node:http";
import { createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { Agent, getGlobalDispatcher, interceptors, MockAgent, setGlobalDispatcher } from "undici";
import { generate } from "selfsigned";
import { describe, expect, onTestFinished, test } from "vitest";
import { createPeakaClient, PeakaApiError, PeakaNetworkError } from "../../src/index.js";
import { undiciFetch, type UndiciFetchOptions } from "../../src/undici.js";
import { failureOf } from "../tools/failure.js";
import { faults } from "../tools/gateway/faults.js";
import { start } from "../tools/gateway/start.js";
import { listen } from "../tools/listen.js";
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

  test("goes to the mock that the process set up, and lets nothing leave", async () => {
    const { gateway, client } = await startOver();
    const given = getGlobalDispatcher();
    onTestFinished(() => setGlobalDispatcher(given));
    const mock = new MockAgent();
    onTestFinished(() => mock.close());
    mock.disableNetConnect();
    setGlobalDispatcher(mock);
    const refused = await failureOf(
      client.updateConnection(exampleUpdate, { maxRetries: 0 }),
      PeakaNetworkError,
    );
    expect(refused.code).toBe("UND_MOCK_ERR_MOCK_NOT_MATCHED");
    const { pathname } = new URL(gateway.baseUrl);
    const path = `${pathname}/connections/${exampleUpdate.projectId}/${exampleUpdate.connectionId}`;
    const headers = { "content-type": "application/json" };
    mock
      .get(gateway.origin)
      .intercept({ path, method: "PUT" })
      .reply(200, { id: "mocked" }, { headers });
    expect(await client.updateConnection(exampleUpdate)).toEqual({ id: "mocked" });
    expect(gateway.requests).toEqual([]);
  });

  test("goes over another agent that the process set up since, and not past its own option", async () => {
    const other = new Agent({ connections: 1 });
    const given = getGlobalDispatcher();
    onTestFinished(() => setGlobalDispatcher(given));
    setGlobalDispatcher(other);
    await other.close();
    const { client } = await startOver();
    const closed = client.updateConnection(exampleUpdate, { maxRetries: 0 });
    await expect(closed).rejects.toMatchObject({
      code: expect.stringMatching(/^UND_ERR_/) as unknown,
    });
    const dispatcher = new Agent();
    onTestFinished(() => dispatcher.close());
    const own = await startOver({ dispatcher });
    await expect(own.client.updateConnection(exampleUpdate)).resolves.toHaveProperty("id");
  });

  test("says which software it is, as undici's fetch does", async () => {
    const { gateway, client } = await startOver();
    await client.updateConnection(exampleUpdate);
    expect(gateway.requests[0]?.headers["user-agent"]).toBe("undici");
  });

  const json = '{"id":"1"}';
  test.each<[string, Buffer]>([
    ["gzip", gzipSync(json)],
    ["x-gzip", gzipSync(json)],
    ["br", brotliCompressSync(json)],
    ["deflate", deflateSync(json)],
    ["deflate", deflateRawSync(json)],
    ["deflate, gzip", gzipSync(deflateSync(json))],
    ["br, GZIP", gzipSync(brotliCompressSync(json))],
    ["identity", Buffer.from(json)],
  ])("reads an answer in %s", async (coding, body) => {
    const server = createServer((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": coding });
      response.end(body);
    });
    const fetch = undiciFetch();
    onTestFinished(() => fetch.close());
    const baseUrl = `${await listen(server)}/api/v1`;
    const client = createPeakaClient({ baseUrl, apiKey: "partner-key", fetch });
    expect(await client.updateConnection(exampleUpdate)).toEqual({ id: "1" });
  });

  test("speaks HTTP/1.1 to a server that offers HTTP/2 too, where undici would send again", async () => {
    const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }]);
    const versions: string[] = [];
    const server = createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
      versions.push(request.httpVersion);
      response.setHeader("content-type", "application/json");
      response.end(json);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const fetch = undiciFetch();
    onTestFinished(() => fetch.close());
    const { port } = server.address() as AddressInfo;
    const given = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    onTestFinished(() => {
      if (given === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
      else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = given;
    });
    const client = createPeakaClient({
      baseUrl: `https://127.0.0.1:${port}/api/v1`,
      apiKey: "k",
      fetch,
    });
    await client.updateConnection(exampleUpdate);
    expect(versions).toEqual(["1.1"]);
  });
});
