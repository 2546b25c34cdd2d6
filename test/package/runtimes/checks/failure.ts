import { faults } from "../../../tools/gateway/faults.js";
import { apiKey, equal, failureOf, holds, play, refusalOf, update, type Check } from "../check.js";

/** What a call rejects with where the answer, the network or the caller is wrong. */
export const failures: Record<string, Check> = {
  async "a refused credential is a PeakaApiError with its code, and not-applied"(given) {
    const { id, baseUrl } = await given.stage("gateway", { refuses: true, faults: [] });
    const client = given.peaka.createPeakaClient({ baseUrl, apiKey });
    const error = await failureOf(given, "PeakaApiError", client.updateConnection(update));
    const { status, code, errorCode, outcome, attempts } = error;
    equal([status, code, errorCode], [400, "INVALID_CREDENTIALS", "cn012"], "the refusal");
    equal([outcome, attempts], ["not-applied", 1], "outcome and attempts");
    equal((await given.stage("received", { id })).requests.length, 1, "requests");
  },

  async "a refused key is a PeakaApiError with a hint and a request id"(given) {
    const { client } = await play(given, [], { apiKey: "another-key" });
    const error = await failureOf(given, "PeakaApiError", client.updateConnection(update));
    equal([error.status, error.outcome], [401, "not-applied"], "status and outcome");
    holds(/may belong/.test(error.hint ?? ""), `hint: ${error.hint}`);
    holds(/^[\da-f-]{36}$/.test(error.requestId ?? ""), `request id: ${error.requestId}`);
  },

  async "a 200 that is no JSON is a PeakaResponseError, and unknown"(given) {
    for (const fault of [faults.html, faults.brokenJson, faults.wrongContentType]) {
      const { client } = await play(given, [fault]);
      const error = await failureOf(given, "PeakaResponseError", client.updateConnection(update));
      equal([error.status, error.outcome], [200, "unknown"], fault.body);
    }
  },

  async "a 200 that goes on for ever is a PeakaResponseError, and cut"(given) {
    const { client, id } = await play(given, [{ endless: true }]);
    const error = await failureOf(given, "PeakaResponseError", client.updateConnection(update));
    holds(error.message.includes("more than 10 MiB"), error.message);
    equal(await given.stage("ended", { id }), "cut", "the answer");
  },

  async "an answer that breaks off is a PeakaNetworkError, and unknown"(given) {
    const { client } = await play(given, [{ reset: "mid-body" }], { maxRetries: 0 });
    const error = await failureOf(given, "PeakaNetworkError", client.updateConnection(update));
    holds(error.message.includes("the answer broke off"), error.message);
    equal(error.outcome, "unknown", "outcome");
  },

  async "a port at which nothing listens is a PeakaNetworkError"(given) {
    const { peaka, stage, capabilities } = given;
    const baseUrl = await stage("closed", {});
    const client = peaka.createPeakaClient({ baseUrl, apiKey, maxRetries: 0 });
    const error = await failureOf(given, "PeakaNetworkError", client.updateConnection(update));
    equal(error.code, capabilities.refusedCode, "code");
    equal(error.outcome, capabilities.provesNotSent ? "not-applied" : "unknown", "outcome");
  },

  async "a wrong option or input is a PeakaUsageError, and sends nothing"(given) {
    for (const wrong of [{ zone: "mars" }, { apiKey: "a\nb" }, { timeoutMs: 0 }, { retries: 1 }]) {
      await refusalOf(given, { apiKey, ...wrong });
    }
    const { client, received } = await play(given);
    const unsafe = client.updateConnection({ ...update, projectId: "a/../b" });
    const error = await failureOf(given, "PeakaUsageError", unsafe);
    equal([error.outcome, error.attempts], ["not-applied", 0], "outcome and attempts");
    equal((await received()).requests.length, 0, "requests");
  },

  async "what only looks like an error of the package is none"({ peaka }) {
    const likes = [undefined, null, "PeakaApiError", new Error("no"), { name: "PeakaApiError" }];
    equal(likes.map(peaka.isPeakaError), [false, false, false, false, false], "isPeakaError");
    await Promise.resolve();
  },
};
