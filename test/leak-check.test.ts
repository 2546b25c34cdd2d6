import { describe, expect, test } from "vitest";
import { echoForms } from "./support/echoes.js";
import { leaksIn } from "./support/leaks.js";

const secret = 'S3cret "€" +/é';

// A check that finds nothing proves nothing.
describe("the check for leaks finds a secret", () => {
  test.each(Object.entries(echoForms))("that is %s", (_, form) => {
    expect(leaksIn(new Error(`before ${form(secret)} after`), [secret])).not.toEqual([]);
  });

  class Accessor {
    readonly #value = secret;
    get value() {
      return this.#value;
    }
  }
  const hidden = (get: () => unknown) => Object.defineProperty({}, "hidden", { get });
  const places: Record<string, unknown> = {
    "in a property": { at: secret },
    "in a property's name": { [secret]: 1 },
    "in a hidden property": Object.defineProperty({}, "hidden", { value: secret }),
    "in a getter": hidden(() => secret),
    "in a getter that throws": hidden(() => {
      throw new Error(secret);
    }),
    "in an accessor of a class": new Accessor(),
    "in a symbol's name": Symbol(secret),
    "under a symbol": { [Symbol("at")]: secret },
    "in a list": [[secret]],
    "in a cause": new Error("outer", { cause: new Error("inner", { cause: { at: secret } }) }),
    "in several errors": new AggregateError([new Error(secret)]),
    "in a stack": Object.assign(new Error("failed"), { stack: `at ${secret}` }),
    "in a Map": new Map([["at", secret]]),
    "in a Set": new Set([secret]),
    "in Headers": new Headers({ at: "S3cret" }),
    "in bytes": Buffer.from(secret),
    "in toJSON": { toJSON: () => secret },
    "in toString": { toString: () => secret },
    "in a URL": new URL(`https://x/?${new URLSearchParams({ at: secret }).toString()}`),
    "in a function's property": Object.assign(() => 1, { at: secret }),
  };
  test.each(Object.entries(places))("%s", (_, place) => {
    expect(leaksIn({ place }, [secret, "S3cret"])).not.toEqual([]);
  });
});

describe("the check for leaks finds none", () => {
  test("in an error of its own words", () => {
    expect(leaksIn(new Error("failed", { cause: [1, null, undefined] }), [secret])).toEqual([]);
  });

  test("in the marker, or in what a twin holds too", () => {
    expect(leaksIn({ at: "[redacted]" }, ["redacted"])).toEqual([]);
    expect(leaksIn({ status: "failed" }, ["status", "failed"], { status: "failed" })).toEqual([]);
  });

  test("in a circle, which ends", () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(leaksIn(circle, [secret])).toEqual([]);
  });
});
