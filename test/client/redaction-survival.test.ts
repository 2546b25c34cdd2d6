import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PeakaApiError } from "../../src/index.js";
import { apiWords } from "../tools/api-words.js";
import { arbitraryToken, awkwardText, secretsOf } from "../tools/arbitrary-secrets.js";
import { arbitraryQuote, echoOf } from "../tools/echoes.js";
import { patience, runs } from "../tools/runs.js";
import { areApart } from "../tools/secret-forms.js";
import { startEcho } from "../tools/shown.js";

const mark = "[redacted]";
const credentialOf = (token: unknown) => ({ credential: { token } });

/** What an answer may hold beside a secret: hostile to whoever undoes escapes in it, or looks for ends. */
const anyJson = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    awkwardText,
    fc.string({ unit: "binary" }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(true, false, null),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(awkwardText, tie("json"), { maxKeys: 4 }),
  ),
})).json;

describe("what is not secret survives", () => {
  test("to the last character in all fields beside those that quote one", patience, async () => {
    const { show } = await startEcho();
    await fc.assert(
      fc.asyncProperty(arbitraryToken, arbitraryToken, anyJson, async (key, token, json) => {
        const data = JSON.stringify(json);
        fc.pre(areApart([key, token], data));
        const body = `{"message":"not ${token}","data":${data},"key":"${key}"}`;
        const { error } = await show({ key, ...credentialOf(token) }, { status: 400, body });
        const shown = (error as PeakaApiError).body as { data: unknown };
        expect(shown).toMatchObject({ message: `not ${mark}`, key: mark });
        expect(JSON.stringify(shown.data)).toBe(JSON.stringify(JSON.parse(data)));
      }),
      runs(2_000),
    );
  });

  test("in the same text, before and after a secret in any form", patience, async () => {
    const { show } = await startEcho();
    const arbitraryCase = fc.record({
      token: arbitraryToken,
      before: awkwardText,
      after: awkwardText,
    });
    await fc.assert(
      fc.asyncProperty(arbitraryCase, arbitraryQuote, async ({ token, before, after }, quote) => {
        fc.pre(areApart([token], before + after));
        const message = `${before}⟦${echoOf(token, quote)}⟧${after}`;
        const answer = { status: 400, body: JSON.stringify({ message }) };
        const { error } = await show({ key: "another-key", ...credentialOf(token) }, answer);
        const { message: shown } = (error as PeakaApiError).body as { message: string };
        expect(shown.slice(0, before.length + 1)).toBe(`${before}⟦`);
        expect(shown.slice(-after.length - 1)).toBe(`⟧${after}`);
        expect(shown).toContain(mark);
      }),
      runs(2_000),
    );
  });

  test("in the facade's own words, whatever part of them is secret", patience, async () => {
    const { show, origin } = await startEcho();
    const head = `PUT /connections/{projectId}/{connectionId} (${origin}): `;
    const reason = (status: number) => `${status} GATEWAY_SAYS cn123: as it is`;
    const tails = new Map([
      [400, ""],
      [401, `; the call went to ${origin}: the key or the project may belong elsewhere`],
      [503, "; the change may have been applied"],
    ]);
    const texts = [...apiWords, head, ...tails.values(), reason(400), "PeakaApiError: PUT"];
    const word = fc
      .tuple(fc.constantFrom(...texts.filter(Boolean)), fc.nat(), fc.nat())
      .map(([text, from, length]) => text.slice(from % text.length).slice(0, 1 + (length % 30)))
      .filter((part) => part.trim() !== "");
    const arbitraryStatus = fc.constantFrom(...tails.keys());
    const body = '{"error":"GATEWAY_SAYS","errorCode":"cn123","message":"as it is"}';
    await fc.assert(
      fc.asyncProperty(word, word, arbitraryStatus, async (key, token, status) => {
        const { error, attempts } = await show({ key, ...credentialOf(token) }, { status, body });
        const { name, message, stack, ...fields } = error as PeakaApiError;
        const outcome = status === 503 ? "unknown" : "not-applied";
        const own = { operation: "updateConnection", zone: undefined, status, outcome };
        expect({ name, ...fields }).toMatchObject({ name: "PeakaApiError", ...own, attempts: 1 });
        expect(attempts).toMatchObject([{ ...own, attempt: 1 }]);
        expect(stack?.startsWith(`${name}: ${message}\n`)).toBe(true);
        const tail = tails.get(status) ?? "";
        expect(message.startsWith(head) && message.endsWith(tail)).toBe(true);
        // The status and what the answer says are scrubbed as one, and so are the answer's names.
        const secrets = secretsOf({ key, ...credentialOf(token) });
        if (!areApart(secrets, reason(status) + body)) return;
        expect(message).toBe(head + reason(status) + tail);
      }),
      runs(2_000),
    );
  });
});
