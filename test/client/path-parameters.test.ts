import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { PeakaUsageError, type UpdateConnectionInput } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { reasonOf } from "../tools/failure.js";
import { anyText, decodeForever, percentEncode } from "../tools/hostile-text.js";
import { startRecorder, type Recorder } from "../tools/recorder.js";
import { rejectionOf } from "../tools/refusal.js";
import { patience, runs } from "../tools/runs.js";
import { tallyOf } from "../tools/tally.js";

const names = ["projectId", "connectionId"] as const;
type Name = (typeof names)[number];
const others = { projectId: "project1", connectionId: "connection1", body: {} };

/** Calls the operation with one parameter changed. */
interface Sender {
  recorder: Recorder;
  /** What arrives in the place of the parameter, where the call is made. */
  send: (name: Name, value: unknown) => Promise<string>;
  /** Why the call is refused, where it is. */
  refuse: (name: Name, value: unknown) => Promise<string>;
}

async function startSender(): Promise<Sender> {
  const recorder = await startRecorder();
  const client = clientOf(recorder);
  const prefix = `${new URL(recorder.baseUrl).pathname}/connections/`;

  return {
    recorder,
    async send(name, value) {
      recorder.requests.length = 0;
      await client.updateConnection({ ...others, [name]: value });
      expect(recorder.requests).toHaveLength(1);
      const { url = "" } = recorder.requests[0] ?? {};
      expect(url.startsWith(prefix)).toBe(true);
      const segments = url.slice(prefix.length).split("/");
      const [segment = ""] = segments.splice(names.indexOf(name), 1);
      expect(segments).toEqual([name === "projectId" ? others.connectionId : others.projectId]);
      expect(segment).toMatch(/^[^?#/\\]+$/);
      return segment;
    },
    async refuse(name, value) {
      recorder.requests.length = 0;
      const input = { ...others, [name]: value } as UpdateConnectionInput;
      const { message } = await rejectionOf(client.updateConnection(input));
      expect(recorder.requests).toEqual([]);
      expect(message).toContain(`): ${name} `);
      return message;
    },
  };
}

function isUnsafe(text: string): boolean {
  return [text, decodeForever(text)].some(
    (form) => /[/\\\p{Cc}\p{Cs}]/u.test(form) || form === "." || form === "..",
  );
}

describe.each(names)("the path parameter %s", (name) => {
  test("arrives as one segment that decodes to it, or nothing is sent", patience, async () => {
    const { send, refuse } = await startSender();
    const tally = tallyOf(["sent", "blank", "unsafe"]);
    const property = fc.asyncProperty(anyText, async (text) => {
      if (text.trim() === "") {
        expect(await refuse(name, text)).toContain(`${name} is blank`);
        tally.count("blank");
      } else if (isUnsafe(text)) {
        expect(await refuse(name, text)).toContain(`${name} is unsafe in a path`);
        tally.count("unsafe");
      } else {
        expect(decodeURIComponent(await send(name, text))).toBe(text);
        tally.count("sent");
      }
    });
    await fc.assert(property, runs(2_000));
    tally.check();
  });

  test.each([1, 2, 3, 10, 1000])("is unsafe with its dots encoded %d times", async (times) => {
    const { refuse } = await startSender();
    const dot = `%${"25".repeat(times - 1)}2e`;
    for (const dots of [dot, dot + dot, `.${dot}`, `${dot}.`, dot.toUpperCase() + dot]) {
      expect(await refuse(name, dots)).toContain("is unsafe in a path");
    }
  });

  test.each([0, 1, 2, 4])("is unsafe with all of it encoded %d times", async (times) => {
    const { refuse } = await startSender();
    for (const text of [".", "..", "/", "\\", "a/b", "../b", "a\\b", "a\0", "a\nb", "a\u0085"]) {
      expect(await refuse(name, percentEncode(text, times))).toContain("is unsafe in a path");
    }
  });

  test.each(["", " ", "   ", "\t", "\r\n", "\u00a0", "\u3000"])("is blank: %j", async (text) => {
    const { refuse } = await startSender();
    expect(await refuse(name, text)).toContain(`${name} is blank`);
  });

  test("that is unsafe is not quoted", async () => {
    const { refuse } = await startSender();
    expect(await refuse(name, "word-of-the-value/..")).not.toContain("word-of-the-value");
  });

  test("is unsafe where one escape makes another, however often", async () => {
    const { refuse } = await startSender();
    const often = `%2${"%3".repeat(20_000)}5`;
    for (const text of ["%%32%65", "%2%65", "%%3%32e%2e", "a%%35c", "%25%32%66", `${often}2f`]) {
      expect(await refuse(name, text)).toContain("is unsafe in a path");
    }
  });

  test.each(["a..b", "...", ".a", "a.", "..a", "%", "%2", "100%", "%zz", "a b", "a?b#c", "é😀"])(
    "%s is no danger, and arrives",
    async (text) => {
      const { send } = await startSender();
      expect(decodeURIComponent(await send(name, text))).toBe(text);
    },
  );

  test("that is a placeholder of the template itself arrives as text", async () => {
    const { send } = await startSender();
    for (const placeholder of ["{projectId}", "{connectionId}", "{}", "$1", "$&"]) {
      expect(decodeURIComponent(await send(name, placeholder))).toBe(placeholder);
    }
  });

  test("that is a finite number arrives as its digits", async () => {
    const { send, refuse } = await startSender();
    const property = fc.asyncProperty(fc.double(), async (number) => {
      if (Number.isFinite(number)) {
        expect(Number(decodeURIComponent(await send(name, number)))).toBe(number + 0);
      } else {
        expect(await refuse(name, number)).toContain("must be a string or a finite number");
      }
    });
    const examples: [number][] = [[0], [-0], [NaN], [Infinity], [1e21], [-1.5]];
    await fc.assert(property, { ...runs(200), examples });
  });

  test.each([
    ["null", null],
    ["true", true],
    ["a BigInt", 1n],
    ["a symbol", Symbol("id")],
    ["an object", { toString: () => "id" }],
    ["a list", ["id"]],
    ["a function", () => "id"],
    ["a String object", new String("id")],
  ])("must not be %s", async (_, value) => {
    const { refuse } = await startSender();
    expect(await refuse(name, value)).toContain("must be a string or a finite number");
  });

  const rest = Object.fromEntries(Object.entries(others).filter(([other]) => other !== name));

  test("is missing where it is undefined, left out, or what every object has", async () => {
    const { recorder, refuse } = await startSender();
    expect(await refuse(name, undefined)).toContain(`${name} is missing`);
    onTestFinished(() => void Reflect.deleteProperty(Object.prototype, name));
    for (const polluting of [undefined, "value-of-all"]) {
      if (polluting) Object.assign(Object.prototype, { [name]: polluting });
      const call = clientOf(recorder).updateConnection(rest as unknown as UpdateConnectionInput);
      expect((await rejectionOf(call)).message).toContain(`${name} is missing: pass this path`);
    }
    expect(recorder.requests).toEqual([]);
  });

  test("is given by the getter of a class, too", async () => {
    const recorder = await startRecorder();
    const prototype = Object.defineProperty({}, name, { get: () => "value-of-a-class" });
    const input = Object.assign(Object.create(prototype) as object, rest);
    await clientOf(recorder).updateConnection(input as UpdateConnectionInput);
    expect(recorder.requests).toMatchObject([
      { url: expect.stringContaining("/value-of-a-class") as string },
    ]);
  });
});

describe("requests stay below the base URL", () => {
  test("whatever both path parameters are", patience, async () => {
    const { requests, baseUrl } = await startRecorder();
    const client = clientOf({ baseUrl });
    const { pathname } = new URL(baseUrl);
    const tally = tallyOf(["sent", "refused"]);
    // Of two texts like any, one in eleven would be sent: too few to count on.
    const sendable = anyText.filter((text) => text.trim() !== "" && !isUnsafe(text));
    const eitherText = fc.oneof(anyText, sendable);
    const property = fc.asyncProperty(eitherText, eitherText, async (projectId, connectionId) => {
      const call = client.updateConnection({ projectId, connectionId, body: {} });
      const reason = await reasonOf(call.then(() => Promise.reject(new Error("sent"))));
      const isRefused = reason instanceof PeakaUsageError;
      tally.count(isRefused ? "refused" : "sent");
      const arrived = requests.splice(0);
      expect(arrived).toHaveLength(isRefused ? 0 : 1);
      for (const { method, url } of arrived) {
        expect(method).toBe("PUT");
        expect(url.slice(0, pathname.length)).toBe(pathname);
        const segments = url.slice(pathname.length).split("/");
        expect(segments.map(decodeURIComponent)).toEqual([
          "",
          "connections",
          projectId,
          connectionId,
        ]);
        expect(url).not.toMatch(/[?#\\]/);
      }
    });
    await fc.assert(property, runs(2_000));
    tally.check();
  });
});
