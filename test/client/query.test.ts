import { inspect } from "node:util";
import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { json } from "../tools/gateway/answers.js";
import { callAny } from "../tools/call-any.js";
import { clientOf } from "../tools/client-of.js";
import { ofAnotherApi } from "../tools/departures.js";
import { startRecorder, type Recorder } from "../tools/recorder.js";
import { rejectionOf } from "../tools/refusal.js";
import { runs } from "../tools/runs.js";

vi.mock("../../generated/spec.js", () => import("../tools/richer-spec.js"));
beforeEach(ofAnotherApi);

interface Search extends Recorder {
  search: (input: object) => Promise<unknown>;
  /** The query of the request that `search` makes. */
  query: (input: object) => Promise<string>;
}

async function startSearch(): Promise<Search> {
  const recorder = await startRecorder();
  const client = clientOf(recorder);
  return {
    ...recorder,
    search: (input) => callAny(client, "search", input),
    async query(input) {
      recorder.answer(json(200, []));
      await callAny(client, "search", input);
      const [{ url } = { url: "" }] = recorder.requests.splice(0);
      expect(url).toMatch(/^\/gate\/v1\/things(?:\?|$)/);
      // Brackets are the same to a server, encoded or not.
      return url.split("?").slice(1).join("?").replaceAll("%5B", "[").replaceAll("%5D", "]");
    },
  };
}

describe("a query parameter goes over the wire in the style that the spec gives it", () => {
  const cases: [string, object, string][] = [
    ["nothing", {}, ""],
    ["undefined as nothing", { q: undefined }, ""],
    ["text", { q: "a b&c=d#e/f?g+é" }, "q=a%20b%26c%3Dd%23e%2Ff%3Fg%2B%C3%A9"],
    ["empty text", { q: "" }, "q="],
    ["zero", { q: 0 }, "q=0"],
    ["false", { q: false }, "q=false"],
    ["an odd name", { "odd name&": "x" }, "odd%20name%26=x"],
    ["two of them", { q: "x", form: "y" }, "q=x&form=y"],
    ["a list, form, exploded", { formExploded: ["a", "b,c", 1] }, list("formExploded")],
    ["a list, form", { form: ["a", "b,c", true] }, "form=a,b%2Cc,true"],
    ["a list, spaceDelimited", { space: ["a", "b c"] }, "space=a%20b%20c"],
    ["a list, pipeDelimited", { pipe: ["a", "b|c"] }, "pipe=a|b%7Cc"],
    ["a list of one", { form: ["a"] }, "form=a"],
    ["an object, form, exploded", { formExploded: { a: 1, b: "x y" } }, "a=1&b=x%20y"],
    ["an object, form", { form: { a: 1, b: "x,y" } }, "form=a,1,b,x%2Cy"],
    ["an object, spaceDelimited", { space: { a: 1, b: 2 } }, "space=a%201%20b%202"],
    ["an object, pipeDelimited", { pipe: { a: 1, b: 2 } }, "pipe=a|1|b|2"],
    ["an object, deepObject", { deep: { a: 1, b: "x y" } }, "deep[a]=1&deep[b]=x%20y"],
    ["an empty list as nothing", { formExploded: [], q: "x" }, "q=x"],
    ["an empty object as nothing", { q: "x", deep: {} }, "q=x"],
  ];
  test.each(cases)("%s", async (_, input, expected) => {
    const { query } = await startSearch();
    expect(await query(input)).toBe(expected);
  });

  function list(name: string): string {
    return `${name}=a&${name}=b%2Cc&${name}=1`;
  }
});

describe("whatever the text, a query says no more than was given:", () => {
  const text = fc.string({ unit: "binary" });
  const key = fc.oneof(
    text,
    fc.constantFrom("a&b", "a=b", "a,b", "a#b", "a%26b", "a+b", "a]b", "&q"),
  );
  const pairs = (query: string) => [...new URLSearchParams(query)];

  test("a value", async () => {
    const { query } = await startSearch();
    const property = fc.asyncProperty(text, async (q) => {
      expect(pairs(await query({ q }))).toEqual([["q", q]]);
    });
    await fc.assert(property, runs(500));
  });

  test("a list of them", async () => {
    const { query } = await startSearch();
    const property = fc.asyncProperty(fc.array(text, { minLength: 1 }), async (values) => {
      const expected = values.map((value) => ["formExploded", value]);
      expect(pairs(await query({ formExploded: values }))).toEqual(expected);
    });
    await fc.assert(property, runs(500));
  });

  test("the properties of an object, not exploded", async () => {
    const { query } = await startSearch();
    const property = fc.asyncProperty(key, text, async (name, value) => {
      const sent = await query({ form: Object.fromEntries([[name, value]]) });
      expect(sent).toMatch(/^form=[^&=]*$/);
      const parts = sent.slice("form=".length).split(",").map(decodeURIComponent);
      expect(parts).toEqual([name, value]);
    });
    await fc.assert(property, runs(500));
  });

  test("the properties of an object, exploded", async () => {
    const { query } = await startSearch();
    const property = fc.asyncProperty(key, text, async (name, value) => {
      const object = Object.fromEntries([[name, value]]);
      expect(pairs(await query({ formExploded: object }))).toEqual([[name, value]]);
    });
    await fc.assert(property, runs(500));
  });

  test("the properties of an object, in deepObject", async () => {
    const { query } = await startSearch();
    const property = fc.asyncProperty(key, text, async (name, value) => {
      const object = Object.fromEntries([[name, value]]);
      expect(pairs(await query({ deep: object }))).toEqual([[`deep[${name}]`, value]]);
    });
    await fc.assert(property, runs(500));
  });
});

describe("a query parameter is refused, and nothing is sent, where it is", () => {
  const values: unknown[] = [
    ...[null, NaN, Infinity, 1n, Symbol("q"), () => "q", "\ud800"],
    ...[[null], [undefined], [[]], [{}], [NaN], ["\udfff"], { a: null }, { a: {} }, { a: ["b"] }],
    ...[new Date(0), new Map([["a", 1]]), new Set(["a"]), Promise.resolve("a"), /a/],
  ];
  test.each(values.map((value) => [inspect(value), value]))("%s", async (_, q) => {
    const { search, requests } = await startSearch();
    const { message } = await rejectionOf(search({ q }));
    expect(message).toMatch(/\): q must be a string, finite number or boolean, or an array or obj/);
    expect(requests).toEqual([]);
  });

  test("required and missing", async () => {
    const recorder = await startRecorder();
    const call = callAny(clientOf(recorder), "count", { kind: "thing" });
    expect((await rejectionOf(call)).message).toContain("since is missing: pass this query param");
    expect(recorder.requests).toEqual([]);
  });

  test("half a surrogate pair in the name of an object's property", async () => {
    const { search, requests } = await startSearch();
    const { message } = await rejectionOf(search({ deep: { ["\ud800"]: "x" } }));
    expect(message).toContain("): deep must be ");
    expect(requests).toEqual([]);
  });
});

test("a secret in the query is redacted, also where the input changed after the call", async () => {
  const { search, answer, requests } = await startSearch();
  answer(json(400, { message: "no such token: secret-of-the-query" }));
  const token = ["secret-of-the-query"];
  const call = search({ token });
  token[0] = "another";
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  expect(requests[0]?.url).toContain("token=secret-of-the-query");
  expect(error).toMatchObject({ status: 400, body: { message: "no such token: [redacted]" } });
  expect(inspect(error, { showHidden: true })).not.toContain("secret-of-the-query");
});
