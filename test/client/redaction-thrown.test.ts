import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PeakaNetworkError, PeakaUsageError, type Fetch } from "../../src/index.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { arbitrarySecrets, secretsOf, type Secrets } from "../tools/arbitrary-secrets.js";
import { clientOf } from "../tools/client-of.js";
import { startEchoServer } from "../tools/echo-server.js";
import { failureOf } from "../tools/failure.js";
import { leaksIn } from "../tools/leaks.js";
import { oddlyThrown } from "../tools/oddly-thrown.js";
import { patience, runs } from "../tools/runs.js";
import { tallyOf } from "../tools/tally.js";
import { thrown, type SentRequest } from "../tools/thrown.js";

const makers = (key: string) => ({ ...thrown(key), ...oddlyThrown });
const kinds = Object.keys(makers(""));
const throwAs = (kind: string, key: string, request: SentRequest): never => {
  throw makers(key)[kind]?.(request);
};
const twinSecrets = { key: "Tw1n-k3y-Tw1n", credential: { token: "Tw1n-cr3dential" } };

/** Fails with what `fail` gives for each of these secrets and kinds; its twins are the own words. */
async function expectNoLeaks(fail: (secrets: Secrets, kind: string) => Promise<Error>) {
  const twins = new Map<string, Error>();
  const tally = tallyOf(kinds);
  await fc.assert(
    fc.asyncProperty(arbitrarySecrets, fc.constantFrom(...kinds), async (given, kind) => {
      tally.count(kind);
      const twin = twins.get(kind) ?? (await fail(twinSecrets, kind));
      twins.set(kind, twin);
      expect(leaksIn(await fail(given, kind), secretsOf(given), twin)).toEqual([]);
    }),
    runs(2_000),
  );
  tally.check();
}

/** A client whose `fetch` throws what is made of its request. */
function startThrower() {
  let [now, key] = ["", ""];
  const fetch: Fetch = (...request) => throwAs(now, key, request);
  const baseUrl = "https://gateway.example/api/v1";
  const client = clientOf({ baseUrl }, { apiKey: () => key, fetch, maxRetries: 0 });

  return async (given: Secrets, kind: string) => {
    [now, key] = [kind, given.key];
    const body = { ...exampleUpdate.body, credential: given.credential };
    const call = client.updateConnection({ ...exampleUpdate, body });
    return failureOf(call, PeakaNetworkError);
  };
}

describe("a fetch that throws", () => {
  test("gives none away, whatever it throws and the secrets are", patience, async () => {
    await expectNoLeaks(startThrower());
  });

  const given = { key: "pk-of-the-thrown", credential: { token: "t0ken-of", pin: 20_481_632 } };

  test.each(Object.keys(oddlyThrown))("%s ends the call as any other", async (kind) => {
    const error = await startThrower()(given, kind);
    expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
    expect(leaksIn(error, secretsOf(given))).toEqual([]);
  });
});

describe("an apiKey function that throws", () => {
  test("gives away no key that was used, and nothing of the credential", patience, async () => {
    const server = await startEchoServer();
    let apiKey = (): string => "";
    const client = clientOf(server, { apiKey: () => apiKey() });

    await expectNoLeaks(async ({ key, credential }, kind) => {
      server.answer({ status: 503, headers: { "retry-after": "0" } });
      const body = { ...exampleUpdate.body, credential };
      const headers = { authorization: `Bearer ${key}` };
      const sent: SentRequest = [
        "https://vault.example/",
        { method: "POST", headers, body: JSON.stringify({ old: key, credential }) },
      ];
      const asked = [() => key, () => throwAs(kind, key, sent)];
      apiKey = () => asked.shift()?.() ?? "";
      const call = client.updateConnection({ ...exampleUpdate, body });
      const error = await failureOf(call, PeakaUsageError);
      expect(error).toMatchObject({ attempts: 2, outcome: "unknown" });
      return error;
    });
  });
});
