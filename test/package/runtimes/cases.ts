import { expect } from "vitest";
import { operations, zones, type Operation } from "../../../generated/spec.js";
import { faults, type Fault } from "../../tools/gateway/faults.js";
import { exampleUpdate } from "../../tools/gateway/seeds.js";
import type { Runtime } from "./runtimes.js";
import type { Call } from "./suite.js";

/** A call, what its gateway does, and what has to come of it. */
export interface Case extends Partial<Call> {
  readonly faults?: readonly Fault[];
  /** The third party refuses the credential, or nothing listens where the gateway should be. */
  readonly gateway?: "refuses" | "none";
  readonly outcome: object;
  /** The API keys of the requests that reach the gateway. @default one with `apiKey` */
  readonly keys?: readonly string[];
  /** The gateway sees the request cut off, before all of its answer was sent. */
  readonly isCut?: true;
}

export const apiKey = "partner-key";
// With what URLs, JSON and base64 write in other ways.
const token = 'sk live/+"žluť"-4242';
const body = { ...exampleUpdate.body, name: "účet 🎷", credential: { token } };
export const update = { ...exampleUpdate, body };
const path = (operations.updateConnection as Operation).path
  .replace("{projectId}", update.projectId)
  .replace("{connectionId}", update.connectionId);

const base64 = (text: string) => Buffer.from(text).toString("base64");
/** Forms in which a gateway may quote a secret. */
export const echoes = [apiKey, token].flatMap((secret) => [
  ...[secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)],
  ...[new URLSearchParams({ secret }).toString(), base64(secret), base64(`user:${secret}`)],
]);
const quoting = {
  status: 400,
  headers: {
    ...{ "content-type": "application/json", "x-request-id": apiKey },
    "x-debug": encodeURIComponent(token),
  },
  body: JSON.stringify({
    ...{ error: "INVALID_CREDENTIALS", message: `login failed with ${echoes.join(" and ")}` },
    ...{ errorCode: apiKey, [token]: echoes.map((echo) => ({ [echo]: echo })) },
  }),
};

const succeeds = { result: { id: update.connectionId, name: body.name, type: body.type } };
const fails = (name: string, fields: object = {}, message = "") => ({
  error: { name, isOfItsClass: true, message: containing(message), ...fields },
});
const containing = (text: string): unknown => expect.stringContaining(text);
const unknown = { outcome: "unknown" };
const notApplied = { outcome: "not-applied" };
const once = { maxRetries: 0 };
/** Long enough for a request to arrive, however busy the machine is. */
const short = { timeoutMs: 2_000, maxRetries: 0 };
const busy = { status: 503, headers: { "retry-after": "0" } };
const keyIsMissing = {
  keys: [],
  outcome: fails("PeakaUsageError", {}, "apiKey is missing: pass it, or set PEAKA_API_KEY"),
};
const wrongCalls: readonly (readonly [string, object])[] = [
  ["an unknown zone", { options: { zone: "mars" } }],
  ["an unknown option", { options: { retries: 1 } }],
  ["a timeout of zero", { options: { timeoutMs: 0 } }],
  ["a line break in the API key", { apiKey: "a\nb" }],
  ["a path parameter with a slash", { input: { ...update, projectId: "a/../b" } }],
];

/** What holds in a runtime, where another gateway has this base URL. */
export function casesIn(runtime: Runtime, other: string): Record<string, Case> {
  const { showsRedirects, refusedCode, provesNotSent, sendsTwice } = runtime;
  return {
    ...each(["us", "eu"] as const, (zone) => ({
      name: `an update in the ${zone} zone arrives there, and gives the connection`,
      ...{ options: { zone }, fetch: "of a zone" },
      outcome: { ...succeeds, urls: [zones[zone] + path] },
    })),
    "the fetch of the runtime can be passed as it is": { fetch: "global", outcome: succeeds },
    "a test gateway refuses, loses an answer and answers as in every runtime": {
      ...{ fetch: "of a test", keys: [] },
      outcome: {
        attempts: [{ outcome: "not-applied" }, { outcome: "unknown" }, { outcome: "applied" }],
      },
    },
    "a function gives a new API key to each attempt": {
      ...{ apiKey: ["expired-key", apiKey], keys: ["expired-key", apiKey] },
      ...{ faults: [busy], outcome: succeeds },
    },
    "the API key is read from the environment, where there is one": {
      apiKey: null,
      ...(runtime.hasEnvironment ? { keys: [apiKey], outcome: succeeds } : keyIsMissing),
    },
    ...each(["empty", "missing"] as const, (process) => ({
      name: `an API key has to be passed where the process is ${process}`,
      ...{ process, apiKey: null, ...keyIsMissing },
    })),
    "a given API key is enough where there is no process": {
      ...{ process: "missing", outcome: succeeds },
    },
    "a refused credential is a PeakaApiError with its code, and not-applied": {
      gateway: "refuses",
      outcome: fails("PeakaApiError", {
        ...{ status: 400, code: "INVALID_CREDENTIALS", errorCode: "cn012" },
        ...{ ...notApplied, attempts: 1 },
      }),
    },
    "a refused key is a PeakaApiError with a hint and a request id": {
      apiKey: "another-key",
      outcome: fails("PeakaApiError", {
        ...{ ...notApplied, status: 401, hint: containing("may belong") },
        requestId: expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
      }),
    },
    ...each(["html", "brokenJson", "wrongContentType"] as const, (fault) => ({
      name: `a 200 without JSON (${fault}) is a PeakaResponseError, and unknown`,
      ...{ faults: [faults[fault]] },
      outcome: fails("PeakaResponseError", { ...unknown, status: 200 }),
    })),
    "a 200 that goes on for ever is a PeakaResponseError, and cut": {
      ...{ faults: ["endless-body"], isCut: true },
      outcome: fails("PeakaResponseError", {}, "more than 10 MiB"),
    },
    "an answer that breaks off is a PeakaNetworkError, and unknown": {
      ...{ faults: ["broken-body"], options: once },
      outcome: fails("PeakaNetworkError", unknown, "the answer broke off"),
    },
    "a port at which nothing listens is a PeakaNetworkError": {
      ...{ gateway: "none", options: once, keys: [] },
      outcome: fails("PeakaNetworkError", {
        ...(provesNotSent ? notApplied : unknown),
        ...(refusedCode && { code: refusedCode }),
      }),
    },
    ...each(wrongCalls, ([what, wrong]) => ({
      name: `${what} is a PeakaUsageError, and sends nothing`,
      ...{ ...wrong, keys: [], outcome: fails("PeakaUsageError", notApplied) },
    })),
    "a connection that breaks is a PeakaNetworkError, unknown, and used once": {
      ...{ faults: ["break"], options: once, isCut: true },
      outcome: fails("PeakaNetworkError", { ...unknown, attempts: 1 }),
    },
    "a connection that breaks after another call is not tried again, where that can be helped": {
      ...{ before: 1, options: once },
      faults: [{}, "lose-answer", { status: 400 }],
      keys: Array<string>(sendsTwice ? 3 : 2).fill(apiKey),
      // Where it is sent twice that is untrue: the package was told of the second answer alone.
      outcome: { error: sendsTwice ? notApplied : unknown },
    },
    ...each([301, 302, 303, 307, 308], (status) => ({
      name: `a ${status} redirect to another server is refused`,
      ...{ faults: [faults.redirect(status, `${other}/elsewhere?key=${apiKey}`)] },
      outcome: fails(
        "PeakaApiError",
        { ...unknown, status: showsRedirects ? status : 0, attempts: 1 },
        showsRedirects ? ` redirect to ${new URL(other).origin} refused` : ": redirect refused",
      ),
    })),
    "an answer is refused if the given fetch followed a redirect to it": {
      ...{ fetch: "follows redirects", faults: [faults.redirect(303, `${other}/moved`)] },
      outcome: fails("PeakaApiError", { ...unknown, status: 200 }, " redirect to "),
    },
    "no answer in time is a PeakaTimeoutError, and the request is cut": {
      ...{ faults: ["silence"], options: short, isCut: true },
      outcome: fails("PeakaTimeoutError", { ...unknown, timeoutMs: short.timeoutMs }),
    },
    "a body that trickles past the time is a PeakaTimeoutError, and cut": {
      ...{ faults: [{ trickleMs: 1_000 }], options: short, isCut: true },
      outcome: fails("PeakaTimeoutError", unknown),
    },
    "an abort is a PeakaAbortError with the signal's reason, and the request is cut": {
      ...{ faults: ["silence"], abort: "on arrival", isCut: true },
      outcome: fails("PeakaAbortError", { ...unknown, cause: "given" }),
    },
    "an abort before the call sends nothing": {
      ...{ abort: "before", keys: [] },
      outcome: fails("PeakaAbortError", { ...notApplied, cause: containing("AbortError") }),
    },
    "an abort ends the wait for the next attempt": {
      ...{ faults: [{ status: 503, headers: { "retry-after": "60" } }], abort: "on attempt" },
      outcome: fails("PeakaAbortError", { ...unknown, cause: "given" }),
    },
    "a 503 is tried again with the same bytes, and told to onAttempt": {
      ...{ faults: [busy], keys: [apiKey, apiKey] },
      outcome: {
        ...succeeds,
        attempts: [
          {
            attempt: 1,
            status: 503,
            ...unknown,
            retryInMs: expect.any(Number) as unknown,
            isWhole: true,
          },
          { attempt: 2, status: 200, outcome: "applied", isWhole: true },
        ],
      },
    },
    "a broken connection is tried again": {
      ...{ faults: ["break"], keys: [apiKey, apiKey] },
      outcome: { ...succeeds, attempts: [{ attempt: 1 }, { attempt: 2 }] },
    },
    "the last of the attempts fails the call": {
      ...{ faults: [busy, busy], options: { maxRetries: 1 }, keys: [apiKey, apiKey] },
      outcome: fails("PeakaApiError", { ...unknown, status: 503, attempts: 2, retryAfterMs: 0 }),
    },
    "no echo of a key or a credential shows in an error or an attempt": {
      faults: [quoting],
      outcome: {
        ...fails(
          "PeakaApiError",
          { code: "INVALID_CREDENTIALS" },
          "with [redacted] and [redacted]",
        ),
        attempts: [{ attempt: 1 }],
      },
    },
    "no secret shows where the network or a function of the caller quotes it": {
      ...{ fetch: "quotes secrets", options: once, keys: [] },
      outcome: fails("PeakaNetworkError", { cause: containing("no route for [redacted]") }),
    },
  };
}

/** A case for each of these, by its name. */
function each<Item>(items: readonly Item[], of: (item: Item) => Case & { name: string }) {
  return Object.fromEntries(items.map(of).map(({ name, ...one }) => [name, one]));
}
