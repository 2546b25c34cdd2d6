import { beforeEach, describe, expect, test, vi } from "vitest";
import { PeakaApiError, type Attempt } from "../../src/index.js";
import * as redact from "../../src/redact.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { failureOf } from "../tools/failure.js";

vi.mock("../../src/redact.js", { spy: true });

describe("the redactor is built only when something failed", () => {
  beforeEach(() => {
    vi.mocked(redact.createRedactor).mockClear();
  });

  test("not for a success", async () => {
    await clientOf(await start()).updateConnection(exampleUpdate);
    expect(redact.createRedactor).not.toHaveBeenCalled();
  });

  test("not for an observer who looks at no text of the answer", async () => {
    const told: Attempt[] = [];
    const onAttempt = (attempt: Attempt) => told.push(attempt);
    await clientOf(await start(), { onAttempt }).updateConnection(exampleUpdate);
    expect(told).toMatchObject([{ attempt: 1, outcome: "applied", status: 200 }]);
    expect(redact.createRedactor).not.toHaveBeenCalled();
    expect(told[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(redact.createRedactor).toHaveBeenCalledTimes(1);
  });

  test("for a failure", async () => {
    const call = clientOf(await start()).updateConnection({ ...exampleUpdate, projectId: "none" });
    await failureOf(call, PeakaApiError);
    expect(redact.createRedactor).toHaveBeenCalledTimes(1);
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
    redact.createRedactor(secrets).json(JSON.stringify({ message: given }));
    for (const end of done) end();
    return work;
  }

  test.each(texts)("of %j", (text) => {
    const small = workOf(text, 16_384);
    const large = workOf(text, 65_536);
    expect(large).toBeLessThan(small * 5);
    expect(large).toBeLessThan(65_536 * 100);
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
    const { json, text } = redact.createRedactor(secrets);
    const long = Array.from({ length: 64 }, () => "\\u0025".repeat(10_000));
    expect(json(JSON.stringify(long))).toBeUndefined();
    expect(text("anything")).toBe("[redacted]");
  });
});
