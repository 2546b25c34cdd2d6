import { examples } from "../../generated/examples.js";
import { auth, operations } from "../../generated/spec.js";
import type * as Package from "../../src/index.js";
import type * as UndiciEntry from "../../src/undici.js";
import type { paths } from "../../generated/paths.js";

/** Makes one update and gives the connection. */
export type Update = () => Promise<unknown>;

/** Makes a client of a gateway, and an update with a body of about so many bytes. */
type Contestant = (baseUrl: string, bodyBytes: number) => Promise<Update>;

const apiKey = "key-of-the-benchmarks";
const { method, path } = operations.updateConnection;
const { projectId, connectionId } = examples.updateConnection.parameters;
const headers = { [auth.header]: auth.prefix + apiKey, "content-type": "application/json" };

/** Everyone who makes the same update, by name. What one of them does not need, it does not load. */
export const contestants: Readonly<Record<string, Contestant>> = {
  fetch: (baseUrl, bodyBytes) => {
    const [url, body] = [urlBelow(baseUrl), bodyOf(bodyBytes)];
    return Promise.resolve(async () => {
      const init = { method, headers, body: JSON.stringify(body) };
      return (await fetch(url, init)).json();
    });
  },
  "peaka-client": (baseUrl, bodyBytes) => ours({ baseUrl }, bodyBytes),
  "peaka-client, onAttempt": (baseUrl, bodyBytes) =>
    ours({ baseUrl, onAttempt: () => undefined }, bodyBytes),
  "peaka-client/undici": async (baseUrl, bodyBytes) => {
    const { undiciFetch } = (await import(built("undici.js"))) as typeof UndiciEntry;
    return ours({ baseUrl, fetch: undiciFetch() }, bodyBytes);
  },
  "openapi-fetch": async (baseUrl, bodyBytes) => {
    const { default: createClient } = await import("openapi-fetch");
    const client = createClient<paths>({ baseUrl, headers });
    const body = bodyOf(bodyBytes);
    const params = { path: { projectId, connectionId } };
    return async () => (await client.PUT(path, { params, body })).data;
  },
  axios: async (baseUrl, bodyBytes) => {
    const { default: axios } = await import("axios");
    const [url, body] = [urlBelow(baseUrl), bodyOf(bodyBytes)];
    return async () => (await axios.put<unknown>(url, body, { headers })).data;
  },
  ky: async (baseUrl, bodyBytes) => {
    const { default: ky } = await import("ky");
    const [url, json] = [urlBelow(baseUrl), bodyOf(bodyBytes)];
    return () => ky.put(url, { json, headers }).json();
  },
  "undici.request": async (baseUrl, bodyBytes) => {
    const { Agent, request } = await import("undici");
    const [url, body] = [urlBelow(baseUrl), bodyOf(bodyBytes)];
    const dispatcher = new Agent();
    return async () => {
      const init = { method, headers, body: JSON.stringify(body), dispatcher };
      return (await request(url, init)).body.json();
    };
  },
};

/** The package as built: what a service runs is what is measured. */
async function ours(options: Package.PeakaClientOptions, bodyBytes: number): Promise<Update> {
  const { createPeakaClient } = (await import(built("index.js"))) as typeof Package;
  const client = createPeakaClient({ apiKey, ...options });
  const input = { projectId, connectionId, body: bodyOf(bodyBytes) };
  return () => client.updateConnection(input);
}

function built(file: string): string {
  return new URL(`../../dist/${file}`, import.meta.url).href;
}

function bodyOf(bytes: number) {
  const credential = { token: "t".repeat(bytes) };
  return { name: "exampleStripeConnection21", type: "stripe", credential };
}

function urlBelow(baseUrl: string): string {
  return baseUrl + path.replace("{projectId}", projectId).replace("{connectionId}", connectionId);
}
