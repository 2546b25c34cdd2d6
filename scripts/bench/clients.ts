import axios from "axios";
import ky from "ky";
import createOpenapiClient from "openapi-fetch";
import { Agent, request } from "undici";
import type { paths } from "../../generated/paths.js";
import { examples } from "../../generated/examples.js";
import { auth, operations } from "../../generated/spec.js";
import type * as Package from "../../src/index.js";
import type * as UndiciEntry from "../../src/undici.js";

/** Makes one update and gives the connection. */
export type Update = () => Promise<unknown>;

/** The two entries of the package, as built: what a service runs is what is measured. */
export interface Built {
  readonly index: typeof Package;
  readonly undici: typeof UndiciEntry;
}

const apiKey = "key-of-the-benchmarks";
const { method, path } = operations.updateConnection;
const { projectId, connectionId } = examples.updateConnection.parameters;

/** The contestants, by name, with the same body of about `bodyBytes`, to the same gateway. */
export function clients(built: Built, baseUrl: string, bodyBytes: number): Record<string, Update> {
  const token = "t".repeat(bodyBytes);
  const body = { name: "exampleStripeConnection21", type: "stripe", credential: { token } };
  const input = { projectId, connectionId, body };
  const url =
    baseUrl + path.replace("{projectId}", projectId).replace("{connectionId}", connectionId);
  const headers = { [auth.header]: auth.prefix + apiKey, "content-type": "application/json" };
  const init = () => ({ method, headers, body: JSON.stringify(body) });

  const { createPeakaClient } = built.index;
  const ours = createPeakaClient({ apiKey, baseUrl });
  const observed = createPeakaClient({ apiKey, baseUrl, onAttempt: () => undefined });
  const pooled = createPeakaClient({ apiKey, baseUrl, fetch: built.undici.undiciFetch() });
  const openapi = createOpenapiClient<paths>({ baseUrl, headers });
  const agent = new Agent();

  return {
    fetch: async () => (await fetch(url, init())).json(),
    "peaka-client": () => ours.updateConnection(input),
    "peaka-client, onAttempt": () => observed.updateConnection(input),
    "peaka-client/undici": () => pooled.updateConnection(input),
    "openapi-fetch": async () => {
      const params = { path: { projectId, connectionId } };
      return (await openapi.PUT(path, { params, body })).data;
    },
    axios: async () => (await axios.put<unknown>(url, body, { headers })).data,
    ky: () => ky.put(url, { json: body, headers }).json(),
    "undici.request": async () =>
      (await request(url, { ...init(), dispatcher: agent })).body.json(),
  };
}
