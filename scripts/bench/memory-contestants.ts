import createOpenapiClient from "openapi-fetch";
import { Agent, request, setGlobalDispatcher } from "undici";
import { auth, operations, zones } from "../../generated/spec.js";
import type * as Package from "../../src/index.js";
import type * as UndiciEntry from "../../src/undici.js";
import type { Update } from "./contestants.js";

const dist = new URL("../../dist/", import.meta.url);
const { createPeakaClient } = (await import(new URL("index.js", dist).href)) as typeof Package;
const { undiciFetch } = (await import(new URL("undici.js", dist).href)) as typeof UndiciEntry;

const apiKey = "key-of-the-benchmarks";
const { method, path } = operations.updateConnection;
const place = { projectId: "mtKDhe1U", connectionId: "8db17e23" };
const body = { name: "s", type: "stripe", credential: { token: "t".repeat(100) } };
const input = { ...place, body };
const headers = { [auth.header]: auth.prefix + apiKey, "content-type": "application/json" };

/** As many sockets as a service would open; the other calls wait for one of them. */
export const connections = 50;

/** Each makes one client that has not been used. */
export const makers: Record<string, () => unknown> = {
  "openapi-fetch": () => createOpenapiClient({ baseUrl: zones.us, headers }),
  "peaka-client": () => createPeakaClient({ apiKey }),
};

/** Each sends one update to the same gateway, over no more than `connections` sockets. */
export function updates(baseUrl: string): Record<string, Update> {
  const dispatcher = new Agent({ connections });
  // Node's own `fetch` takes its number of sockets from here.
  setGlobalDispatcher(dispatcher);
  const url = baseUrl + path.replace(/\{(\w+)\}/g, (_, name: keyof typeof place) => place[name]);
  const init = () => ({ method, headers, body: JSON.stringify(body) });
  const ours = createPeakaClient({ apiKey, baseUrl });
  const pooled = createPeakaClient({ apiKey, baseUrl, fetch: undiciFetch({ dispatcher }) });
  return {
    fetch: async () => (await fetch(url, init())).json(),
    "peaka-client": () => ours.updateConnection(input),
    "undici.request": async () => (await request(url, { ...init(), dispatcher })).body.json(),
    "peaka-client/undici": () => pooled.updateConnection(input),
  };
}

/** Sends one update over a `fetch` of one's own. */
export function updateOver(fetch: Package.Fetch): Update {
  const { updateConnection } = createPeakaClient({ apiKey, fetch });
  return () => updateConnection(input);
}
