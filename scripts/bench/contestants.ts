import { examples } from "../../generated/examples.js";
import { auth } from "../../generated/spec.js";
import type * as Package from "../../src/index.js";
import type * as UndiciEntry from "../../src/undici.js";
import type { paths } from "../../generated/paths.js";

/** Makes a client of a gateway, and gives what makes one update and resolves with the connection. */
type Contestant = (baseUrl: string) => Promise<() => Promise<unknown>>;

const apiKey = "key-of-the-benchmarks";
const [method, path] = ["PUT", "/connections/{projectId}/{connectionId}"] as const;
const { projectId, connectionId } = examples.updateConnection.parameters;
const headers = { [auth.header]: auth.prefix + apiKey, "content-type": "application/json" };
const credential = { token: "t".repeat(100) };
const body = { name: "exampleStripeConnection21", type: "stripe", credential };

/** Clients that make the same update, by name. What one of them does not need, it does not load. */
export const contestants: Readonly<Record<string, Contestant>> = {
  fetch: (baseUrl) => {
    const url = urlBelow(baseUrl);
    return Promise.resolve(async () => {
      const init = { method, headers, body: JSON.stringify(body) };
      return (await fetch(url, init)).json();
    });
  },
  "openapi-fetch": async (baseUrl) => {
    const { default: createClient } = await import("openapi-fetch");
    const client = createClient<paths>({ baseUrl, headers });
    const params = { path: { projectId, connectionId } };
    return async () => (await client.PUT(path, { params, body })).data;
  },
  "peaka-client": (baseUrl) => ours({ baseUrl }),
  "peaka-client/undici": async (baseUrl) => {
    const { undiciFetch } = (await import(built("undici.js"))) as typeof UndiciEntry;
    return ours({ baseUrl, fetch: undiciFetch() });
  },
  "undici.request": async (baseUrl) => {
    const { Agent, request } = await import("undici");
    const url = urlBelow(baseUrl);
    const dispatcher = new Agent();
    return async () => {
      const init = { method, headers, body: JSON.stringify(body), dispatcher };
      return (await request(url, init)).body.json();
    };
  },
};

/** The package as built: what a service runs is what is measured. */
async function ours(options: Package.PeakaClientOptions): Promise<() => Promise<unknown>> {
  const { createPeakaClient } = (await import(built("index.js"))) as typeof Package;
  const client = createPeakaClient({ apiKey, ...options });
  const input = { projectId, connectionId, body };
  return () => client.updateConnection(input);
}

function built(file: string): string {
  return new URL(`../../dist/${file}`, import.meta.url).href;
}

function urlBelow(baseUrl: string): string {
  return baseUrl + path.replace("{projectId}", projectId).replace("{connectionId}", connectionId);
}
