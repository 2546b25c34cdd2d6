import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PeakaApiError, PeakaError } from "../../src/index.js";
import { connectionId, projectId, start } from "../tools/gateway/put.js";
import { arbitraryCredential, arbitraryKey } from "../tools/arbitrary-secrets.js";
import { arbitrarySecrets, secretsOf } from "../tools/arbitrary-secrets.js";
import { clientOf } from "../tools/client-of.js";
import { answerWith, arbitraryEcho, placeNames, wholeRequest } from "../tools/echo-places.js";
import { echoForms, echoOf, isBare, kept } from "../tools/echoes.js";
import { failureOf } from "../tools/failure.js";
import { leaksAmong, leaksIn, remainsAmong } from "../tools/leaks.js";
import type { Reached } from "../tools/reach.js";
import { patience, runs } from "../tools/runs.js";
import { areApart, percent } from "../tools/secret-forms.js";
import { reachIn, startEcho, type Shown } from "../tools/shown.js";
import { tallyOf } from "../tools/tally.js";

/** Fails where what is no secret has gone, from the answer's JSON or its headers. */
function expectRest({ error }: Shown, reached: readonly Reached[], secrets: string[]): void {
  if (!areApart(secrets, `${JSON.stringify(kept)} x-kept`)) return;
  const textAt = (path: string) => reached.find((one) => one.path === path)?.text;
  const hasAnswer = textAt(".attempts.0.status") !== "undefined";
  expect(textAt(".attempts.0.headers.x-kept")).toBe(hasAnswer ? kept.text : undefined);
  if (!(error instanceof PeakaApiError) || error.body === undefined) return;
  expect(JSON.stringify((error.body as { kept: unknown }).kept)).toBe(JSON.stringify(kept));
}

describe("whatever the key and the credential are, none is given away", () => {
  test("by an answer that quotes them, and the rest survives", patience, async () => {
    const { show, showTwin } = await startEcho();
    const [quoted, written] = [tallyOf(placeNames), tallyOf(Object.keys(echoForms))];
    await fc.assert(
      fc.asyncProperty(arbitraryEcho, async ({ given, quote, place }) => {
        quoted.count(place);
        written.count(quote.form);
        const secrets = secretsOf(given);
        const twin = await showTwin(place, (others) => [answerWith(others, place)]);
        const echoes = secrets.map((secret) => echoOf(secret, quote));
        const shown = await show(given, answerWith(echoes, place));
        const reached = reachIn(shown);
        expect(leaksAmong(reached, secrets, twin, echoes)).toEqual([]);
        if (isBare(quote)) expect(remainsAmong(reached, echoes)).toEqual([]);
        expectRest(shown, reached, secrets);
      }),
      runs(3_000),
    );
    quoted.check();
    written.check();
  });

  test("by an answer that sends the whole request back", patience, async () => {
    const { show, showTwin } = await startEcho();
    const answersTo = ([key = "", token]: string[]) => [
      wholeRequest({ key, credential: { token } }),
    ];
    await fc.assert(
      fc.asyncProperty(arbitrarySecrets, async (given) => {
        const secrets = secretsOf(given);
        const twin = await showTwin("", answersTo);
        const shown = await show(given, wholeRequest(given));
        const reached = reachIn(shown);
        expect(leaksAmong(reached, secrets, twin)).toEqual([]);
        expectRest(shown, reached, secrets);
      }),
      runs(2_000),
    );
  });

  test("by the gateway's own refusal of the credential", patience, async () => {
    const gateway = await start({ validCredential: () => false });
    const client = clientOf(gateway, { maxRetries: 0 });
    const refuse = async (credential: Record<string, unknown>) => {
      const call = client.updateConnection({ projectId, connectionId, body: { credential } });
      return failureOf(call, PeakaError);
    };
    const twin = await refuse({ token: "Tw1n-cr3dential" });
    await fc.assert(
      fc.asyncProperty(arbitraryCredential, async (credential) => {
        const error = await refuse(credential);
        expect(leaksIn(error, secretsOf({ credential }), twin)).toEqual([]);
        expect(error).toMatchObject({ status: 400, attempts: 1, outcome: "not-applied" });
      }),
      runs(2_000),
    );
  });

  test("by the answers to several attempts, each with a key of its own", patience, async () => {
    const { show, showTwin } = await startEcho();
    const arbitraryKeys = fc.oneof(
      { arbitrary: fc.tuple(arbitraryKey, arbitraryKey), weight: 4 },
      fc.tuple(arbitraryKey, arbitraryKey, arbitraryKey),
    );
    // Neither an answer nor the error that it ends in knows a key that comes after it.
    const knownTo = (index: number, secrets: string[], count: number) => [
      ...secrets.slice(0, index + 1),
      ...secrets.slice(count),
    ];
    const answersTo = (secrets: string[], count: number) =>
      Array.from({ length: count }, (_, index) => {
        const echoes = knownTo(index, secrets, count).map((secret) => `⟦${secret}⟧`);
        const headers = { "retry-after": "0", "x-request-id": percent(secrets[0] ?? "") };
        return { status: 503, headers, body: JSON.stringify({ message: `not ${echoes.join()}` }) };
      });
    await fc.assert(
      fc.asyncProperty(arbitraryKeys, arbitraryCredential, async (keys, credential) => {
        const count = keys.length;
        const twin = await showTwin(String(count), (others) =>
          answersTo([...keys.slice(1).map(() => "0ther-tw1n"), ...others], count),
        );
        const secrets = secretsOf({ keys, credential });
        const given = { key: "", keys, credential };
        const { error, attempts } = await show(given, ...answersTo(secrets, count));
        expect(attempts).toHaveLength(count);
        expect(attempts.at(-1)?.error).toBe(error);
        for (const [index, attempt] of attempts.entries()) {
          const known = knownTo(index, secrets, count);
          const reached = reachIn({ error: attempt.error, attempts: [attempt] });
          expect(leaksAmong(reached, known, twin)).toEqual([]);
          expect(remainsAmong(reached, known)).toEqual([]);
        }
      }),
      runs(2_000),
    );
  });
});
