import { createServer, type RequestListener } from "node:http";
import type { Socket } from "node:net";

import { describe, expect, test, vi } from "vitest";

import { messageOf } from "../../../scripts/generate/command.js";
import { download, type Limits, nameOf } from "../../../scripts/import/download.js";
import { closedBaseUrl } from "../../tools/closed-port.js";
import { ofAnotherApi } from "../../tools/departures.js";
import { listen } from "../../tools/listen.js";
import { importing, pageOf, peaka, refusal } from "./harness.js";

/** The origin of a server that answers so until the test is over. */
function serve(listener: RequestListener): Promise<string> {
  ofAnotherApi();
  return listen(createServer(listener));
}

const limits: Limits = { bytes: 2 ** 20, timeoutMs: 60_000 };

/** What a download comes to: its text, or the line with which it is refused. */
async function outcomeOf(address: string, changes: Partial<Limits> = {}): Promise<string> {
  try {
    const bytes = await download(address, { ...limits, ...changes });
    return bytes.toString();
  } catch (error) {
    return messageOf(error);
  }
}

describe("a source at an address", () => {
  test("is imported like a file, and told in messages without its query", async () => {
    const origin = await serve(({ url = "" }, response) => {
      response.end(url === "/page.md" ? pageOf(peaka) : "a: [");
    });
    const { changes } = await importing(peaka, "", { source: `${origin}/page.md` });
    expect(changes).toEqual([]);
    expect(await refusal(peaka, "", { source: `${origin}/spec.yaml?token=secret` })).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/spec\.yaml:1:5: is not valid YAML: /,
    );
    expect(nameOf("https://a b/?token=secret")).toBe("https://a b/");
  });

  test("may point to another place of its own origin", async () => {
    const origin = await serve((request, response) => {
      if (request.url === "/new") response.end("here");
      else response.writeHead(308, { location: "/new" }).end();
    });
    expect(await outcomeOf(`${origin}/old`)).toBe("here");
  });

  test("is asked for through a proxy of the environment", async () => {
    const asked: string[] = [];
    const proxy = createServer().on("connect", ({ url = "" }, socket: Socket) => {
      asked.push(url);
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    vi.stubEnv("no_proxy", "").stubEnv("https_proxy", await listen(proxy));
    const outcome = await outcomeOf("https://api.example/a");
    vi.unstubAllEnvs();
    expect(outcome).toContain("https://api.example/a: cannot be fetched: ");
    expect(asked).toEqual(["api.example:443"]);
  });
});

describe("an address is refused", () => {
  const overHttp = "is not fetched over http: use the https: address";
  test.each([
    ["over http", "http://api.example/a", `http://api.example/a: ${overHttp}`],
    ["on a host like loopback", "http://127.0.0.1.a/", `http://127.0.0.1.a/: ${overHttp}`],
    [
      "with a password, which is not repeated",
      "https://me:secret@api.example/x",
      "https://api.example/x: must not come with a user name or password",
    ],
    [
      "over anything else",
      "ftp://me:secret@api.example/a",
      "ftp://api.example/a: is not fetched over ftp: use the https: address",
    ],
    ["that is none", "https://?q=secret", "https://: is not an address"],
    [
      "that is none, with a password",
      "https://me:s:@/cret@a b/c",
      "https://a b/c: is not an address",
    ],
  ])("%s", async (_, address, message) => {
    expect(await outcomeOf(address)).toBe(message);
  });

  test.each([
    ["http://me:secret@ORIGIN/b", "redirects to an address with a user name or password"],
    ["//me:secret@ORIGIN/b", "redirects to an address with a user name or password"],
    ["https://me:secret@other.example/b", "redirects to https://other.example, which is not"],
    ["https://me:secret@other example/b", "redirects to no address, which is not followed"],
  ])("that redirects to %s, whose password is not repeated", async (location, message) => {
    const origin = await serve(({ headers: { host = "" } }, response) => {
      response.writeHead(302, { location: location.replace("ORIGIN", host) }).end();
    });
    const line = await outcomeOf(`${origin}/a`);
    expect(line).toContain(`${origin}/a: ${message}`);
    expect(line).not.toMatch(/secret|\bme\b/);
  });

  test("that redirects to another origin, which is not asked", async () => {
    let requests = 0;
    const other = await serve((_, response) => {
      requests += 1;
      response.end();
    });
    const refused =
      /^\S+\/a: redirects to (http:\/\/127\.0\.0\.1:\d+|https:\/\/other\.example|null|no address), which/;
    const secret = "https://other.example/x?token=secret";
    for (const location of [other, secret, "file:///etc/hosts", "http://"]) {
      const origin = await serve((_, response) => response.writeHead(302, { location }).end());
      const line = await outcomeOf(`${origin}/a`);
      expect(line).toMatch(refused);
      expect(line).toMatch(/ is not followed$/);
    }
    expect(requests).toBe(0);
  });

  test.each<[string, RequestListener, string]>([
    [
      "that redirects without end",
      (_, response) => response.writeHead(302, { location: "/a" }).end(),
      "redirects more than 5 times",
    ],
    [
      "that answers with an error",
      (_, response) => response.writeHead(404).end("not here"),
      "cannot be fetched: status 404",
    ],
    [
      "that answers with too much",
      (_, response) => response.end(Buffer.alloc(2 ** 20 + 1)),
      "is larger than 1 MiB",
    ],
  ])("%s", async (_, listener, message) => {
    const origin = await serve(listener);
    expect(await outcomeOf(`${origin}/a`)).toBe(`${origin}/a: ${message}`);
  });

  test("that does not answer in time, or stops in the middle", async () => {
    const [silent, slow] = await Promise.all([
      serve(() => undefined),
      serve((_, response) => response.write("openapi:")),
    ]);
    for (const origin of [silent, slow]) {
      const line = await outcomeOf(`${origin}/a`, { timeoutMs: 200 });
      expect(line).toMatch(/\/a: cannot be fetched: no answer within 0\.2 s$/);
    }
  });

  test("where nothing listens, or the connection breaks", async () => {
    const origin = await serve((_, response) => {
      response.write("openapi:");
      setImmediate(() => response.destroy());
    });
    expect(await outcomeOf(`${origin}/a`)).toMatch(/\/a: cannot be fetched: \w+$/);
    const gone = await closedBaseUrl();
    expect(await outcomeOf(`${gone}/a`)).toBe(`${gone}/a: cannot be fetched: ECONNREFUSED`);
  });
});
