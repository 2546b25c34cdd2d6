import type { Attempt } from "../../../../src/index.js";
import { apiKey, equal, failureOf, holds, play, token, update, type Check } from "../check.js";
import { textsIn } from "../texts.js";
import { echoes, leakIn } from "./echoes.js";

/** That secrets show nowhere. */
export const secrecy: Record<string, Check> = {
  async "no echo of a key or a credential shows in an error or an attempt"(given) {
    const attempts: Attempt[] = [];
    const [plain = "", ...more] = echoes;
    const body = JSON.stringify({
      error: "INVALID_CREDENTIALS",
      message: `login failed with ${echoes.join(" and ")}`,
      errorCode: plain,
      [token]: echoes.map((echo) => ({ [echo]: echo })),
    });
    const headers = {
      "content-type": "application/json",
      "x-request-id": plain,
      "x-debug": String(more[0]),
    };
    const { client } = await play(given, [{ status: 400, headers, body }], {
      onAttempt: (attempt) => attempts.push(attempt),
    });
    const error = await failureOf(given, "PeakaApiError", client.updateConnection(update));
    equal(error.code, "INVALID_CREDENTIALS", "code");
    holds(error.message.includes("login failed with [redacted] and [redacted]"), error.message);
    equal(attempts.length, 1, "attempts");
    clean([error, ...attempts]);
  },

  async "no secret shows where the network or a function of the caller quotes it"(given) {
    const quoting = () => Promise.reject(new TypeError(`no route for ${echoes.join(" ")}`));
    const { client } = await play(given, [], { fetch: quoting, maxRetries: 0 });
    const error = await failureOf(given, "PeakaNetworkError", client.updateConnection(update));
    holds(String(error.cause).includes("no route for [redacted]"), String(error.cause));
    clean([error]);
  },

  async "no secret shows in a network failure of the runtime's own words"(given) {
    const { peaka, stage } = given;
    const client = peaka.createPeakaClient({
      baseUrl: await stage("closed", {}),
      apiKey,
      maxRetries: 0,
    });
    clean([await failureOf(given, "PeakaNetworkError", client.updateConnection(update))]);
  },

  async "a client shows its zone and base URL alone"({ peaka }) {
    const client = peaka.createPeakaClient({ zone: "eu", apiKey });
    equal(client, { zone: "eu", baseUrl: peaka.zones.eu }, "client");
    clean([client]);
    console.error(client);
    await Promise.resolve();
  },
};

function clean(roots: unknown[]): void {
  for (const { path, text } of textsIn(roots)) {
    const leak = leakIn(text);
    holds(leak === undefined, `${path} shows ${leak}`);
  }
}
