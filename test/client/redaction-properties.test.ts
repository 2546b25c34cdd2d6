import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { PeakaApiError } from "../../src/index.js";
import { anyCharacters } from "../tools/any-characters.js";
import { arbitraryKey, arbitrarySecrets, arbitraryText } from "../tools/arbitrary-secrets.js";
import { arbitraryToken, awkwardText, partsOf, secretsOf } from "../tools/arbitrary-secrets.js";
import { startEcho, type Shown } from "../tools/echo.js";
import type { Answer } from "../tools/gateway/answers.js";
import { leaksIn } from "../tools/leaks.js";
import { runs } from "../tools/runs.js";
import { echoForms, escapes, percent } from "../tools/secret-forms.js";
import { skipBackoff } from "../tools/no-backoff.js";

// An answer that asks for no wait is followed by the backoff alone.
beforeEach(skipBackoff);

const kept = { text: "what is kept", number: 31337, yes: true, no: null, list: ["kept", 7] };

const refusal = (status: number, fields: object, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { "content-type": "application/json", "x-kept": kept.text, ...headers },
  body: JSON.stringify({ error: "INVALID_CREDENTIALS", errorCode: "cn012", kept, ...fields }),
});
const redirect = (location: string) => refusal(307, {}, { location });

/** The places of an answer where a gateway may quote a secret: in its JSON. */
const inBody: Record<string, (echo: string) => Answer> = {
  "in the message": (echo) => refusal(400, { message: `login failed with ${echo} just now` }),
  "as the code": (echo) => refusal(401, { error: echo, code: echo, errorCode: echo }),
  "as the phrase": (echo) => refusal(503, { error: `Bad Request: ${echo}` }),
  "as the reason": (echo) => refusal(403, { reason: echo }),
  "as the name of a property": (echo) => refusal(422, { details: { [echo]: { [echo]: [] } } }),
  "deep in the body": (echo) => refusal(500, { details: [{ at: [[echo], { value: echo }] }] }),
};

/** And outside of it, where no line breaks can be. */
const inHead: Record<string, (echo: string) => Answer> = {
  "in a header": (echo) => refusal(400, {}, { "x-echo": echo, "set-cookie": echo, server: echo }),
  "as the request id": (echo) => refusal(400, {}, { "x-request-id": echo }),
  "as the time to wait": (echo) => refusal(429, {}, { "retry-after": echo }),
  "in the headers of a success": (echo) => refusal(200, {}, { "x-request-id": echo }),
  "in the media type of a success": (echo) => refusal(200, {}, { "content-type": `a/${echo}` }),
  "in the host of a redirect": (echo) => redirect(`https://${echo}.other.example/`),
  "in the path of a redirect": (echo) => redirect(`https://other.example/a/${echo}/b`),
  "in the query of a redirect": (echo) => redirect(`https://other.example/?a=${echo}&b#${echo}`),
  "as the user of a redirect": (echo) => redirect(`https://${echo}:${echo}@other.example/`),
  "in a redirect that is no URL": (echo) => redirect(`http://[${echo}`),
  "in a page": (echo) => ({ status: 502, headers: {}, body: `<p>${echo}</p>` }),
};

/** What has line breaks is percent-encoded by any gateway that puts it in a header. */
const fitForHeader = (echo: string) =>
  /[^\P{Cc}\t\x80-\x9f]/u.test(echo) ? percent(echo) : Buffer.from(echo).toString();

/** Fails where a secret shows or a part of one, and where what is no secret has gone. */
function expectNoLeak({ error, attempts }: Shown, secrets: string[]): void {
  expect(leaksIn({ error, attempts }, secrets.flatMap(partsOf))).toEqual([]);
  const { body } = Object(error) as { body?: { kept?: unknown } };
  if (body) expect(body.kept).toEqual(kept);
  const { headers = {} } = attempts.at(-1) ?? {};
  if ("x-kept" in headers) expect(headers["x-kept"]).toBe(kept.text);
}

describe("whatever the key and the credential are, none is given away", () => {
  test.each(Object.entries(echoForms))("by an answer that quotes them: %s", async (_, form) => {
    const { show } = await startEcho();
    const property = fc.asyncProperty(
      arbitrarySecrets,
      fc.option(fc.constantFrom(...Object.values(escapes)), { freq: 2 }),
      async (given, escape) => {
        const secrets = secretsOf(given);
        const echoes = secrets.map(form).map(escape ?? String);
        for (const place of Object.values(inBody)) {
          expectNoLeak(await show(given, place(echoes.join(" | "))), secrets);
        }
        for (const place of Object.values(inHead)) {
          expectNoLeak(await show(given, place(echoes.map(fitForHeader).join(""))), secrets);
        }
      },
    );
    await fc.assert(property, runs(2));
  });

  test("by the answers to several attempts, each with a key of its own", async () => {
    const { show } = await startEcho();
    const arbitraryKeys = fc.tuple(arbitraryKey, arbitraryKey, arbitraryKey);
    const property = fc.asyncProperty(arbitraryKeys, arbitraryText, async (key, token) => {
      const credential = { token };
      // Neither an answer nor the error that it ends in knows a key that comes after it.
      const known = key.map((_, index) => [...key.slice(0, index + 1), token]);
      const answers = known.map((secrets) => {
        const headers = { "retry-after": "0", "x-request-id": percent(secrets[0] ?? "") };
        return refusal(503, { message: `not ${secrets.join()}` }, headers);
      });
      const { error, attempts } = await show({ key, credential }, ...answers);
      expect(attempts).toHaveLength(3);
      expect(attempts[2]?.error).toBe(error);
      for (const [index, attempt] of attempts.entries()) {
        const secrets = (known[index] ?? []).map((secret) => secret.trim());
        expectNoLeak({ error: attempt.error, attempts: [attempt] }, secrets);
      }
    });
    await fc.assert(property, runs(30));
  });
});

// What is promised of halves: no text of its own that a caller gets has both of them side by side, not
// even the message, which puts together what the answer says in different fields. A half by itself is
// a part of the value, which nothing can tell from other words: it stays.
describe("a secret whose halves come in two fields is not put together:", () => {
  const places: Record<string, (first: string, second: string) => Answer> = {
    "code and message": (error, message) => refusal(400, { error, message }),
    "errorCode and message": (errorCode, message) => refusal(400, { errorCode, message }),
    "code and errorCode": (code, errorCode) => refusal(400, { error: "", code, errorCode }),
    "phrase and errorCode": (error, errorCode) => refusal(400, { error, errorCode }),
    "a name and its value": (name, value) => refusal(400, { details: { [name]: value } }),
    "a header and the message": (one, message) =>
      refusal(400, { message }, { "x-request-id": one }),
  };
  test.each(Object.entries(places))("%s", async (_, place) => {
    const { show } = await startEcho();
    const property = fc.asyncProperty(arbitraryToken, arbitraryToken, async (first, second) => {
      // What the facade puts between the parts of a message.
      for (const joint of ["", " ", ": ", "; "]) {
        const token = first.toUpperCase() + joint + second;
        const credential = { token };
        const shown = await show(
          { key: "another-key", credential },
          place(first.toUpperCase(), second),
        );
        expect(leaksIn(shown, [token])).toEqual([]);
        expect((shown.error as PeakaApiError).body).toMatchObject({ kept });
      }
    });
    await fc.assert(property, runs(3));
  });
});

describe("what is not secret survives", () => {
  /** Hostile to whoever undoes escapes in it, or looks for ends. */
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 3 },
      awkwardText,
      anyCharacters,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(true, false, null),
      fc.array(tie("json"), { maxLength: 4 }),
      fc.dictionary(awkwardText, tie("json"), { maxKeys: 4 }),
    ),
  }));

  test("to the last character in all fields beside those that quote one", async () => {
    const { show } = await startEcho();
    const property = fc.asyncProperty(arbitraryText, json, async (token, given) => {
      const data = JSON.stringify(given);
      const body = `{"message":${JSON.stringify(`not ${token}`)},"data":${data}}`;
      const { error } = await show({ key: "another-key", credential: { token } }, { body });
      const shown = (error as PeakaApiError).body as { data: unknown };
      expect(shown).toMatchObject({ message: "not [redacted]" });
      expect(JSON.stringify(shown.data)).toBe(JSON.stringify(JSON.parse(data)));
    });
    await fc.assert(property, runs(150));
  });

  const forms = ["plain", "JSON-escaped", "percent-encoded", "in base64"];
  test.each(forms)("in the same text, before and after a secret: %s", async (form) => {
    const { show } = await startEcho();
    const text = fc.string({
      unit: fc.constantFrom(...Array.from("az09 .:()'é€😀\n")),
      maxLength: 20,
    });
    const property = fc.asyncProperty(arbitraryText, text, text, async (token, before, after) => {
      const message = `${before}⟦${echoForms[form]?.(token) ?? ""}⟧${after}`;
      const body = JSON.stringify({ message });
      const { error } = await show({ key: "another-key", credential: { token } }, { body });
      const { message: shown } = (error as PeakaApiError).body as { message: string };
      expect(shown.slice(0, before.length + 1)).toBe(`${before}⟦`);
      expect(shown.slice(-after.length - 1)).toBe(`⟧${after}`);
      expect(shown).toContain("[redacted]");
    });
    await fc.assert(property, runs(50));
  });
});
