import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { OperationInput } from "../../src/index.js";
import { anyCharacters } from "../tools/any-characters.js";
import { clientOf } from "../tools/client-of.js";
import { rejectionOf } from "../tools/failure.js";
import { named } from "../tools/named.js";
import { startRecorder } from "../tools/recorder.js";
import { runs } from "../tools/runs.js";

const names = ["projectId", "connectionId"] as const;
type Name = (typeof names)[number];
const others = { projectId: "project1", connectionId: "connection1", body: {} };

/** A client that is called with path parameters, for one test. */
async function startSender() {
  const recorder = await startRecorder();
  const client = clientOf(recorder);
  const prefix = `${new URL(recorder.baseUrl).pathname}/connections/`;
  const call = (given: object) => client.updateConnection({ ...others, ...given });

  return {
    /** The two segments that arrive, decoded, where the call is made. */
    send: async (given: object): Promise<string[]> => {
      await call(given);
      const [{ method, url } = { method: "", url: "" }, ...more] = recorder.requests.splice(0);
      expect([method, url.slice(0, prefix.length), more]).toEqual(["PUT", prefix, []]);
      expect(url).not.toMatch(/[?#\\]/);
      return url.slice(prefix.length).split("/").map(decodeURIComponent);
    },
    /** Why the call is refused, where nothing is sent. */
    refuse: async (name: Name, value: unknown): Promise<string> => {
      const { message } = await rejectionOf(call({ [name]: value }));
      expect(recorder.requests).toEqual([]);
      expect(message).toContain(`): ${name} `);
      return message;
    },
  };
}

/** Every byte percent-encoded, so many times. */
function percentEncode(text: string, times: number): string {
  if (times === 0) return text;
  const escaped = Buffer.from(text).toString("hex").replace(/../g, "%$&");
  return percentEncode(escaped, times - 1);
}

const hostile = [
  ...[".", "..", "/", "\\", "@", ":", "&", "+", " ", "~", "$&", "*", "|", "{projectId}", "http:"],
  ...["\0", "\n", "\t", "\u007f", "\u0085", "\ud800", "\udfff", "\u2028", "é", "😀", "．", "a"],
];
const harmless = hostile.filter((text) => /^[^/\\\p{Cc}\p{Cs}]+$/u.test(text));
const textOf = (units: string[]) => fc.array(fc.constantFrom(...units), { maxLength: 5 });
const anyText = fc
  .oneof(textOf(hostile), textOf(harmless), fc.array(anyCharacters, { maxLength: 1 }))
  .map((parts) => parts.join(""))
  // Proxies decode a path once more than they should: these are refused, or arrive as they are.
  .filter((text) => !/[%?#;]/.test(text));

const isUnsafe = (text: string) =>
  /[/\\\p{Cc}\p{Cs}]|^\s*\.{1,2}\s*$/u.test(text.trim() ? text : "");

test("path parameters arrive as one segment each that decodes to them, or nothing is sent", async () => {
  const { send, refuse } = await startSender();
  const property = fc.asyncProperty(anyText, anyText, async (projectId, connectionId) => {
    const wrong = Object.entries({ projectId, connectionId }).find(
      ([, text]) => text.trim() === "" || isUnsafe(text),
    ) as [Name, string] | undefined;
    if (!wrong) {
      expect(await send({ projectId, connectionId })).toEqual([projectId, connectionId]);
    } else {
      const [name, text] = wrong;
      const reason = text.trim() === "" ? "is blank" : "is unsafe in a path";
      expect(await refuse(name, text)).toContain(`${name} ${reason}`);
    }
  });
  await fc.assert(property, runs(200));
});

describe.each(names)("the path parameter %s", (name) => {
  test.each(["", "   ", "\t", "\r\n", "\u00a0", "\u3000"])("is blank: %j", async (text) => {
    const { refuse } = await startSender();
    expect(await refuse(name, text)).toContain(`${name} is blank`);
  });

  test.each([0, 1, 2, 4])("is unsafe, encoded %d times", async (times) => {
    const { refuse } = await startSender();
    for (const text of [".", "..", "/", "\\", "wo/rd", "../b", "a\\b", "a\0", "a\nb", "a\u0085"]) {
      const message = await refuse(name, percentEncode(text, times));
      expect(message).toContain("is unsafe in a path");
      expect(message).not.toContain("wo/rd");
    }
  });

  test("is unsafe where a proxy that decodes it once would see an end, or dots alone", async () => {
    const { refuse } = await startSender();
    for (const text of [
      "a?b",
      "?",
      "a#b",
      "#",
      "a;b",
      ";",
      " .",
      ". ",
      " .. ",
      "..\u3000",
      "100%",
    ]) {
      expect(await refuse(name, text)).toContain("is unsafe in a path: it must be one segment");
    }
  });

  test("is unsafe where one escape makes another, however often", async () => {
    const { refuse } = await startSender();
    const often = [`%${"25".repeat(1000)}2e`, `%2${"%3".repeat(20_000)}52f`];
    for (const text of [...often, "%%32%65", "%2%65", "%%3%32e%2e", "a%%35c", "%2E."]) {
      expect(await refuse(name, text)).toContain("is unsafe in a path");
    }
  });

  test.each(["a..b", "...", ".a", "..a", "a b", "é😀", "{projectId}", "$&", 0, -0, 1e21, -1.5])(
    "%s is no danger, and arrives",
    async (value) => {
      const { send } = await startSender();
      const expected = names.map((each) => (each === name ? String(value) : others[each]));
      expect(await send({ [name]: value })).toEqual(expected);
    },
  );

  const wrong = [
    ...[null, true, NaN, Infinity, 1n, Symbol("id"), ["id"], () => "id", new String("id")],
    { toString: () => "id" },
  ];
  test.each(named(wrong))("must not be %s", async (_, value) => {
    const { refuse } = await startSender();
    expect(await refuse(name, value)).toContain("must be a string or a finite number");
  });

  test("is missing where it is undefined, left out, or what every object has", async () => {
    const { refuse } = await startSender();
    expect(await refuse(name, undefined)).toContain(`${name} is missing: pass this path`);
    const recorder = await startRecorder();
    const rest = Object.fromEntries(Object.entries(others).filter(([other]) => other !== name));
    onTestFinished(() => void Reflect.deleteProperty(Object.prototype, name));
    for (const polluting of [undefined, "value-of-all"]) {
      if (polluting) Object.assign(Object.prototype, { [name]: polluting });
      const call = clientOf(recorder).updateConnection(
        rest as unknown as OperationInput<"updateConnection">,
      );
      expect((await rejectionOf(call)).message).toContain(`${name} is missing: pass this path`);
    }
    expect(recorder.requests).toEqual([]);
  });
});
