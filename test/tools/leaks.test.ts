import { describe, expect, test } from "vitest";
import { leaksIn } from "./leaks.js";
import { named } from "./named.js";
import { echoForms } from "./secret-forms.js";

const secret = 'S3cret "€" +/é';
const long = "S3cret of sixty characters and more: a line of base64 is not enough";

// A check that finds nothing proves nothing.
describe("the check for leaks finds a secret", () => {
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
  const hidden = (property: PropertyDescriptor) => Object.defineProperty({}, "hidden", property);
  const refuse = () => {
    throw new Error(secret);
  };
  const endless = function* () {
    for (;;) yield secret;
  };
  const bytes = new TextEncoder().encode(secret);
  const places = [
    ...[{ at: secret }, { [secret]: 1 }, { [Symbol("at")]: secret }, Symbol(secret), [[secret]]],
    ...[hidden({ value: secret }), hidden({ get: () => secret }), hidden({ get: refuse })],
    ...[new Accessor(), Object.create({ at: secret }) as object, new List(), /S/.exec(secret)],
    ...[bytes, bytes.buffer, new Map([["at", secret]]), new Set([secret]), { at: 20_481_632n }],
    ...[new Headers({ at: "S3cret-of-a-header" }), new URL(`https://x/?${encodeURI(secret)}`)],
    ...[new Error("outer", { cause: new Error("inner", { cause: { at: secret } }) })],
    ...[new AggregateError([new Error(secret)]), Object.assign(new Error("x"), { stack: secret })],
    ...[{ toJSON: () => secret }, { toString: () => secret }, { [Symbol.iterator]: endless }],
    ...[{ [Symbol.for("nodejs.util.inspect.custom")]: () => secret }, { again: () => secret }],
    Object.assign(() => undefined, { at: secret }),
  ];
  test.each(named(places))("in %s", (_, place) => {
    const secrets = [secret, "S3cret-of-a-header", "20481632"];
    expect(leaksIn({ place }, secrets)).not.toEqual([]);
  });

  test("and says where", () => {
    const paths = [".at.0", "inspect", "inspect of few levels", "JSON.stringify"];
    const leaks = paths.map((path) => `${path}: "s3cret"`);
    expect(leaksIn({ at: ["a S3cret"] }, ["S3cret"])).toEqual(expect.arrayContaining(leaks));
  });
});

test("the check for leaks finds none in other words, also where these run in a circle", () => {
  const circle = new Error("failed", { cause: [1, null, undefined] });
  expect(leaksIn(Object.assign(circle, { self: circle }), [secret, "S3cret"])).toEqual([]);
});
