import fc from "fast-check";
import { expect, test } from "vitest";
import type { PeakaApiError } from "../../src/index.js";
import { arbitraryToken, awkwardText, secretsOf } from "../tools/arbitrary-secrets.js";
import type { EchoAnswer } from "../tools/echo-server.js";
import { leaksAmong } from "../tools/leaks.js";
import { patience, runs } from "../tools/runs.js";
import { areApart, percent } from "../tools/secret-forms.js";
import { reachIn, startEcho } from "../tools/shown.js";
import { tallyOf } from "../tools/tally.js";

const said = (fields: object, headers: Record<string, string> = {}) => ({
  status: 400,
  headers,
  body: JSON.stringify(fields),
});

/** Where an answer may say the first half of a secret, and where the second. */
const places: Record<string, (first: string, second: string) => EchoAnswer> = {
  "code and message": (error, message) => said({ error, message }),
  "errorCode and message": (errorCode, message) => said({ error: "NO", errorCode, message }),
  "code and errorCode": (code, errorCode) => said({ code, errorCode }),
  "phrase and errorCode": (error, errorCode) => said({ errorCode, error }),
  "errorCode and reason": (errorCode, reason) => said({ errorCode, reason }),
  "a name and its value": (name, value) => said({ details: { [name]: value } }),
  "two of a list": (one, other) => said({ details: [one, other] }),
  "two fields": (one, other) => said({ one, other }),
  "two headers": (one, other) => said({}, { "x-one": percent(one), "x-other": percent(other) }),
  "a header and the message": (one, message) => said({ message }, { "x-request-id": percent(one) }),
};

// What is promised of halves: no text of its own that a caller gets has both of them side by side, not
// even the message, which puts together what the answer says in different fields. A half by itself is
// a part of the value, which nothing can tell from other words: it stays. So a caller who joins the
// items of a list, or reads the whole body as JSON, can have the secret as the gateway gave it away.
test("a secret whose halves come in two fields is not put together", patience, async () => {
  const { show, showTwin } = await startEcho();
  const tally = tallyOf(Object.keys(places));
  const half = fc.oneof(
    arbitraryToken,
    awkwardText.filter((text) => text !== ""),
  );
  const arbitraryCase = fc.record({
    key: arbitraryToken,
    halves: fc.tuple(half, half),
    // What the facade puts between the parts of a message.
    joint: fc.constantFrom("", " ", ": ", "; "),
    place: fc.constantFrom(...Object.keys(places)),
  });
  await fc.assert(
    fc.asyncProperty(arbitraryCase, async ({ key, halves: [first, second], joint, place }) => {
      tally.count(place);
      const token = first + joint + second;
      fc.pre(token.length >= 4);
      const given = { key, credential: { token } };
      const secrets = secretsOf(given);
      const answerTo = (one: string, other: string) => places[place]?.(one, other) ?? said({});
      const twin = await showTwin(place, () => [answerTo("one half", "other half")]);
      const answer = answerTo(first, second);
      const shown = await show(given, answer);
      const own = reachIn(shown).filter(
        ({ isShow, path }) => !isShow && !path.endsWith("toString()"),
      );
      expect(leaksAmong(own, secrets, twin)).toEqual([]);
      const body = "body" in answer ? (answer.body ?? "") : "";
      if (!areApart(secrets, body)) return;
      expect(JSON.stringify((shown.error as PeakaApiError).body)).toBe(body);
    }),
    runs(2_000),
  );
  tally.check();
});
