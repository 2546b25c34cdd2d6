import { Console } from "node:console";
import { PassThrough } from "node:stream";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createPeakaClient, zones, type Zone } from "../../src/index.js";

const apiKey = "key-that-nobody-may-see";
const [name = "us", baseUrl] = Object.entries(zones).at(-1) ?? [];
const zone = name as Zone;

function printed(value: unknown): string {
  const stream = new PassThrough({ encoding: "utf8" });
  new Console(stream).log(value);
  return String(stream.read());
}

describe("a client that is logged", () => {
  const client = createPeakaClient({ zone, apiKey });

  test("by console.log shows its zone and base URL only", () => {
    expect(printed(client)).toBe(`${inspect({ zone, baseUrl })}\n`);
    expect(printed(client)).toContain(String(baseUrl));
  });

  test("by JSON.stringify shows its zone and base URL only", () => {
    expect(JSON.stringify(client)).toBe(JSON.stringify({ zone, baseUrl }));
  });

  test("by util.inspect with all that is hidden, to any depth, shows no key", () => {
    const shown = inspect(client, { showHidden: true, depth: Infinity, getters: true });
    expect(shown).toContain(`baseUrl: '${String(baseUrl)}'`);
    expect(shown).not.toContain(apiKey);
  });

  test("shows its base URL only where it has that in place of a zone", () => {
    const elsewhere = createPeakaClient({ baseUrl: "https://gateway.example/api/", apiKey });
    expect(JSON.stringify(elsewhere)).toBe('{"baseUrl":"https://gateway.example/api"}');
    expect(Object.keys({ ...elsewhere })).toEqual(["zone", "baseUrl"]);
    expect(printed(elsewhere)).not.toContain(apiKey);
  });

  test("has the same two facts as properties", () => {
    expect({ zone: client.zone, baseUrl: client.baseUrl }).toEqual({ zone, baseUrl });
  });

  test("shows nothing of a key that is a function, or of the other options", () => {
    const fetch = () => Promise.reject(new Error("not called"));
    const options = { apiKey: () => apiKey, fetch, onAttempt: () => undefined, timeoutMs: 12345 };
    const shown = inspect(createPeakaClient(options), { showHidden: true, depth: Infinity });
    expect(shown).not.toMatch(/apiKey|fetch|onAttempt|12345/);
  });
});
