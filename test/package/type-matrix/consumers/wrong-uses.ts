/** Each of these must be refused: an `@ts-expect-error` that is not needed is a problem itself. */
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return --
   what is refused has no type */
import {
  createPeakaClient,
  isPeakaError,
  PeakaNetworkError,
  zones,
} from "../../../../src/index.js";
import type { Attempt, PeakaApiError, PeakaClient } from "../../../../src/index.js";

// @ts-expect-error: what stands below the entries is not for import
export * from "peaka-client/dist/index.js";

const peaka = createPeakaClient({ apiKey: "key" });
const ids = { projectId: "p", connectionId: "c" };

export const options = () => [
  // @ts-expect-error: no such zone
  createPeakaClient({ zone: "moon" }),
  // @ts-expect-error: no such option
  createPeakaClient({ timeout: 1_000 }),
  // @ts-expect-error: null is no API key
  createPeakaClient({ apiKey: null }),
  // @ts-expect-error: null is no base URL
  createPeakaClient({ baseUrl: null }),
  // @ts-expect-error: a fetch gives a promise
  createPeakaClient({ fetch: () => 204 }),
  // @ts-expect-error: an interface cannot be constructed
  new PeakaClient({ apiKey: "key" }),
];

export const calls = () => [
  // @ts-expect-error: a parameter is missing
  peaka.updateConnection({ projectId: "p", body: {} }),
  // @ts-expect-error: the body is missing
  peaka.updateConnection(ids),
  // @ts-expect-error: the body is no string
  peaka.updateConnection({ ...ids, body: "{}" }),
  // @ts-expect-error: no such property of the body
  peaka.updateConnection({ ...ids, body: { type: "stripe", credentials: {} } }),
  // @ts-expect-error: no such input
  peaka.updateConnection({ ...ids, body: {}, workspaceId: "w" }),
  // @ts-expect-error: no such option of a call
  peaka.updateConnection({ ...ids, body: {} }, { headers: {} }),
  // @ts-expect-error: a signal is no controller
  peaka.updateConnection({ ...ids, body: {} }, { signal: new AbortController() }),
  // @ts-expect-error: no such operation
  peaka.call("deleteConnection", { ...ids, body: {} }),
  // @ts-expect-error: a parameter is missing
  peaka.call("updateConnection", { connectionId: "c", body: {} }),
];

export function errors(error: unknown) {
  // @ts-expect-error: what is not narrowed has no outcome
  if (error.outcome === "unknown") return 0;
  // @ts-expect-error: no such error
  if (isPeakaError(error) && error.name === "PeakaAbortError") return 1;
  // @ts-expect-error: not every error has a status
  if (isPeakaError(error) && error.status === 500) return 2;
  // @ts-expect-error: no answer, no status
  if (error instanceof PeakaNetworkError) return error.status;
  return 3;
}

export async function answers() {
  const connection = await peaka.updateConnection({ ...ids, body: {} });
  // @ts-expect-error: the gateway keeps the credential to itself
  return connection.credential;
}

export function changes(client: PeakaClient, error: PeakaApiError, attempt: Attempt) {
  // @ts-expect-error: a client stays in its zone
  client.zone = "eu";
  // @ts-expect-error: a client stays at its gateway
  client.baseUrl = "https://gateway.example";
  // @ts-expect-error: a client's methods are its own
  client.updateConnection = () => Promise.resolve({});
  // @ts-expect-error: the spec's zones are fixed
  zones.eu = "https://gateway.example";
  // @ts-expect-error: an outcome is what it is
  error.outcome = "not-applied";
  // @ts-expect-error: a status is what it was
  error.status = 200;
  // @ts-expect-error: an observer changes nothing
  attempt.status = 200;
}
