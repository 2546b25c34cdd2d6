import { describe, expect, onTestFinished, test, vi } from "vitest";
import { PeakaApiError, type Attempt, type Fetch } from "../../src/index.js";
import type { PeakaClientOptions } from "../../src/index.js";
import { createRedactor } from "../../src/redact.js";
import { start } from "../tools/gateway/start.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { failureOf } from "../tools/failure.js";

describe("secrets are looked for only when something failed", () => {
  /** How often the body that is sent is read again, for the secrets in it, within a call. */
  async function readingsIn(status: number, given: PeakaClientOptions = {}) {
    const parse = vi.spyOn(JSON, "parse");
    onTestFinished(() => parse.mockRestore());
    const bodies: unknown[] = [];
    const fetch: Fetch = (_, { body }) => {
      bodies.push(body);
      return Promise.resolve(
        Response.json({ id: "a" }, { status, headers: { "x-request-id": "b" } }),
      );
    };
    const call = clientOf({ baseUrl: "https://gateway.example/api/v1" }, { fetch, ...given });
    await call.updateConnection(exampleUpdate).catch(() => undefined);
    expect(bodies).toHaveLength(1);
    return () => parse.mock.calls.filter(([text]) => bodies.includes(text)).length;
  }

  test("not for a success", async () => {
    expect((await readingsIn(200))()).toBe(0);
  });

  test("not for an observer who looks at no text of the answer", async () => {
    const attempts: Attempt[] = [];
    const onAttempt = (attempt: Attempt) => attempts.push(attempt);
    const readings = await readingsIn(200, { onAttempt });
    expect(attempts).toMatchObject([{ attempt: 1, outcome: "applied", status: 200 }]);
    expect(readings()).toBe(0);
    expect(attempts[0]?.requestId).toBe("b");
    expect(readings()).toBe(1);
  });

  test("for a failure", async () => {
    expect((await readingsIn(400))()).toBe(1);
  });

  test("and not over an answer too long to look through: then its status has to do", async () => {
    const gateway = await start();
    const escapes = "%2525".repeat(1 << 18);
    gateway.fail({ status: 400, body: JSON.stringify({ error: "TOO_LONG", message: escapes }) });
    const error = await failureOf(clientOf(gateway).updateConnection(exampleUpdate), PeakaApiError);
    expect(error).toMatchObject({ status: 400, code: undefined, body: undefined });
    expect(error.message).toMatch(/: 400$/);
  });
});

describe("the work for one error grows with the answer, and ends", () => {
  const secrets = ["partner-key", "https://db.example:5432", "postgres", 's3cr3t "w/rd"', "5432"];
  const texts = [
    ...["lorem ipsum ", "\\u0041\\n", "%41%zz%25", "a+b%2B", "Ã¤Ã¶", "%2525", "postgres"],
    ...["QUJDREVGR0hJSktMTU5P ", "QUJDREVGR0hJSktMTU5P\n  ", "\\u0025\\u0034%5c%75+QUJDREVG\n "],
  ];

  /** How many characters are looked at for a text of this length. */
  function workOf(text: string, length: number): number {
    const given = text.repeat(length / text.length);
    let work = 0;
    const count = (name: "matchAll" | "search" | "replace") => {
      const spied = vi.spyOn(String.prototype, name);
      return () => {
        for (const searched of spied.mock.contexts) work += String(searched).length;
        spied.mockRestore();
      };
    };
    const done = (["matchAll", "search", "replace"] as const).map((name) => count(name));
    createRedactor(secrets).json(JSON.stringify({ message: given }));
    for (const end of done) end();
    return work;
  }

  test.each(texts)("of %j", (text) => {
    const small = workOf(text, 16_384);
    const large = workOf(text, 65_536);
    expect(large).toBeLessThan(small * 5);
    expect(large).toBeLessThan(65_536 * 100);
  });

  test("of lines that are no base64, however many", () => {
    const message = `a${"\n".repeat(1 << 18)}!`;
    expect(createRedactor(["partner-key"]).json(JSON.stringify({ message }))).toEqual({ message });
  });

  test("past the end, the status alone is told", async () => {
    const gateway = await start();
    const message = "a+b%2B\\u0041".repeat(4_000);
    gateway.fail({ status: 400, body: JSON.stringify({ error: "TOO_MUCH", message }) });
    const values = Array.from({ length: 300 }, (_, index) => [
      `v${index}`,
      `secret value ${index}`,
    ]);
    const body = { ...exampleUpdate.body, credential: Object.fromEntries(values) as object };
    const call = clientOf(gateway).updateConnection({ ...exampleUpdate, body: body as never });
    const error = await failureOf(call, PeakaApiError);
    expect(error).toMatchObject({ status: 400, code: undefined, body: undefined });
    expect(error.message).toMatch(/: 400$/);
  });

  test("past the end, nothing of the text is shown", () => {
    const { json, text } = createRedactor(secrets);
    const long = Array.from({ length: 64 }, () => "\\u0025".repeat(10_000));
    expect(json(JSON.stringify(long))).toBeUndefined();
    expect(text("anything")).toBe("[redacted]");
  });
});
