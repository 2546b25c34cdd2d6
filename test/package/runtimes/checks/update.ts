import { auth, operations } from "../../../../generated/spec.js";
import type { Zone } from "../../../../src/index.js";
import { apiKey, equal, play, update, type Check, type Given } from "../check.js";

/** What a call does that succeeds. */
export const updates: Record<string, Check> = {
  "an update in the us zone arrives there, and gives the connection": (given) =>
    updateIn(given, "us"),

  "an update in the eu zone arrives there, and gives the connection": (given) =>
    updateIn(given, "eu"),

  async "the fetch of the runtime can be passed as it is"(given) {
    const { client, received } = await play(given, [], { fetch: globalThis.fetch });
    await client.updateConnection(update);
    equal((await received()).requests.length, 1, "requests");
  },

  async "a function gives a new API key to each attempt"(given) {
    const keys = ["expired-key", apiKey];
    const busy = { status: 503, headers: { "retry-after": "0" } };
    const { client, received } = await play(given, [busy], {
      apiKey: () => Promise.resolve(keys.shift() ?? ""),
    });
    await client.updateConnection(update);
    const sent = (await received()).requests.map(({ headers }) => headers[auth.header]);
    equal(sent, [`${auth.prefix}expired-key`, auth.prefix + apiKey], "keys");
  },
};

/** By the zone's own URL, which `fetch` takes to a gateway on loopback. */
async function updateIn({ peaka, stage }: Given, zone: Zone): Promise<void> {
  const { zones, createPeakaClient } = peaka;
  const names = Object.keys(zones) as Zone[];
  const started = await Promise.all(
    names.map(async (name) => [name, await stage("gateway", { zone: name, faults: [] })] as const),
  );
  const asked: string[] = [];
  const client = createPeakaClient({
    zone,
    apiKey,
    fetch: (url, init) => {
      asked.push(url);
      const [name, gateway] = started.find(([name]) => url.startsWith(zones[name])) ?? [];
      return fetch(name ? url.replace(zones[name], gateway?.baseUrl ?? "") : url, init);
    },
  });
  const { name, type, credential } = update.body;
  const connection = await client.call("updateConnection", update);
  equal(connection, { id: update.connectionId, name, type }, "connection");

  const { method, path, body } = operations.updateConnection;
  const { projectId, connectionId } = update;
  const filled = path.replace("{projectId}", projectId).replace("{connectionId}", connectionId);
  equal(asked, [zones[zone] + filled], "URLs");
  for (const [name, { id }] of started) {
    const { requests, violations, credentials } = await stage("received", { id });
    equal(violations, [], "departures from the spec");
    const isOwn = name === zone;
    equal(requests.length, isOwn ? 1 : 0, `requests in ${name}`);
    equal(JSON.stringify(credentials).includes(JSON.stringify(credential)), isOwn, "applied");
    for (const { method: sent, headers, body: text } of requests) {
      equal([sent, text], [method, JSON.stringify(update.body)], "request");
      equal(headers["content-type"], body.mediaType, "content-type");
      equal(headers[auth.header], auth.prefix + apiKey, auth.header);
    }
  }
}
