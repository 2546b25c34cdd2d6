import type { fetch as undiciPackageFetch } from "undici";
import { describe, expectTypeOf, test } from "vitest";
import { createPeakaClient, defaultZone, zones, type Zone } from "../../../src/index.js";
import type { Attempt, CallOptions, Fetch, PeakaClient } from "../../../src/index.js";
import type { PeakaClientOptions, PeakaError } from "../../../src/index.js";

describe("createPeakaClient", () => {
  test("gives a client with its zone and base URL, which are read-only", () => {
    expectTypeOf(createPeakaClient).returns.toEqualTypeOf<PeakaClient>();
    expectTypeOf<PeakaClient["zone"]>().toEqualTypeOf<Zone | undefined>();
    expectTypeOf<PeakaClient["baseUrl"]>().toEqualTypeOf<string>();
    expectTypeOf<keyof PeakaClient>().toEqualTypeOf<
      "zone" | "baseUrl" | "updateConnection" | "call"
    >();
  });

  test("needs no options", () => {
    expectTypeOf(createPeakaClient).toBeCallableWith();
    expectTypeOf(createPeakaClient).toBeCallableWith({});
    expectTypeOf<Required<PeakaClientOptions>>().not.toEqualTypeOf<PeakaClientOptions>();
  });

  test("takes the API key from wherever it comes", () => {
    expectTypeOf(createPeakaClient).toBeCallableWith({ apiKey: process.env.SOME_KEY });
    expectTypeOf(createPeakaClient).toBeCallableWith({ apiKey: "key" });
    expectTypeOf(createPeakaClient).toBeCallableWith({ apiKey: () => "key" });
    expectTypeOf(createPeakaClient).toBeCallableWith({ apiKey: () => Promise.resolve("key") });
    expectTypeOf(createPeakaClient).toBeCallableWith({ apiKey: undefined });
  });

  test("takes the zones of the spec", () => {
    expectTypeOf<Zone>().toEqualTypeOf<"us" | "eu">();
    expectTypeOf<Zone>().toEqualTypeOf<keyof typeof zones>();
    expectTypeOf<typeof defaultZone>().toExtend<Zone>();
    expectTypeOf(createPeakaClient).toBeCallableWith({ zone: defaultZone });
    expectTypeOf(createPeakaClient).toBeCallableWith({ zone: Math.random() < 0.5 ? "us" : "eu" });
  });

  test("takes undefined for each option", () => {
    expectTypeOf<Record<keyof PeakaClientOptions, undefined>>().toExtend<PeakaClientOptions>();
  });

  test("takes the global fetch, and one that knows URL and init only", () => {
    expectTypeOf<typeof globalThis.fetch>().toExtend<Fetch>();
    expectTypeOf<typeof undiciPackageFetch>().toExtend<Fetch>();
    expectTypeOf(createPeakaClient).toBeCallableWith({ fetch: () => Promise.reject(new Error()) });
  });
});

describe("onAttempt", () => {
  test("is told of each attempt in types of its own", () => {
    createPeakaClient({
      onAttempt: (attempt) => {
        expectTypeOf(attempt).toEqualTypeOf<Attempt>();
      },
    });
    expectTypeOf<Attempt["operation"]>().toEqualTypeOf<"updateConnection">();
    expectTypeOf<Attempt["attempt"]>().toEqualTypeOf<number>();
    expectTypeOf<Attempt["status"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Attempt["requestId"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Attempt["headers"]>().toEqualTypeOf<Record<string, string>>();
    expectTypeOf<NonNullable<Attempt["error"]>>().toExtend<PeakaError>();
    expectTypeOf<Attempt["durationMs"]>().toEqualTypeOf<number>();
    expectTypeOf<Attempt["retryInMs"]>().toEqualTypeOf<number | undefined>();
  });

  test("may be an async function", () => {
    expectTypeOf(createPeakaClient).toBeCallableWith({ onAttempt: () => Promise.resolve() });
  });
});

test("the options of a call are these three, each of which may be undefined", () => {
  expectTypeOf<keyof CallOptions>().toEqualTypeOf<"signal" | "timeoutMs" | "maxRetries">();
  expectTypeOf<Record<keyof CallOptions, undefined>>().toExtend<CallOptions>();
  expectTypeOf<CallOptions["signal"]>().toEqualTypeOf<AbortSignal | undefined>();
});

test("wrong options do not compile", () => {
  const uses = () => [
    // @ts-expect-error there is no such zone
    createPeakaClient({ zone: "mars" }),
    // @ts-expect-error a string may be no zone
    createPeakaClient({ zone: String(process.env.ZONE) }),
    // @ts-expect-error null is no API key
    createPeakaClient({ apiKey: null }),
    // @ts-expect-error a number is no API key
    createPeakaClient({ apiKey: () => 1 }),
    // @ts-expect-error there is no such option
    createPeakaClient({ timeout: 1000 }),
    // @ts-expect-error milliseconds are a number
    createPeakaClient({ timeoutMs: "1000" }),
    // @ts-expect-error attempts are a number
    createPeakaClient({ maxRetries: true }),
    // @ts-expect-error a base URL is text
    createPeakaClient({ baseUrl: new URL("https://gateway.example") }),
    // @ts-expect-error a fetch gives a promise
    createPeakaClient({ fetch: () => new Response() }),
    // @ts-expect-error an observer is a function
    createPeakaClient({ onAttempt: {} }),
    // @ts-expect-error options are an object
    createPeakaClient("key"),
    // @ts-expect-error a client's zone does not change
    (createPeakaClient().zone = "eu"),
    // @ts-expect-error the zones do not change
    (zones.eu = "https://gateway.example"),
  ];
  expectTypeOf(uses).toBeFunction();
});
