import { describe, expect, test } from "vitest";
import { createPeakaClient, defaultZone, zones, type Zone } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { refusalOf } from "../tools/failure.js";
import { start } from "../tools/gateway/start.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";

const apiKey = "key-of-the-base-url";
const at = (baseUrl: string) => createPeakaClient({ apiKey, baseUrl });
const refused = (baseUrl: string) => refusalOf(() => at(baseUrl)).message;

describe("zone", () => {
  test("a wrong one is answered with those that there are", () => {
    const { message } = refusalOf(() => createPeakaClient({ apiKey, zone: "mars" as Zone }));
    expect(message).toBe(`createPeakaClient: zone must be one of ${Object.keys(zones).join(", ")}`);
  });

  test.each([zones[defaultZone], "http://127.0.0.1", "gateway"])(
    "excludes baseUrl %s",
    (baseUrl) => {
      const both = { apiKey, zone: defaultZone, baseUrl } as const;
      expect(refusalOf(() => createPeakaClient(both)).message).toBe(
        "createPeakaClient: zone and baseUrl exclude each other: pass one of them",
      );
    },
  );
});

describe("baseUrl", () => {
  test.each(["", "/", "///"])(
    "takes the place of the zone, with %j at its end",
    async (slashes) => {
      const gateway = await start();
      const client = clientOf({ baseUrl: gateway.baseUrl + slashes });
      expect(client).toMatchObject({ zone: undefined, baseUrl: gateway.baseUrl });
      await client.updateConnection(exampleUpdate);
      expect(gateway).toMatchObject({ requests: [{ applied: true }], violations: [] });
    },
  );

  test.each([
    ["https://gateway.example", "https://gateway.example"],
    ["https://gateway.example//", "https://gateway.example"],
    ["https://gateway.example:8443/api/v1/", "https://gateway.example:8443/api/v1"],
    ["HTTPS://Gateway.Example:443/api/./v1", "https://gateway.example/api/v1"],
  ])("%s is %s", (given, baseUrl) => {
    expect(at(given).baseUrl).toBe(baseUrl);
  });

  test.each(["localhost", "LOCALHOST:8080", "127.0.0.1", "127.11.222.133:80", "[::1]:3000"])(
    "may be http: on the loopback address %s",
    (host) => {
      expect(at(`http://${host}/api`).baseUrl).toBe(new URL(`http://${host}/api`).href);
    },
  );

  test.each([
    ...["gateway.example", "localhost.example", "notlocalhost", "x.localhost", "localhost."],
    ...["1127.0.0.1.example", "127.0.0.1.example", "127.example", "10.0.0.1", "192.168.0.1"],
    ...["0.0.0.0", "[::]", "[::2]", "[::ffff:127.0.0.1]"],
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

  test.each([
    ["a user name", "https://word-of-it@gateway.example", "hold a user name or password"],
    ["a password", "https://:word-of-it@gateway.example", "hold a user name or password"],
    ["both", "http://u:word-of-it@127.0.0.1/api", "hold a user name or password"],
    ["a query", "https://gateway.example/api?key=word-of-it", "have a query or a fragment"],
    ["a fragment", "https://gateway.example/api#word-of-it", "have a query or a fragment"],
    ["an empty query", "https://gateway.example/api?", "have a query or a fragment"],
    ["an empty fragment", "https://gateway.example/api#", "have a query or a fragment"],
  ])("with %s is refused, and nothing of it is quoted", (_, baseUrl, problem) => {
    expect(refused(baseUrl)).toBe(`createPeakaClient: baseUrl must not ${problem}`);
  });
});
