import { apiKey, equal, failureOf, holds, play, update, type Check } from "../check.js";

/** That no redirect is followed. */
export const redirects: Record<string, Check> = {
  async "a redirect to another server is refused, and that server gets nothing"(given) {
    const { stage, capabilities } = given;
    for (const status of [301, 302, 303, 307, 308]) {
      const other = await stage("gateway", { faults: [] });
      const { origin } = new URL(other.baseUrl);
      const location = `${other.baseUrl}/elsewhere?key=${apiKey}`;
      const { client, received } = await play(given, [{ status, headers: { location } }]);
      const error = await failureOf(given, "PeakaApiError", client.updateConnection(update));
      const isShown = capabilities.showsRedirects;
      equal(error.status, isShown ? status : 0, "status");
      const words = isShown ? `${status} redirect to ${origin} refused` : ": redirect refused";
      holds(error.message.includes(words), error.message);
      equal([error.outcome, error.attempts], ["unknown", 1], "outcome and attempts");
      equal((await received()).requests.length, 1, "requests");
      const { requests } = await stage("received", { id: other.id });
      equal(requests, [], "requests of the other server");
    }
  },

  async "an answer is refused if the given fetch followed a redirect to it"(given) {
    const other = await given.stage("gateway", {
      faults: [{ status: 200, headers: { "content-type": "application/json" }, body: "{}" }],
    });
    const headers = { location: `${other.baseUrl}/moved` };
    const { client } = await play(given, [{ status: 303, headers }], {
      fetch: (url, init) => fetch(url, { ...init, redirect: "follow" }),
    });
    const error = await failureOf(given, "PeakaApiError", client.updateConnection(update));
    holds(error.message.includes("fetch followed a redirect"), error.message);
    equal([error.status, error.outcome], [200, "unknown"], "status and outcome");
  },
};
