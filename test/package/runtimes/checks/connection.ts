import type { Fault } from "../../../tools/gateway/faults.js";
import { equal, failureOf, play, reasonOf, update, type Check, type Given } from "../check.js";

/** How often a request goes out whose connection breaks once it was read. */
export const connections: Record<string, Check> = {
  async "a connection that breaks is a PeakaNetworkError, unknown, and used once"(given) {
    const { stage } = given;
    const { client, received, id } = await play(given, [{ reset: "after-request" }], {
      maxRetries: 0,
    });
    const error = await failureOf(given, "PeakaNetworkError", client.updateConnection(update));
    equal([error.outcome, error.attempts], ["unknown", 1], "outcome and attempts");
    equal((await received()).requests.length, 1, "requests");
    equal(await stage("ended", { id }), "cut", "the request");
  },

  async "a connection that breaks after another call is not tried again, where that can be helped"(
    given,
  ) {
    equal(await lostAfterAnother(given), given.capabilities.sendsTwice ? twice : once, "the call");
  },
};

const once = { requests: 1, outcome: "unknown" };
// Untrue, since the first was applied; but the package was told of the second alone.
const twice = { requests: 2, outcome: "not-applied" };

/** What comes of a call whose request is applied, and its connection, which may be used again, broken. */
async function lostAfterAnother(given: Given) {
  const faults: Fault[] = [{}, { reset: "after-request", applied: true }, { status: 400 }];
  const { client, received } = await play(given, faults, { maxRetries: 0 });
  await client.updateConnection(update);
  const reason = await reasonOf(client.updateConnection(update));
  const { requests } = await received();
  equal(requests[1]?.applied, true, "applied");
  const outcome = given.peaka.isPeakaError(reason) ? reason.outcome : String(reason);
  return { requests: requests.length - 1, outcome };
}
