import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { secretsOf } from "./arbitrary-secrets.js";
import { answerWith, arbitraryEcho, deafPlaces, placeNames } from "./echo-places.js";
import { echoForms, echoOf, escapes, isBare } from "./echoes.js";
import { leaksAmong, leaksIn, remainsAmong } from "./leaks.js";
import { reach } from "./reach.js";
import { patience, runs } from "./runs.js";
import { reachIn, startEcho } from "./shown.js";
import { tallyOf } from "./tally.js";

const secret = 'S3cret "€" +/é';

// A check that finds nothing proves nothing.
describe("the check for leaks finds a secret", () => {
  const sixty = "S3cret of sixty characters and more: a line of base64 is not enough";

  test.each(Object.entries(echoForms))("that is %s", (_, form) => {
    for (const one of [secret, sixty, "S3crét"]) {
      const found = leaksIn(new Error(`before ${form(one)} after`), ["another secret", one]);
      expect(found).not.toEqual([]);
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
  const bytes = Buffer.from(secret);
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
    "in Headers": new Headers({ at: "S3cret" }),
    "in bytes": bytes,
    "in bytes without a view": bytes.buffer.slice(
      bytes.byteOffset,
      bytes.byteOffset + bytes.length,
    ),
    "in toJSON": { toJSON: () => secret },
    "in toString": { toString: () => secret },
    "in what is inspected": { [Symbol.for("nodejs.util.inspect.custom")]: () => secret },
    "in what a loop gives": {
      *[Symbol.iterator]() {
        for (;;) yield secret;
      },
    },
    "in a URL": new URL(`https://x/?${new URLSearchParams({ at: secret }).toString()}`),
    "in a function's property": Object.assign(String, { at: secret }),
    "in what a function gives": { again: () => secret },
    "in a BigInt": { at: 20_481_632n },
  };
  test.each(Object.entries(places))("%s", (_, place) => {
    expect(leaksIn({ place }, [secret, "S3cret", "20481632"])).not.toEqual([]);
  });

  test("of three characters, but not by the quotes of what is shown", () => {
    expect(leaksIn({ at: "a k7 b" }, ["k7"])).not.toEqual([]);
    expect(leaksIn({ at: { b: "c" } }, ['":'])).toEqual([]);
  });

  test("beside what a twin holds, and says where", () => {
    const leaks = leaksIn({ at: "status S3cret" }, ["status", "S3cret"], { at: "status failed" });
    const places = [".at", "inspect", "inspect of few levels", "JSON.stringify"];
    expect(leaks).toEqual(
      expect.arrayContaining(places.map((place) => `${place}: plain "S3cret"`)),
    );
    expect(leaks.join()).not.toContain('"status"');
  });
});

describe("a client that is told of other secrets gives these away", () => {
  test("in every place and every form, and the check finds them", patience, async () => {
    const { show, showTwin } = await startEcho();
    const [quoted, written] = [tallyOf(placeNames), tallyOf(Object.keys(echoForms))];
    const other = { key: "0ther-key", credential: { token: "0ther-t0ken" } };
    await fc.assert(
      fc.asyncProperty(arbitraryEcho, async ({ given, quote, place }) => {
        const twin = await showTwin(place, (others) => [answerWith(others, place)]);
        const own = reachIn(twin);
        const secrets = secretsOf(given).filter((one) => leaksAmong(own, [one]).length === 0);
        fc.pre(secrets.some(({ length }) => length >= 4));
        quoted.count(place);
        written.count(quote.form);
        const echoes = secrets.map((one) => echoOf(one, quote));
        const reached = reachIn(await show(other, answerWith(echoes, place)));
        const isFound = leaksAmong(reached, secrets, twin, echoes).length > 0;
        // A header's name holds no more than small letters, digits and a few signs.
        const isLossy =
          place === "in a header's name" && echoes.some((echo) => /[^a-z\d_-]/.test(echo));
        if (!isLossy)
          expect({ place, isFound }).toEqual({ place, isFound: !deafPlaces.includes(place) });
      }),
      runs(1_000),
    );
    quoted.check();
    written.check();
  });
});

describe("the check for what is left finds", () => {
  const remains = (text: string) => remainsAmong(reach({ text }), ["echo"]).length;

  test.each(["⟦echo⟧", "⟦[redacted]o⟧", "⟦e[redacted]⟧", "a ⟦[redacted]⟧ | ⟦o", "<[e[redacted]]>"])(
    "a part of an echo in %s",
    (text) => {
      expect(remains(text)).toBeGreaterThan(0);
    },
  );

  test.each([
    "⟦[redacted]⟧",
    "<[[redacted]]> | <[[redacted]]>",
    "⟦[reda…; more",
    "⟦…",
    "[redacted]",
  ])("nothing in %s", (text) => {
    expect(remains(text)).toBe(0);
  });

  test.each(Object.keys(escapes))("each bare form, also %s", (escape) => {
    for (const form of Object.keys(echoForms).filter((form) => isBare({ form, escape }))) {
      expect(remains(`⟦${echoOf(secret, { form, escape })}⟧`)).toBeGreaterThan(0);
    }
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
