import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPeakaClient, defaultZone, zones, type Zone } from "../../src/index.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { refusalOf } from "../tools/refusal.js";
import { runs } from "../tools/runs.js";

const apiKey = "key-of-the-base-url";
const at = (baseUrl: string) => createPeakaClient({ apiKey, baseUrl });
const refused = (baseUrl: string) => refusalOf(() => at(baseUrl)).message;

describe("zone", () => {
  test.each(Object.entries(zones))("%s is the URL that the spec gives it", (zone, url) => {
    const client = createPeakaClient({ apiKey, zone: zone as Zone });
    expect(client).toMatchObject({ zone, baseUrl: url });
  });

  test("a wrong one is answered with those that there are", () => {
    const { message } = refusalOf(() => createPeakaClient({ apiKey, zone: "mars" as Zone }));
    expect(message).toBe(`createPeakaClient: zone must be one of ${Object.keys(zones).join(", ")}`);
  });

  test("and baseUrl exclude each other, whatever they are", () => {
    for (const baseUrl of [zones[defaultZone], "http://127.0.0.1", "gateway"]) {
      const both = { apiKey, zone: defaultZone, baseUrl } as const;
      expect(refusalOf(() => createPeakaClient(both)).message).toBe(
        "createPeakaClient: zone and baseUrl exclude each other: pass one of them",
      );
    }
  });
});

describe("baseUrl", () => {
  test("takes the place of the zone", async () => {
    const gateway = await start();
    const client = clientOf(gateway);
    expect(client).toMatchObject({ zone: undefined, baseUrl: gateway.baseUrl });
    await client.updateConnection(exampleUpdate);
    expect(gateway.requests).toMatchObject([{ applied: true }]);
  });

  test.each([
    ["https://gateway.example", "https://gateway.example"],
    ["https://gateway.example/", "https://gateway.example"],
    ["https://gateway.example//", "https://gateway.example"],
    ["https://gateway.example:8443/api/v1/", "https://gateway.example:8443/api/v1"],
    ["HTTPS://Gateway.Example:443/api/./v1", "https://gateway.example/api/v1"],
  ])("%s is %s", (given, baseUrl) => {
    expect(at(given).baseUrl).toBe(baseUrl);
  });

  test.each(["/", "///"])("may end in %s, which no request repeats", async (slashes) => {
    const gateway = await start();
    await clientOf({ baseUrl: gateway.baseUrl + slashes }).updateConnection(exampleUpdate);
    expect(gateway.requests).toMatchObject([{ applied: true }]);
    expect(gateway.violations).toEqual([]);
  });

  test.each(["localhost", "LOCALHOST:8080", "127.0.0.1", "127.11.222.133:80", "[::1]:3000"])(
    "may be http: on the loopback address %s",
    (host) => {
      expect(at(`http://${host}/api`).baseUrl).toBe(new URL(`http://${host}/api`).href);
    },
  );

  test.each([
    "gateway.example",
    "localhost.example",
    "notlocalhost",
    "x.localhost",
    "1127.0.0.1.example",
    "localhost.",
    "127.0.0.1.example",
    "127.example",
    "10.0.0.1",
    "192.168.0.1",
    "0.0.0.0",
    "[::]",
    "[::2]",
    "[::ffff:127.0.0.1]",
  ])("must not be http: on %s", (host) => {
    expect(refused(`http://${host}`)).toBe(
      "createPeakaClient: baseUrl must be https:, or http: on a loopback address",
    );
  });

  test.each(["ftp:", "ws:", "wss:", "file:", "blob:https:", "javascript:", "data:"])(
    "must not be %s",
    (scheme) => {
      expect(refused(`${scheme}//127.0.0.1/`)).toContain("baseUrl must be https:");
    },
  );

  const word = fc.stringMatching(/^[0-9A-F]{16}$/);
  const parts: [string, (word: string) => string, string][] = [
    ["a user name", (text) => `https://${text}@gateway.example`, "a user name or password"],
    ["a password", (text) => `https://:${text}@gateway.example`, "a user name or password"],
    ["both", (text) => `http://u:${text}@127.0.0.1/api`, "a user name or password"],
    ["a query", (text) => `https://gateway.example/api?key=${text}`, "a query or a fragment"],
    ["a fragment", (text) => `https://gateway.example/api#${text}`, "a query or a fragment"],
    ["an empty query", () => "https://gateway.example/api?", "a query or a fragment"],
    ["an empty fragment", () => "https://gateway.example/api#", "a query or a fragment"],
  ];
  test.each(parts)("with %s is refused, and nothing of it is quoted", (_, urlWith, problem) => {
    fc.assert(
      fc.property(word, (text) => {
        const message = refused(urlWith(text));
        expect(message).toMatch(/^createPeakaClient: baseUrl must not (?:hold|have) /);
        expect(message).toContain(problem);
        expect(message).not.toContain(text);
        expect(message).not.toContain("gateway.example");
      }),
      runs(200),
    );
  });

  test.each([
    ["a list", ["https://gateway.example"]],
    ["a URL object", new URL("https://gateway.example")],
    ["an object that reads as one", { toString: (): string => "https://gateway.example" }],
  ])("must be a string, not %s", (_, baseUrl) => {
    const options = { apiKey, baseUrl: baseUrl as string };
    expect(refusalOf(() => createPeakaClient(options)).message).toContain(": baseUrl must be ");
  });
});
