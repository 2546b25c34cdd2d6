import type { Attempt } from "../../../../src/index.js";
import { equal, failureOf, holds, play, reasonOf, update, type Check } from "../check.js";

/** Long enough for a request to arrive, however busy the machine is. */
const enough = { timeoutMs: 1_000, maxRetries: 0 };
const busy = { status: 503, headers: { "retry-after": "0" } };

/** Timeouts, aborts and further attempts. */
export const limits: Record<string, Check> = {
  async "no answer in time is a PeakaTimeoutError, and the request is cut"(given) {
    const { client, id } = await play(given, [{ hang: true }], enough);
    const error = await failureOf(given, "PeakaTimeoutError", client.updateConnection(update));
    equal([error.timeoutMs, error.outcome], [1_000, "unknown"], "timeoutMs and outcome");
    equal(await given.stage("ended", { id }), "cut", "the request");
  },

  async "a body that trickles past the time is a PeakaTimeoutError, and cut"(given) {
    const { client, id } = await play(given, [{ trickleMs: 1_000 }]);
    const call = client.updateConnection(update, enough);
    await failureOf(given, "PeakaTimeoutError", call);
    equal(await given.stage("ended", { id }), "cut", "the answer");
  },

  async "an abort rejects with the signal's reason, and the request is cut"(given) {
    const { client, id } = await play(given, [{ hang: true }]);
    const controller = new AbortController();
    const call = reasonOf(client.updateConnection(update, { signal: controller.signal }));
    await given.stage("arrived", { id, count: 1 });
    const reason = new Error("the service shuts down");
    controller.abort(reason);
    holds((await call) === reason, "the call rejects with another reason");
    equal(await given.stage("ended", { id }), "cut", "the request");
  },

  async "an abort without a reason rejects with an AbortError"(given) {
    const { client, received } = await play(given);
    const call = client.updateConnection(update, { signal: AbortSignal.abort() });
    equal(((await reasonOf(call)) as Error).name, "AbortError", "name");
    equal((await received()).requests.length, 0, "requests");
  },

  async "an abort ends the wait for the next attempt"(given) {
    const controller = new AbortController();
    const wait = { status: 503, headers: { "retry-after": "60" } };
    const reason = { not: "an error" };
    const { client } = await play(given, [wait], { onAttempt: () => controller.abort(reason) });
    const call = client.updateConnection(update, { signal: controller.signal });
    holds((await reasonOf(call)) === reason, "the call rejects with another reason");
  },

  async "a 503 is tried again with the same bytes, and told to onAttempt"(given) {
    const told: Attempt[] = [];
    const { client, received } = await play(given, [busy], { onAttempt: (one) => told.push(one) });
    await client.updateConnection(update);
    const facts = told.map((one) => [one.attempt, one.status, one.outcome, one.retryInMs]);
    equal(
      facts,
      [
        [1, 503, "unknown", 0],
        [2, 200, "applied", undefined],
      ],
      "attempts",
    );
    holds(
      told.every((one) => one.durationMs >= 0),
      "a duration is negative",
    );
    holds(
      told.every((one) => one.requestId === one.headers["x-request-id"]),
      "a header is missing",
    );
    const bodies = (await received()).requests.map(({ body }) => body);
    equal(bodies, [JSON.stringify(update.body), JSON.stringify(update.body)], "bodies");
  },

  async "a broken connection is tried again"(given) {
    let attempts = 0;
    const { client, received } = await play(given, [{ reset: "on-arrival" }], {
      onAttempt: () => (attempts += 1),
    });
    const { name } = await client.updateConnection(update);
    equal([name, attempts], [update.body.name, 2], "name and attempts");
    equal((await received()).requests.length, 2, "requests");
  },

  async "the last of the attempts fails the call"(given) {
    const { client, received } = await play(given, [{ ...busy, times: 9 }], { maxRetries: 1 });
    const error = await failureOf(given, "PeakaApiError", client.updateConnection(update));
    const { status, attempts, outcome, retryAfterMs } = error;
    equal([status, attempts, outcome, retryAfterMs], [503, 2, "unknown", 0], "the failure");
    equal((await received()).requests.length, 2, "requests");
  },
};
