import { inspect } from "node:util";
import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { anyCharacters } from "../tools/any-characters.js";
import { json } from "../tools/gateway/answers.js";
import { callAny } from "../tools/call-any.js";
import { clientOf } from "../tools/client-of.js";
import { ofAnotherApi } from "../tools/departures.js";
import { rejectionOf } from "../tools/failure.js";
import { named } from "../tools/named.js";
import { startRecorder } from "../tools/recorder.js";
import { runs } from "../tools/runs.js";

vi.mock("../../generated/spec.js", () => import("../tools/richer-spec.js"));
beforeEach(ofAnotherApi);

async function startSearch() {
  const recorder = await startRecorder();
  const client = clientOf(recorder);
  return {
    ...recorder,
    search: (input: object) => callAny(client, "search", input),
    /** The query of the request that a search makes. */
    query: async (input: object): Promise<string> => {
      recorder.answer(json(200, []));
      await callAny(client, "search", input);
      const [{ url } = { url: "" }] = recorder.requests.splice(0);
      expect(url).toMatch(/^\/gate\/v1\/things(?:\?|$)/);
      return url.split("?").slice(1).join("?");
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
    ["a list, form, exploded", { more: ["a", "b,c", 1] }, "more=a&more=b%2Cc&more=1"],
    ["a list, form", { form: ["a", "b,c", true] }, "form=a,b%2Cc,true"],
    ["a list, spaceDelimited", { space: ["a", "b c"] }, "space=a%20b%20c"],
    ["a list, pipeDelimited", { pipe: ["a", "b|c"] }, "pipe=a|b%7Cc"],
    ["a list of one", { form: ["a"] }, "form=a"],
    ["an empty list as nothing", { more: [], q: "x" }, "q=x"],
  ];
  test.each(cases)("%s", async (_, input, expected) => {
    const { query } = await startSearch();
    expect(await query(input)).toBe(expected);
  });
});

test("whatever the text, a query says no more than was given", async () => {
  const { query } = await startSearch();
  const text = anyCharacters;
  const awkward = fc.constantFrom("a&b", "a=b", "a,b", "a#b", "a%26b", "a+b", "a]b", "&q");
  const pairs = (sent: string) => [...new URLSearchParams(sent)];
  const property = fc.asyncProperty(fc.oneof(text, awkward), text, async (name, value) => {
    expect(pairs(await query({ q: value }))).toEqual([["q", value]]);
    const list = [value, name].map((item) => ["more", item]);
    expect(pairs(await query({ more: [value, name] }))).toEqual(list);
    const sent = await query({ form: [name, value] });
    expect(sent).toMatch(/^form=[^&=]*$/);
    const parts = sent.slice("form=".length).split(",").map(decodeURIComponent);
    expect(parts).toEqual([name, value]);
  });
  await fc.assert(property, runs(50));
});

describe("a query parameter is refused, and nothing is sent, where it is", () => {
  const values: unknown[] = [
    ...[null, NaN, Infinity, 1n, Symbol("q"), () => "q", "\ud800"],
    ...[[null], [undefined], [[]], [{}], [NaN], ["\udfff"], {}, { a: "b" }],
    ...[new Date(0), new Map([["a", 1]]), new Set(["a"]), Promise.resolve("a"), /a/],
  ];
  test.each(named(values))("%s", async (_, q) => {
    const { search, requests } = await startSearch();
    const { message } = await rejectionOf(search({ q }));
    expect(message).toMatch(
      /\): q must be a string, finite number or boolean, or a list of these$/,
    );
    expect(requests).toEqual([]);
  });
});

test("a query parameter that throws when it is read is refused, and not with its own error", async () => {
  const { search, requests } = await startSearch();
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  const { message } = await rejectionOf(search({ q: proxy }));
  expect(message).toMatch(/^GET \/things .*: a getter or a proxy that was given throws$/);
  expect(requests).toEqual([]);
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
