import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test, vi, onTestFinished } from "vitest";
import { createPeakaClient, defaultZone, PeakaUsageError } from "../../src/index.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { refusalOf } from "../tools/refusal.js";
import { runs } from "../tools/runs.js";

/** A part of a key that cannot stand in a message by chance. */
const part = fc.stringMatching(/^[0-9A-F]{16}$/);
const unprintable = fc
  .oneof(
    fc.integer({ min: 0, max: 0x1f }),
    fc.integer({ min: 0x7f, max: 0xff }),
    fc.integer({ min: 0x100, max: 0xffff }),
  )
  .map((code) => String.fromCharCode(code));
const wrongKey = fc.tuple(part, unprintable, part);
const blankKey = fc.string({ unit: fc.constantFrom(" ", "\t", "\n", "\r", "\u00a0", "\u2003") });
const rightKey = fc
  .string({ unit: "grapheme-ascii", minLength: 1 })
  .filter((key) => key.trim() !== "");

describe("an API key", () => {
  test("of printable ASCII that is not blank is accepted", () => {
    fc.assert(
      fc.property(rightKey, (apiKey) => {
        expect(createPeakaClient({ apiKey })).toMatchObject({ zone: defaultZone });
      }),
      runs(2_000),
    );
  });

  test("with any other character is refused at creation, and no part of it is quoted", () => {
    fc.assert(
      fc.property(wrongKey, ([before, character, after]) => {
        const apiKey = before + character + after;
        const error = refusalOf(() => createPeakaClient({ apiKey }));
        expect(error.message).toContain("apiKey must be printable ASCII");
        expect(inspect(error)).not.toContain(before);
        expect(inspect(error)).not.toContain(after);
      }),
      runs(2_000),
    );
  });

  test("that is blank is refused at creation", () => {
    fc.assert(
      fc.property(blankKey, (apiKey) => {
        const { message } = refusalOf(() => createPeakaClient({ apiKey }));
        expect(message).toContain("apiKey is blank");
      }),
      runs(2_000),
    );
  });

  test.each(["", "  ", "\n"])("that is %j in the environment is refused as blank", (apiKey) => {
    vi.stubEnv("PEAKA_API_KEY", apiKey);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { message } = refusalOf(() => createPeakaClient());
    expect(message).toContain("apiKey (PEAKA_API_KEY) is blank");
  });

  test("that ends in a line break in the environment is refused unquoted", () => {
    vi.stubEnv("PEAKA_API_KEY", "key-of-a-file\n");
    onTestFinished(() => void vi.unstubAllEnvs());
    const error = refusalOf(() => createPeakaClient());
    expect(error.message).toContain("apiKey (PEAKA_API_KEY) must be printable ASCII");
    expect(inspect(error)).not.toContain("key-of-a-file");
  });
});

describe("a function for the API key", () => {
  const giving = async (key: unknown) => {
    const gateway = await start();
    const apiKey = vi.fn(() => key as string);
    const thrown: unknown = await clientOf(gateway, { apiKey })
      .updateConnection(exampleUpdate)
      .catch((error: unknown) => error);
    expect(gateway.requests).toEqual([]);
    expect(apiKey).toHaveBeenCalledOnce();
    expect(thrown).toBeInstanceOf(PeakaUsageError);
    expect(thrown).toMatchObject({ operation: "updateConnection", outcome: "not-applied" });
    return thrown as PeakaUsageError;
  };

  test.each([undefined, null, 42, {}])("that gives %j fails the call, unsent", async (key) => {
    expect((await giving(key)).message).toContain("apiKey must be a string");
  });

  test("that gives a blank key fails the call, unsent", async () => {
    expect((await giving(" ")).message).toContain("apiKey is blank");
  });

  test("that gives a key with a line break fails the call, unsent and unquoted", async () => {
    const error = await giving("key-of-a-file\n");
    expect(error.message).toContain("apiKey must be printable ASCII");
    expect(inspect(error)).not.toContain("key-of-a-file");
  });

  test("that throws or rejects fails the call, unsent, with its error as the cause", async () => {
    const cause = new Error("the vault is closed");
    for (const apiKey of [vi.fn(() => Promise.reject(cause)), vi.fn(() => raise(cause))]) {
      const gateway = await start();
      const call = clientOf(gateway, { apiKey }).updateConnection(exampleUpdate);
      await expect(call).rejects.toMatchObject({ name: "PeakaUsageError", cause, attempts: 1 });
      await expect(call).rejects.toThrow("apiKey was not given: the function for it threw");
      expect(gateway.requests).toEqual([]);
      expect(apiKey).toHaveBeenCalledOnce();
    }
  });

  test("is asked before every attempt, so that a key can rotate during a call", async () => {
    const gateway = await start();
    gateway.fail({ status: 503, headers: { "retry-after": "0" }, times: 2 });
    const keys = ["first key", "second key", "partner-key"];
    const apiKey = vi.fn(() => Promise.resolve(keys.shift() ?? ""));
    await clientOf(gateway, { apiKey }).updateConnection(exampleUpdate);
    const sent = gateway.requests.map(({ headers }) => headers.authorization);
    expect(sent).toEqual(["Bearer first key", "Bearer second key", "Bearer partner-key"]);
    expect(apiKey).toHaveBeenCalledTimes(3);
  });
});

function raise(error: Error): never {
  throw error;
}
