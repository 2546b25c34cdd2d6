import { describe, expect, test } from "vitest";
import { leaksIn } from "./leaks.js";
import { echoForms } from "./secret-forms.js";

const secret = 'S3cret "€" +/é';

// A check that finds nothing proves nothing.
describe("the check for leaks finds a secret", () => {
  const long = "S3cret of sixty characters and more: a line of base64 is not enough";

  test.each(Object.entries(echoForms))("%s", (_, form) => {
    for (const one of [secret, long, "S3crét"]) {
      expect(leaksIn(new Error(`before ${form(one)} after`), ["another", one])).not.toEqual([]);
    }
  });

  class Accessor {
    readonly #value = secret;
    get value() {
      return this.#value;
    }
  }
  class List extends Array {
    toJSON() {
      return secret;
    }
  }
  const hidden = (get: () => unknown) => Object.defineProperty({}, "hidden", { get });
  const bytes = new TextEncoder().encode(secret);
  const places: Record<string, unknown> = {
    "in a property": { at: secret },
    "in a property's name": { [secret]: 1 },
    "in a hidden property": Object.defineProperty({}, "hidden", { value: secret }),
    "in a getter": hidden(() => secret),
    "in a getter that throws": hidden(() => {
      throw new Error(secret);
    }),
    "in an accessor of a class": new Accessor(),
    "in a prototype": Object.create({ at: secret }) as object,
    "in a symbol's name": Symbol(secret),
    "under a symbol": { [Symbol("at")]: secret },
    "in a list": [[secret]],
    "in a list's property": /S/.exec(secret),
    "in a list's toJSON": new List(),
    "in a cause": new Error("outer", { cause: new Error("inner", { cause: { at: secret } }) }),
    "in several errors": new AggregateError([new Error(secret)]),
    "in a stack": Object.assign(new Error("failed"), { stack: `at ${secret}` }),
    "in a Map": new Map([["at", secret]]),
    "in a Set": new Set([secret]),
    "in Headers": new Headers({ at: "S3cret-of-a-header" }),
    "in bytes": bytes,
    "in bytes without a view": bytes.buffer,
    "in toJSON": { toJSON: () => secret },
    "in toString": { toString: () => secret },
    "in what is inspected": { [Symbol.for("nodejs.util.inspect.custom")]: () => secret },
    "in what a loop gives": {
      *[Symbol.iterator]() {
        for (;;) yield secret;
      },
    },
    "in a URL": new URL(`https://x/?${new URLSearchParams({ at: secret }).toString()}`),
    "in a function's property": Object.assign(() => undefined, { at: secret }),
    "in what a function gives": { again: () => secret },
    "in a BigInt": { at: 20_481_632n },
  };
  test.each(Object.entries(places))("%s", (_, place) => {
    const secrets = [secret, "S3cret-of-a-header", "20481632"];
    expect(leaksIn({ place }, secrets)).not.toEqual([]);
  });

  test("and says where", () => {
    const places = [".at.0", "inspect", "inspect of few levels", "JSON.stringify"];
    const leaks = places.map((place) => `${place}: "s3cret"`);
    expect(leaksIn({ at: ["a S3cret"] }, ["S3cret"])).toEqual(expect.arrayContaining(leaks));
  });
});

test("the check for leaks finds none in other words, also where these run in a circle", () => {
  const circle = new Error("failed", { cause: [1, null, undefined] });
  expect(leaksIn(Object.assign(circle, { self: circle }), [secret, "S3cret"])).toEqual([]);
});
