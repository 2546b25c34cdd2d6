import { inspect } from "node:util";
import { beforeEach, describe, expect, test, vi, onTestFinished } from "vitest";
import { createPeakaClient, defaultZone, PeakaUsageError } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { failWith } from "../tools/fail-with.js";
import { failureOf, refusalOf } from "../tools/failure.js";
import { start } from "../tools/gateway/start.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { skipBackoff } from "../tools/no-backoff.js";

// An answer that asks for no wait is followed by the backoff alone.
beforeEach(skipBackoff);

const characters = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index));

describe("an API key", () => {
  test("of printable ASCII that is not blank is accepted", () => {
    for (const apiKey of [
      ...characters(0x21, 0x7e),
      ...characters(0x20, 0x7e).map((c) => `k${c}k`),
    ]) {
      expect(createPeakaClient({ apiKey }).zone).toBe(defaultZone);
    }
  });

  test("with any other character is refused at creation, and no part of it is quoted", () => {
    const others = [
      ...characters(0, 0x1f),
      ...characters(0x7f, 0x17f),
      "\u2028",
      "\ud800",
      "€",
      "😀",
    ];
    for (const character of others) {
      const apiKey = `before-of-the-key${character}after-of-the-key`;
      const error = refusalOf(() => createPeakaClient({ apiKey }));
      expect(error.message).toContain("apiKey must be printable ASCII");
      expect(inspect(error)).not.toMatch(/before-of|after-of/);
    }
  });

  test.each(["", "  ", "\n", " \t\u00a0\u2003\r"])("that is %j is refused as blank", (apiKey) => {
    const { message } = refusalOf(() => createPeakaClient({ apiKey }));
    expect(message).toContain(": apiKey is blank");
    vi.stubEnv("PEAKA_API_KEY", apiKey);
    onTestFinished(() => void vi.unstubAllEnvs());
    const inEnvironment = refusalOf(() => createPeakaClient());
    expect(inEnvironment.message).toContain(": PEAKA_API_KEY is blank");
  });
});

describe("a function for the API key", () => {
  test.each<[unknown, string]>([
    ...[undefined, null, 42, {}].map((key): [unknown, string] => [key, "apiKey must be a string"]),
    [" ", "apiKey is blank"],
    ["key-of-a-file\n", "apiKey must be printable ASCII"],
  ])("that gives %j fails the call, unsent and unquoted", async (key, problem) => {
    const apiKey = vi.fn(() => key as string);
    const { error, requests } = await failWith(PeakaUsageError, { apiKey });
    expect(error).toMatchObject({ operation: "updateConnection", outcome: "not-applied" });
    expect(error.message).toContain(problem);
    expect(inspect(error)).not.toContain("key-of-a-file");
    expect(apiKey).toHaveBeenCalledOnce();
    expect(requests).toEqual([]);
  });

  test.each(["rejects", "throws"])(
    "that %s fails the call, unsent, with the cause",
    async (way) => {
      const cause = new Error("the vault is closed");
      const apiKey = vi.fn(() => {
        if (way === "throws") throw cause;
        return Promise.reject<string>(cause);
      });
      const { error, requests } = await failWith(PeakaUsageError, { apiKey });
      expect(error).toMatchObject({ attempts: 1, outcome: "not-applied" });
      expect(error.cause).toMatchObject({ name: "Error", message: cause.message });
      expect(error.message).toContain("apiKey was not given: the function for it threw");
      expect(requests).toEqual([]);
      expect(apiKey).toHaveBeenCalledOnce();
    },
  );

  test("is asked before every attempt, so that a key can rotate during a call", async () => {
    const gateway = await start();
    gateway.fail({ status: 503, retryAfter: 0 }, { status: 503, retryAfter: 0 });
    const keys = ["first key", "second key", "partner-key"];
    const apiKey = vi.fn(() => Promise.resolve(keys.shift() ?? ""));
    await clientOf(gateway, { apiKey }).updateConnection(exampleUpdate);
    const sent = gateway.requests.map(({ headers }) => headers.authorization);
    expect(sent).toEqual(["Bearer first key", "Bearer second key", "Bearer partner-key"]);
    expect(apiKey).toHaveBeenCalledTimes(3);
  });
});

describe("what is more than the key is refused, in words that say what to pass:", () => {
  const word = "word-of-the-key";
  test.each([
    ...[`Bearer ${word}`, `bearer ${word}`, ` BEARER  ${word}`, `Authorization: Bearer ${word}`],
    ...[`authorization:${word}`, `"${word}"`, `'${word}'`, ` "${word}" `, `\`${word}\``],
  ])("%s", async (apiKey) => {
    const atCreation = refusalOf(() => createPeakaClient({ apiKey }));
    expect(atCreation.message).toMatch(
      /: apiKey must be the key alone, without (?:"Bearer"|quotes)$/,
    );
    const gateway = await start();
    const client = clientOf(gateway, { apiKey: () => apiKey });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaUsageError);
    expect(error.message).toContain(": apiKey must be the key alone, without ");
    expect(inspect([atCreation, error])).not.toContain(word);
    expect(gateway.requests).toEqual([]);
  });

  test.each(["bearer", "Bearer-key", 'a"b', "'", "it's", "authorization"])(
    "but not %s, which is a key",
    (apiKey) => {
      expect(createPeakaClient({ apiKey }).zone).toBe(defaultZone);
    },
  );
});
