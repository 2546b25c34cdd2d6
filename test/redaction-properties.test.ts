import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PeakaApiError, PeakaError, type Attempt } from "../src/index.js";
import type { Fault } from "./gateway/faults.js";
import type { Gateway } from "./gateway/gateway.js";
import { connectionId, projectId, start } from "./gateway/put.js";
import { arbitraryCredential, arbitraryKey, secretsOf } from "./support/arbitrary-secrets.js";
import { clientOf } from "./support/client-of.js";
import { echoForms, echoPlaces, kept } from "./support/echoes.js";
import { failureOf } from "./support/failure.js";
import { formsOf, leaksIn } from "./support/leaks.js";

const runs = { numRuns: 300 };
const limits = { timeout: 60_000 };
const twinSecrets = { key: "Tw1n-k3y-Tw1n", credential: { token: "Tw1n-cr3dential" } };

interface Secrets {
  key: string;
  credential: Record<string, unknown>;
}

/** All that a caller can get hold of when the gateway answers an update so. */
async function failWith(gateway: Gateway, { key, credential }: Secrets, fault: Fault) {
  const attempts: Attempt[] = [];
  gateway.fail(fault);
  const client = clientOf(gateway, {
    apiKey: key,
    maxRetries: 0,
    onAttempt: (attempt) => attempts.push(attempt),
  });
  const body = { name: "kept name", type: "stripe", credential };
  const error = await failureOf(
    client.updateConnection({ projectId, connectionId, body }),
    PeakaError,
  );
  return { error, attempts };
}

/** The same with secrets that nobody looks for, once for each kind of answer. */
function createTwins(gateway: Gateway) {
  const twins = new Map<string, Promise<object>>();
  return (kind: string, faultOf: (secrets: string[]) => Fault) => {
    const { key, credential } = twinSecrets;
    const make = () => failWith(gateway, twinSecrets, faultOf([key, credential.token]));
    const twin = twins.get(kind) ?? make();
    twins.set(kind, twin);
    return twin;
  };
}

describe("whatever the key and the credential are", () => {
  test.each(Object.keys(echoPlaces))(
    "a gateway that echoes them %s gives none away, and the rest survives",
    limits,
    async (place) => {
      const gateway = await start();
      const twinOf = createTwins(gateway);
      const form = fc.constantFrom(...Object.keys(echoForms));
      await fc.assert(
        fc.asyncProperty(arbitraryKey, arbitraryCredential, form, async (key, credential, form) => {
          const secrets = [key, ...secretsOf(credential)];
          const faultOf = (given: string[]) =>
            echoPlaces[place]?.(given.map((secret) => echoForms[form]?.(secret)).join(" | ")) ?? {};
          const twin = await twinOf(form, faultOf);
          const shown = await failWith(gateway, { key, credential }, faultOf(secrets));
          expect(leaksIn(shown, secrets, twin)).toEqual([]);
          const { error } = shown;
          if (error instanceof PeakaApiError && error.status === 400 && isApart(secrets)) {
            expect(error.body).toMatchObject({ kept });
          }
        }),
        { ...runs, numRuns: Math.ceil(runs.numRuns / 4) },
      );
    },
  );

  test("a gateway that sends the whole request back gives none away", limits, async () => {
    const gateway = await start();
    const twinOf = createTwins(gateway);
    await fc.assert(
      fc.asyncProperty(arbitraryKey, arbitraryCredential, async (key, credential) => {
        const faultOf = (key: string, credential: unknown): Fault => ({
          status: 400,
          headers: { "content-type": "application/json", "x-request-id": "1" },
          body: JSON.stringify({
            message: `cannot read ${JSON.stringify({ credential })}`,
            reason: JSON.stringify(JSON.stringify({ credential })),
            request: { headers: { authorization: `Bearer ${key}` }, body: { credential } },
            kept,
          }),
        });
        const twin = await twinOf("", ([key = "", token]) => faultOf(key, { token }));
        const shown = await failWith(gateway, { key, credential }, faultOf(key, credential));
        const secrets = [key, ...secretsOf(credential)];
        expect(leaksIn(shown, secrets, twin)).toEqual([]);
        if (isApart(secrets)) expect(shown.error).toMatchObject({ body: { kept } });
      }),
      runs,
    );
  });

  test("the gateway's own refusal of the credential gives none away", limits, async () => {
    const gateway = await start({
      apiKeys: [{ key: twinSecrets.key }],
      validCredential: () => false,
    });
    const twin = await failWith(gateway, twinSecrets, {});
    await fc.assert(
      fc.asyncProperty(arbitraryCredential, async (credential) => {
        const shown = await failWith(gateway, { ...twinSecrets, credential }, {});
        const secrets = secretsOf(credential);
        expect(leaksIn(shown, secrets, twin)).toEqual([]);
        expect(shown.error).toMatchObject({ status: 400, attempts: 1, outcome: "not-applied" });
      }),
      runs,
    );
  });
});

describe("what is not secret survives", () => {
  test("in the same text, around a secret that is quoted as it is", limits, async () => {
    const gateway = await start();
    await fc.assert(
      fc.asyncProperty(arbitraryCredential, async (credential) => {
        const secrets = secretsOf(credential);
        fc.pre(secrets.length > 0 && isApart(secrets));
        const message = `⟦${secrets.join("⟧⟦")}⟧`;
        const fault: Fault = { status: 400, body: JSON.stringify({ message }) };
        const { error } = await failWith(gateway, { ...twinSecrets, credential }, fault);
        // A quote of many secrets may be hidden whole where undoing its escapes brings one out.
        const marks = secrets.map(() => "⟦[redacted]⟧").join("");
        expect(error).toMatchObject({
          body: {
            message: expect.toSatisfy((text) => text === marks || text === "[redacted]") as string,
          },
        });
      }),
      runs,
    );
  });

  test("in the fields of an error, whatever the secrets are", limits, async () => {
    const gateway = await start();
    const words = [
      "updateConnection",
      "PUT /connections/{projectId}/{connectionId}",
      "PeakaApiError",
    ];
    const word = fc.constantFrom(...words, "connections", "projectId", "outcome", "not-applied");
    await fc.assert(
      fc.asyncProperty(word, word, async (key, token) => {
        const { error } = await failWith(gateway, { key, credential: { token } }, { status: 400 });
        expect(error).toMatchObject({
          name: "PeakaApiError",
          operation: "updateConnection",
          outcome: "not-applied",
        });
        expect(error.message).toBe(
          `PUT /connections/{projectId}/{connectionId} (${gateway.origin}): 400`,
        );
        expect(error.stack?.startsWith(`${error.name}: ${error.message}\n`)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

/** True where no secret, in any form or in other capitals, can be found in what is to be kept. */
function isApart(secrets: readonly string[]): boolean {
  const words = `${JSON.stringify(kept)} INVALID_CREDENTIALS cn012 ⟦⟧`;
  const forms = secrets.flatMap((secret) => Object.values(formsOf(secret)));
  return !forms.some(
    (form) => words.includes(form) || words.toLowerCase().includes(form.toLowerCase()),
  );
}
