import { describe, expect, test } from "vitest";
import { PeakaApiError, PeakaResponseError, type Attempt } from "../../src/index.js";
import { connectionId, projectId, start } from "../tools/gateway/put.js";
import { clientOf } from "../tools/client-of.js";
import { echoForms, kept } from "../tools/echoes.js";
import { failureOf } from "../tools/failure.js";
import { clientInZone } from "../tools/in-zone.js";
import { leaksIn } from "../tools/leaks.js";
import { startRawServer } from "../tools/raw-server.js";

const head = "PUT /connections/{projectId}/{connectionId} ";
const update = (body: object) => ({ projectId, connectionId, body });
const credentialOf = (token: unknown) => update({ type: "stripe", credential: { token } });

/** The error of an update of this body, where the gateway says this. */
async function refusal(body: object, said: object, apiKey = "partner-key") {
  const gateway = await start();
  gateway.fail({ status: 400, body: JSON.stringify(said) });
  return failureOf(clientOf(gateway, { apiKey }).updateConnection(update(body)), PeakaApiError);
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
    const gateway = await start();
    const keys = ["first-key", "second-key"];
    const message = "not first-key, second-key";
    gateway.fail({ status: 503, headers: { "retry-after": "0" } });
    gateway.fail({ status: 401, body: JSON.stringify({ message }) });
    const client = clientOf(gateway, { apiKey: () => keys.shift() ?? "" });
    const error = await failureOf(client.updateConnection(credentialOf("token")), PeakaApiError);
    expect(error.body).toEqual({ message: "not [redacted], [redacted]" });
  });

  test("an API key however short, as it is written", async () => {
    const error = await refusal({ credential: {} }, { message: "k7 is not a key" }, "k7");
    expect(error.body).toEqual({ message: "[redacted] is not a key" });
  });

  test.each(["key-with-space ", " key-with-space", "key-with-space\u0020\u0020"])(
    "the API key %j as it arrives, without the spaces at its ends",
    async (apiKey) => {
      const gateway = await start();
      const client = clientOf(gateway, { apiKey });
      const error = await failureOf(client.updateConnection(credentialOf("token")), PeakaApiError);
      expect(error.status).toBe(401);
      expect(leaksIn(error, ["key-with-space"])).toEqual([]);
    },
  );
});

describe("a gateway that quotes a secret", () => {
  const awkward = `it's (a) "secret" \\ of*~!\n é€😀/+%41&=?`;

  test.each(Object.entries(echoForms))("%s gives none away", async (_, form) => {
    const error = await refusal({ credential: { awkward } }, { message: form(awkward), kept });
    expect(leaksIn(error, [awkward])).toEqual([]);
    expect(error.body).toMatchObject({ kept });
  });
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

describe("a message", () => {
  const token = "s3cr3t-value";

  test("keeps what stands around a secret, in whatever form that is", async () => {
    const awkward = 'q"\\é€/ +';
    const forms = [awkward, JSON.stringify(awkward).slice(1, -1), encodeURIComponent(awkward)];
    const message = `before ${forms.join(" between ")} after`;
    const error = await refusal({ credential: { awkward } }, { message });
    const marks = "[redacted] between [redacted] between [redacted]";
    expect(error.message.endsWith(`400: before ${marks} after`)).toBe(true);
  });

  test("shows nothing of secrets that overlap or touch, and all that stands beside them", async () => {
    const credential = { a: "abcdef", b: "defghi", c: "jklmno", d: "cdef" };
    const error = await refusal({ credential }, { message: "<abcdefghijklmno> <cdefg>" });
    const { message } = error.body as { message: string };
    expect(message.replaceAll("[redacted]", "")).toBe("<> <g>");
  });

  test("is scrubbed before it is cut short", async () => {
    const message = `${"x".repeat(495)} ${token} ${"y".repeat(10_000)}`;
    const error = await refusal({ credential: { token } }, { message });
    expect(leaksIn(error, ["s3cr"])).toEqual([]);
    expect(error.message.length).toBeLessThan(1_000);
    expect(error.message).not.toContain("y");
  });

  test("is one line, also where a line break parts a secret", async () => {
    const spaced = "correct horse battery";
    const message = "for correct\nhorse\r\nbattery\u2028\u0000end";
    const error = await refusal({ credential: { spaced } }, { message });
    expect(error.message).toMatch(/: 400: for \[redacted\] end$/);
  });

  test("holds no secret that was quoted in other capitals", async () => {
    const error = await refusal({ credential: { token } }, { message: "no S3CR3T-VALUE here" });
    expect(leaksIn(error, [token, token.toUpperCase()])).toEqual([]);
  });
});

describe("what is the facade's own stays legible", () => {
  test.each(["eu", "updateConnection", "connections", "projectId", "zone", "another zone"])(
    "where a secret is %j",
    async (word) => {
      const gateway = await start({ zone: "eu" });
      const client = clientInZone(gateway, { apiKey: word });
      const error = await failureOf(client.updateConnection(credentialOf(word)), PeakaApiError);
      expect(error).toMatchObject({ zone: "eu", operation: "updateConnection", status: 401 });
      expect(error.message.startsWith(`${head}(eu): 401 `)).toBe(true);
      expect(error.hint).toContain("another zone (us)");
      expect(error.message.endsWith(error.hint ?? "")).toBe(true);
    },
  );

  test("but file and function names in a stack are not, where a secret is one of them", async () => {
    const error = await refusal({ credential: { file: "failure.ts", run: "makeAttempts" } }, {});
    expect(error.stack?.startsWith(`PeakaApiError: ${error.message}\n`)).toBe(true);
    expect(error.stack).toContain("[redacted]");
    expect(error.stack).not.toMatch(/failure\.ts|makeAttempts/);
  });
});

describe("headers", () => {
  const token = "pässwörd-€uro";

  test.each(["utf8", "latin1"] as const)(
    "that quote a secret in %s hold none",
    async (encoding) => {
      const lines = ["HTTP/1.1 200 OK", "content-length: 2", "content-type: text/plain"];
      const echo = `x-echo: ${token}\r\nx-request-id: ${token}\r\n\r\n{}`;
      const bytes = Buffer.concat([
        Buffer.from(`${lines.join("\r\n")}\r\n`),
        Buffer.from(encoding === "latin1" ? echo.replaceAll("€", "e") : echo, encoding),
      ]);
      const attempts: Attempt[] = [];
      const client = clientOf(await startRawServer(bytes), {
        onAttempt: (attempt) => attempts.push(attempt),
      });
      const secret = encoding === "latin1" ? token.replace("€", "e") : token;
      const call = client.updateConnection(credentialOf(secret));
      const error = await failureOf(call, PeakaResponseError);
      const asRead = Buffer.from(secret, encoding).toString("latin1");
      expect(attempts[0]?.headers).toMatchObject({ "content-type": "text/plain" });
      expect(leaksIn({ error, attempts }, [secret, asRead])).toEqual([]);
    },
  );
});
