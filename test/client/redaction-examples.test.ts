import { describe, expect, test } from "vitest";
import type { PeakaApiError } from "../../src/index.js";
import type { EchoAnswer } from "../tools/echo-server.js";
import { leaksAmong, remainsAmong } from "../tools/leaks.js";
import { inLines, percent } from "../tools/secret-forms.js";
import { reachIn, startEcho } from "../tools/shown.js";

const base64 = (text: string, encoding: BufferEncoding = "utf8") =>
  Buffer.from(text, encoding).toString("base64");
const said = (message: string): EchoAnswer => ({ status: 400, body: JSON.stringify({ message }) });

/** What can be reached of the secrets after this answer, and what is left of them in brackets. */
async function leaksOf(secrets: string[], answer: EchoAnswer, key = "key-of-the-examples") {
  const { show } = await startEcho();
  const shown = await show({ key, credential: { secrets } }, answer);
  const reached = reachIn(shown);
  const echoes =
    "body" in answer ? [(JSON.parse(answer.body ?? "") as { message: string }).message] : [];
  const leaks = leaksAmong(reached, secrets, undefined, echoes);
  return [...leaks, ...remainsAmong(reached, secrets)];
}

describe("no part of a secret stays, where a part of it is a secret", () => {
  const parts = ["abcd", "abcd é fgh"];

  test.each([
    ["JSON-escaped in ASCII", "⟦abcd \\u00e9 fgh⟧"],
    ["JSON-escaped twice", "⟦abcd \\\\u00e9 fgh⟧"],
    ["percent-encoded in part", "⟦abcd%20é%20fgh⟧"],
    ["percent-encoded twice", "⟦abcd%2520%25C3%25A9%2520fgh⟧"],
  ])("and the whole is quoted %s", async (_, message) => {
    expect(await leaksOf(parts, said(message))).toEqual([]);
  });

  test("and the part is a key of one character", async () => {
    const message = `⟦${Buffer.from("s3cret token").toString("hex").replace(/../g, "%$&")}⟧`;
    expect(await leaksOf(["s3cret token"], said(message), "7")).toEqual([]);
  });
});

describe("a secret is found", () => {
  test("with a mark of byte order in it, in a URL", async () => {
    const secret = "/\ufeffs3cret/\ufeff";
    expect(await leaksOf([secret], said(`⟦${encodeURI(secret)}⟧`))).toEqual([]);
  });

  test("in the base64 of the JSON that it was sent in", async () => {
    const secret = '-----BEGIN "KEY"-----\nMIIE\n';
    const message = base64(JSON.stringify({ credential: { secret } }));
    expect(await leaksOf([secret], said(message))).toEqual([]);
  });

  test.each(["\n", "\r\n", "\\n"])("in base64 whose lines end in %j", async (end) => {
    const secret = "of sixty characters and more: a line of base64 is not enough";
    const message = inLines(base64(secret)).replace("\r\n", end);
    expect(message).not.toBe(base64(secret));
    expect(await leaksOf([secret], said(message))).toEqual([]);
  });

  test("in Basic auth, whose password is in Latin-1", async () => {
    const message = `Basic ${base64("user:pässwörd", "latin1")}`;
    expect(await leaksOf(["pässwörd"], said(message))).toEqual([]);
  });

  test.each(["s3cret-of-a-file\n", " s3cret of a form  ", "\r\ns3cret\t"])(
    "without the spaces and line breaks at the ends of %j",
    async (secret) => {
      const trimmed = secret.trim();
      expect(await leaksOf([secret], said(`⟦${trimmed}⟧ ⟦${percent(trimmed)}⟧`))).toEqual([]);
    },
  );

  test("in a header that holds its JSON in UTF-8", async () => {
    const secret = 'é"\ud800 and more';
    const header = `<[${JSON.stringify(secret).slice(1, -1)}]>`;
    const answer = { status: 400, headers: { "x-echo": header } };
    expect(await leaksOf([secret], answer)).toEqual([]);
  });

  test("in the host of a redirect, with a tab that a URL drops", async () => {
    const { show } = await startEcho();
    const answer = { status: 307, headers: { location: "https://s3cr\t3t-value.example/" } };
    const given = { key: "key", credential: { token: "s3cr\t3t-value" } };
    const { error } = await show(given, answer);
    expect((error as PeakaApiError).message).not.toContain("s3cr3t-value");
  });

  test("in a Retry-After, which then says nothing", async () => {
    const { show } = await startEcho();
    const answer = { status: 429, headers: { "retry-after": "20481632" } };
    const shown = await show({ key: "key", credential: { pin: 20_481_632 } }, answer);
    expect(shown.error).toMatchObject({ status: 429, retryAfterMs: undefined });
    expect(leaksAmong(reachIn(shown), ["20481632"])).toEqual([]);
  });
});

describe("a mark", () => {
  test.each(["acted", "[red", "redacted", "d]"])(
    "stays whole, where %j is secret",
    async (secret) => {
      const { show } = await startEcho();
      const token = "s3cret-value";
      const shown = await show({ key: secret, credential: { token } }, said(`not ${token}, no`));
      expect((shown.error as PeakaApiError).message).toMatch(/: 400: not \[redacted\], no$/);
    },
  );
});
