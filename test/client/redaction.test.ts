import { beforeEach, describe, expect, test } from "vitest";
import { PeakaApiError, PeakaResponseError, type Attempt } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { startEcho } from "../tools/echo.js";
import { failWith } from "../tools/fail-with.js";
import { failureOf } from "../tools/failure.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { start } from "../tools/gateway/start.js";
import { clientInZone } from "../tools/in-zone.js";
import { leaksIn } from "../tools/leaks.js";
import { startRawServer } from "../tools/raw-server.js";
import { inLines, percent } from "../tools/secret-forms.js";
import { skipBackoff } from "../tools/no-backoff.js";

// An answer that asks for no wait is followed by the backoff alone.
beforeEach(skipBackoff);

const head = "PUT /connections/{projectId}/{connectionId} ";
const { projectId } = exampleUpdate;
const update = (body: object) => ({ ...exampleUpdate, body });
const credentialOf = (token: unknown) => update({ type: "stripe", credential: { token } });
const base64 = (text: string, encoding: BufferEncoding = "utf8") =>
  Buffer.from(text, encoding).toString("base64");

const encode = (text: string, times: number): string =>
  times === 0 ? text : encode(encodeURIComponent(text), times - 1);

/** The error of an update of this body, where the gateway says this. */
async function refusal(body: object, said: object, apiKey = "partner-key") {
  const faults = [{ status: 400, body: JSON.stringify(said) }];
  return (await failWith(PeakaApiError, { apiKey, input: update(body), faults })).error;
}

describe("a secret is", () => {
  test.each<[string, object]>([
    ["in the credential", { credential: { token: "s3cr3t-value" } }],
    ["deep in it", { credential: { oauth: { clients: [[{ id: "s3cr3t-value" }]] } } }],
    ["in a Credential that was mistyped", { Credential: "s3cr3t-value" }],
    ["in a property that is called password", { dbPassword: "s3cr3t-value" }],
    ["in one that is called secret", { options: [{ CLIENT_SECRET: "s3cr3t-value" }] }],
    ["in one that is called token", { refreshTokens: ["s3cr3t-value"] }],
    ["in one that is called apiKey", { meta: { stripeApiKey: "s3cr3t-value" } }],
    ["in one that is called api_key", { api_key: "s3cr3t-value" }],
    ["a number", { credential: { pin: 20_481_632 } }],
  ])("a value %s", async (_, body) => {
    const error = await refusal(body, { message: "s3cr3t-value and 20481632", pin: 20_481_632 });
    expect(error.message).toMatch(/: 400: (?:\[redacted\] and 20481632|.* and \[redacted\])$/);
    const secret = JSON.stringify(body).includes("s3cr3t") ? "s3cr3t-value" : "20481632";
    expect(leaksIn(error, [secret])).toEqual([]);
  });

  test("the API key, and each that was used before it", async () => {
    const { show } = await startEcho();
    const key = ["first-key", "second-key"];
    const body = '{"message":"not first-key, second-key"}';
    const again = { status: 503, headers: { "retry-after": "0" } };
    const { error } = await show({ key, credential: {} }, again, { body });
    expect(error).toMatchObject({ body: { message: "not [redacted], [redacted]" }, attempts: 2 });
  });

  test.each(["k7x", "q7", "~"])(
    "the API key %j however short it is, as it is written",
    async (key) => {
      const { show } = await startEcho();
      const body = JSON.stringify({ message: `not ${key}, no`, [key]: [key] });
      const headers = { "x-request-id": `<${key}>` };
      const { error, attempts } = await show({ key, credential: {} }, { body, headers });
      expect(error).toMatchObject({
        body: { message: "not [redacted], no", "[redacted]": ["[redacted]"] },
        requestId: "<[redacted]>",
      });
      expect(attempts[0]).toMatchObject({ requestId: "<[redacted]>" });
      expect((error as Error).message).toContain(": 400: not [redacted], no");
    },
  );

  test("an API key of one letter, and no less of what it is a part of", async () => {
    const { show } = await startEcho();
    const token = "token-of-the-service";
    const encoded = Buffer.from(token).toString("hex").replace(/../g, "%$&");
    const body = JSON.stringify({ message: encoded, kept: "7 or 8" });
    const { error } = await show({ key: "7", credential: { token } }, { body });
    expect(error).toMatchObject({ body: { message: "[redacted]", kept: "[redacted] or 8" } });
  });

  test.each([" key-with-space", "key-with-space ", "key-with-space\u0020\u0020"])(
    "the API key %j as it arrives, without the spaces at its ends",
    async (apiKey) => {
      const client = clientOf(await start(), { apiKey });
      const error = await failureOf(client.updateConnection(credentialOf("token")), PeakaApiError);
      expect(error.status).toBe(401);
      expect(leaksIn(error, ["key-with-space"])).toEqual([]);
    },
  );
});

describe("no secret is", () => {
  test.each<[string, object, string]>([
    ["what has less than four characters", { credential: { token: "abc", port: 443 } }, "abc 443"],
    ["true or null", { credential: { ssl: true, user: null } }, "true null"],
    ["the name of a property", { credential: { personalToken: 1 } }, "personalToken credential"],
    ["the name and type", { name: "billing", type: "stripe", credential: {} }, "billing stripe"],
  ])("%s", async (_, body, message) => {
    expect((await refusal(body, { message })).body).toEqual({ message });
  });
});

describe("a gateway gives no secret away that quotes it", () => {
  const ofLines = "of sixty characters and more: a line of base64 is not enough";
  const pem = '-----BEGIN "KEY"-----\nMIIE\n';
  const marked = "/\ufeffs3cret/\ufeff";
  test.each<[string, string, string]>([
    ["with a mark of byte order in it, in a URL", marked, encodeURI(marked)],
    ["in the base64 of its JSON", pem, base64(JSON.stringify({ credential: { pem } }))],
    ["in base64 whose lines end in \\n", ofLines, inLines(base64(ofLines)).replace("\r\n", "\n")],
    ["in base64 whose lines end in \\r\\n", ofLines, inLines(base64(ofLines))],
    ["in Basic auth in Latin-1", "pässwörd", `Basic ${base64("user:pässwörd", "latin1")}`],
    ["without the line break at its end", "s3cret-of-a-file\n", "<s3cret-of-a-file>"],
    ["without the spaces at its ends", " s3cret of a form  ", `<${percent("s3cret of a form")}>`],
    ["percent-encoded in part", "abcd é fgh", "abcd%20é%20fgh"],
    ["percent-encoded twice", "abcd é fgh", "abcd%2520%25C3%25A9%2520fgh"],
    ["JSON-escaped in ASCII, twice", "abcd é fgh", "abcd \\\\u00e9 fgh"],
    ["percent-encoded four times", "abcd é fgh", encode("abcd é fgh", 4)],
    ["in other capitals", "s3cr3t-value", "no S3CR3T-VALUE here"],
  ])("%s", async (_, secret, message) => {
    // A part of it is a secret too: no other part may stay for that.
    const credential = { secrets: [secret.slice(0, 4), secret] };
    const error = await refusal({ credential }, { message }, "7");
    const whole = secret.trim();
    expect(leaksIn(error, [secret, whole])).toEqual([]);
    expect(JSON.stringify(error.body)).not.toContain(whole.slice(-4));
  });

  test("within a number, and leaves what is no text as it is", async () => {
    const said = { ids: [120_481_632, 0, 7.5], yes: true, no: false, none: null };
    const error = await refusal({ credential: { pin: 20_481_632, blank: "    " } }, said);
    expect(error.body).toEqual({ ...said, ids: ["[redacted]", 0, 7.5] });
  });

  test("in a Retry-After, which then says nothing", async () => {
    const { show } = await startEcho();
    const answer = { status: 429, headers: { "retry-after": "20481632" } };
    const shown = await show({ key: "some-key", credential: { pin: 20_481_632 } }, answer);
    expect(shown.error).toMatchObject({ status: 429, retryAfterMs: undefined });
    expect(leaksIn(shown, ["20481632"])).toEqual([]);
  });

  test("in what is no HTTP", async () => {
    const answer = "HTTP/1.1 400 No\r\nx\0y: 1\r\npartner-key and s3cr3t-value";
    const client = clientOf(await startRawServer(answer), { maxRetries: 0 });
    const error: unknown = await client
      .updateConnection(credentialOf("s3cr3t-value"))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "PeakaNetworkError", outcome: "unknown" });
    expect(leaksIn(error, ["partner-key", "s3cr3t-value"])).toEqual([]);
  });

  test.each(["utf8", "latin1"] as const)("in headers in %s", async (encoding) => {
    const secret = encoding === "latin1" ? "pässwörd-uro" : "pässwörd-€uro";
    const lines = ["HTTP/1.1 200 OK", "content-length: 2", "content-type: text/plain"];
    const answer = [...lines, `x-echo: ${secret}`, `x-request-id: ${secret}`, "", "{}"];
    const attempts: Attempt[] = [];
    const onAttempt = (attempt: Attempt) => attempts.push(attempt);
    const server = await startRawServer(Buffer.from(answer.join("\r\n"), encoding));
    const call = clientOf(server, { onAttempt }).updateConnection(credentialOf(secret));
    const error = await failureOf(call, PeakaResponseError);
    const asRead = Buffer.from(secret, encoding).toString("latin1");
    expect(attempts[0]?.headers).toMatchObject({ "content-type": "text/plain" });
    expect(leaksIn({ error, attempts }, [secret, asRead])).toEqual([]);
  });
});

describe("a message", () => {
  test("shows nothing of secrets that overlap or touch, and all that stands beside them", async () => {
    const credential = { a: "abcdef", b: "defghi", c: "jklmno", d: "cdef" };
    const error = await refusal({ credential }, { message: "<abcdefghijklmno> <cdefg>" });
    expect(error.body).toEqual({ message: "<[redacted]> <[redacted]g>" });
  });

  test("is scrubbed before it is cut short", async () => {
    const message = `${"x".repeat(495)} s3cr3t-value ${"y".repeat(10_000)}`;
    const error = await refusal({ credential: { token: "s3cr3t-value" } }, { message });
    expect(leaksIn(error, ["s3cr"])).toEqual([]);
    expect(error.message.length).toBeLessThan(1_000);
    expect(error.message).not.toContain("y");
  });

  test("quotes a media type that is scrubbed before it is cut short", async () => {
    const { show } = await startEcho();
    const token = "s3cr3t-value".repeat(25);
    // One mark takes the place of all, so the cut would be within the last and show its start.
    const given = { status: 200, headers: { "content-type": `a/${token.repeat(7)}` } };
    const { error } = await show({ key: "another-key", credential: { token } }, given);
    expect((error as Error).message).toContain(": 200 with a/[redacted], not JSON");
    expect(leaksIn(error, ["s3cr3t"])).toEqual([]);
  });

  test("is one line, also where a line break parts a secret", async () => {
    const spaced = "correct horse battery";
    const message = "for correct\nhorse\r\nbattery\u2028\u0000end";
    const error = await refusal({ credential: { spaced } }, { message });
    expect(error.message).toMatch(/: 400: for \[redacted\] end$/);
  });

  test.each(["acted", "[red", "redacted", "d]"])(
    "has whole marks, where %j is secret",
    async (key) => {
      const token = "s3cret-value";
      const error = await refusal({ credential: { token } }, { message: `not ${token}, no` }, key);
      expect(error.message).toMatch(/: 400: not \[redacted\], no$/);
    },
  );
});

describe("what is the facade's own stays legible", () => {
  test.each([
    ...["eu", "u", "updateConnection", "connections", "projectId", "zone", "another zone", "PUT /"],
    ...["not-applied", "PeakaApiError", "the call went to", "may belong", "; ", " (eu): "],
  ])("where a secret is %j", async (word) => {
    const gateway = await start({ zone: "eu" });
    const client = clientInZone(gateway, { apiKey: word });
    const error = await failureOf(client.updateConnection(credentialOf(word)), PeakaApiError);
    expect(error).toMatchObject({ name: "PeakaApiError", zone: "eu", status: 401 });
    expect(error).toMatchObject({ operation: "updateConnection", outcome: "not-applied" });
    expect(error.stack?.startsWith(`PeakaApiError: ${error.message}\n`)).toBe(true);
    expect(error.message.startsWith(`${head}(eu): 401 `)).toBe(true);
    expect(error.hint).toContain("another zone (us)");
    expect(error.message.endsWith(error.hint ?? "")).toBe(true);
  });

  test("but file names in a stack are not, where a secret is one of them", async () => {
    const error = await refusal({ credential: { folder: "/src/" } }, {});
    expect(error.stack?.startsWith(`PeakaApiError: ${error.message}\n`)).toBe(true);
    expect(error.stack).toContain("[redacted]");
    expect(error.stack).not.toContain("/src/");
  });
});

describe("for a PostgreSQL connection", () => {
  const credential = { url: "db.example", user: "postgres", password: "s3cr3t-word", port: 5432 };

  test("what is also, whole, a path parameter or a named property stays legible", async () => {
    const body = { name: "orders", type: "postgres", credential: { ...credential, db: "orders" } };
    const message = `no role postgres for orders of ${projectId}, but for s3cr3t-word`;
    const error = await refusal(
      { ...body, credential: { ...body.credential, at: projectId } },
      { message },
    );
    const legible = `no role postgres for orders of ${projectId}, but for [redacted]`;
    expect(error.body).toEqual({ message: legible });
  });

  test("but for a password, and for the API key", async () => {
    const body = { name: "s3cr3t-word", type: "partner-key", credential };
    const error = await refusal(body, { message: "s3cr3t-word of partner-key" });
    expect(error.body).toEqual({ message: "[redacted] of [redacted]" });
    const nested = { name: "postgres", credential: { password: { text: "postgres" } } };
    const said = { message: "postgres", other: "postgresql" };
    expect((await refusal(nested, said)).body).toEqual({
      message: "[redacted]",
      other: "[redacted]ql",
    });
  });

  const login = { user: "peaka", password: "s3cr3t-word" };
  const userinfo = "peaka:s3cr3t-word@";
  test.each([
    [{ ...login, url: "db.example", port: 5432 }, "db.example:5432", "db.example:5432"],
    [{ ...login, host: "db.example:5432" }, "no db.example:5432", "no db.example:5432"],
    [{ ...login, host: "[::1]:5432" }, "no [::1]:5432", "no [::1]:5432"],
    [{ ...login, databaseName: "orders" }, "no orders for peaka", "no orders for [redacted]"],
    // Of a URL the host and the port alone, and no other property at all.
    [
      { url: `jdbc:postgresql://${userinfo}db.example:5432/orders?a=b` },
      `no jdbc:postgresql://${userinfo}db.example:5432/orders?a=b, db.example s3cr3t-word`,
      "no jdbc:postgresql://[redacted]@db.example:5432[redacted], db.example [redacted]",
    ],
    [{ url: "https://u:1234/ss@db.example" }, "https://u:1234/ss@db.example", "[redacted]"],
    [{ host: "no host" }, "at no host", "at [redacted]"],
    [{ host: "db.example/path" }, "db.example/path", "[redacted]"],
    [{ server: "db.example" }, "db.example", "[redacted]"],
    [{ inner: { host: "db.example" } }, "db.example", "[redacted]"],
    [{ host: "db.example", password: "db.example" }, "db.example", "[redacted]"],
    [
      { url: "https://db.example", accessKey: "https://db.example" },
      "https://db.example",
      "[redacted]",
    ],
  ])("the address in a public property of %j stays legible", async (given, message, said) => {
    const error = await refusal({ name: "n", type: "t", credential: given }, { message });
    expect(error.body).toEqual({ message: said });
  });

  test("and what no property of the spec holds is a secret still", async () => {
    const error = await refusal({ unknown: "postgres", credential }, { message: "postgres" });
    expect(error.body).toEqual({ message: "[redacted]" });
  });
});

const inUnits = (text: string) =>
  text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

test.each<[string, string, string]>([
  [
    "form-encoded inside of Basic",
    "p&ss wörd+1",
    base64(new URLSearchParams({ a: "p&ss wörd+1" }).toString()),
  ],
  ["percent-encoded inside of Basic", 'p"ss w/rd', base64(`user:${percent('p"ss w/rd')}`)],
  ["base64 inside of base64", "s3cr3t-wôrd", base64(base64("s3cr3t-wôrd"))],
  [
    "base64 with an indent",
    "s3cr3t-word-of-many",
    base64("s3cr3t-word-of-many").replace(/.{5}/g, "$&\r\n\t "),
  ],
  [
    "base64 of 20 columns",
    "s3cr3t-word-of-many-more",
    base64("s3cr3t-word-of-many-more").replace(/.{20}/g, "$&\n"),
  ],
  ["capitals beyond ASCII", "straße-élan-пароль", "STRASSE-ÉLAN-ПАРОЛЬ"],
  ["percent-encoded Latin-1", "pässwörd", "p%E4ssw%F6rd"],
  [
    "what looks like an escape, and half of a pair, in UTF-8 that was read byte by byte",
    "\\npass\udfffword",
    Buffer.from("\\npass\udfffword").toString("latin1"),
  ],
  ["UTF-8 that was read byte by byte", "pässwörd", Buffer.from("pässwörd").toString("latin1")],
  ["escaped for ASCII", "пароль-1", inUnits("пароль-1")],
  ["a form, JSON-escaped whole", "a+b c d", inUnits("x=a%2Bb+c+d")],
  [
    "a form that holds JSON",
    'a"b c+d',
    new URLSearchParams({ q: JSON.stringify({ p: 'a"b c+d' }) }).toString(),
  ],
  ["JSON three times", 'a"b\\c', JSON.stringify(JSON.stringify(JSON.stringify('a"b\\c')))],
])("%s: the secret is hidden", async (_, token, quoted) => {
  for (const message of [quoted, `Authorization: Basic ${quoted}, no`]) {
    const error = await refusal({ credential: { token } }, { message });
    expect((error.body as { message: string }).message).toContain("[redacted]");
    expect(JSON.stringify(error)).not.toContain(quoted.slice(0, 12));
  }
});

test("a number that parsing shortens is hidden, too", async () => {
  const faults = [{ status: 400, body: '{"pin":12345678901234567890,"other":1.5}' }];
  const input = update({ credential: { pin: "12345678901234567890" } });
  const { error } = await failWith(PeakaApiError, { input, faults });
  expect(error.body).toEqual({ pin: "[redacted]", other: 1.5 });
});

test("the key of an earlier call is hidden, although it was rotated many calls since", async () => {
  const { show } = await startEcho();
  await show({ key: "first-key", credential: {} }, { status: 400 });
  for (let calls = 0; calls < 20; calls++)
    await show({ key: "second-key", credential: {} }, { status: 400 });
  const body = JSON.stringify({ message: "first-key is revoked, use second-key" });
  const { error } = await show({ key: "second-key", credential: {} }, { body });
  expect(error).toMatchObject({ body: { message: "[redacted] is revoked, use [redacted]" } });
});
