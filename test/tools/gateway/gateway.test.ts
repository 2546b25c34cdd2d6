import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { defaultZone, zones } from "../../../generated/spec.js";
import { body, connectionId, put, start, type Put } from "./put.js";
import { exampleConnections } from "./seeds.js";

const oldCredential = exampleConnections()[0]?.credential;

describe("an update", () => {
  test("is made, and answered with the connection and a request id, without the credential", async () => {
    const gateway = await start();
    const response = await put(gateway);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    const { name, type, credential } = body;
    expect(await response.json()).toEqual({ id: connectionId, name, type });
    expect(gateway.connections.get(connectionId)).toMatchObject({ name, type, credential });
    expect(gateway.requests).toMatchObject([{ applied: true, body: JSON.stringify(body) }]);
    expect(gateway.violations).toEqual([]);
  });

  test("is served below the base path of the zone's server", async () => {
    for (const zone of Object.keys(zones) as (keyof typeof zones)[]) {
      const gateway = await start({ zone });
      expect(gateway.baseUrl).toBe(gateway.origin + new URL(zones[zone]).pathname);
    }
    expect((await start()).zone).toBe(defaultZone);
  });

  test("keeps what the body leaves out", async () => {
    const gateway = await start();
    const credential = { token: "new" };
    const response = await put(gateway, { content: JSON.stringify({ credential }) });
    const { name, type } = exampleConnections()[0] ?? {};
    expect(await response.json()).toEqual({ id: connectionId, name, type });
    expect(gateway.connections.get(connectionId)).toMatchObject({ name, type, credential });
  });

  test("gives back the url of a connection of an OAuth type", async () => {
    const url = "https://example.com/oauth";
    const connections = exampleConnections().map((connection) => ({ ...connection, url }));
    const response = await put(await start({ connections }));
    expect(await response.json()).toMatchObject({ url });
  });
});

describe("a refusal leaves the connection as it is", () => {
  const refusals: [string, Put, number, object][] = [
    [
      "an unknown key is a 401",
      { key: "other" },
      401,
      { error: "UNAUTHORIZED", errorCode: "au001" },
    ],
    [
      "a project key outside its project is a 403",
      { key: "project-key", project: "elsewhere" },
      403,
      { error: "FORBIDDEN", errorCode: "au002" },
    ],
    [
      "an unknown connection is a 400, not a 404",
      { connection: "unknown" },
      400,
      { error: "INVALID_CONNECTION_ID", message: "invalid connection id", errorCode: "cn004" },
    ],
    [
      "a connection of another project is unknown",
      { project: "elsewhere" },
      400,
      { error: "INVALID_CONNECTION_ID" },
    ],
    [
      "a body without credential is the framework's 400, which quotes it",
      { content: '{"name":"n"}' },
      400,
      {
        error: "Bad Request",
        status: 400,
        message: expect.stringContaining('{"name":"n"}') as string,
      },
    ],
  ];
  test.each(refusals)("%s", async (_, options, status, expected) => {
    const gateway = await start();
    const response = await put(gateway, options);
    expect(response.status).toBe(status);
    expect(response.headers.has("x-request-id")).toBe(true);
    expect(await response.json()).toMatchObject(expected);
    expect(gateway.connections.get(connectionId)?.credential).toEqual(oldCredential);
    expect(gateway.requests).toMatchObject([{ applied: false }]);
    expect(gateway.violations).toEqual([]);
  });

  test("a project key works within its project", async () => {
    expect((await put(await start(), { key: "project-key" })).status).toBe(200);
  });

  test("a wrong credential is a 400 that quotes it", async () => {
    const gateway = await start({ validCredential: (_, { token }) => token === "right" });
    const wrong = await put(gateway, { content: '{"credential":{"user":"me","port":5432}}' });
    expect(wrong.status).toBe(400);
    const { type } = exampleConnections()[0] ?? {};
    expect(await wrong.json()).toEqual({
      error: "INVALID_CREDENTIALS",
      message: `login to ${String(type)} failed with "me", 5432`,
      errorCode: "cn012",
    });
    expect(gateway.connections.get(connectionId)?.credential).toEqual(oldCredential);
    const right = await put(gateway, { content: '{"credential":{"token":"right"}}' });
    expect(right.status).toBe(200);
  });
});

describe("close", () => {
  test("ends connections that hang, wait or have sent nothing", { timeout: 20_000 }, async () => {
    const gateway = await start();
    gateway.fail({ hang: true }, { delayMs: 600_000 }, { trickleMs: 600_000 });
    const answers = [put(gateway), put(gateway), put(gateway).then((answer) => answer.text())];
    const settled = Promise.allSettled(answers);
    const idle = connect(Number(new URL(gateway.origin).port), "127.0.0.1");
    await once(idle, "connect");
    await gateway.arrived(3);
    const idleEnds = once(idle.resume(), "close");
    await gateway.close();
    await idleEnds;
    expect((await settled).map(({ status }) => status)).toEqual(Array(3).fill("rejected"));
    for (const { ended } of gateway.requests) expect(await ended).toBe("cut");
  });

  test("can be called twice", async () => {
    const gateway = await start();
    await gateway.close();
    await gateway.close();
  });
});
