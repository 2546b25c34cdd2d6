import { describe, expect, test } from "vitest";
import { faults, type Fault } from "./faults.js";
import { body, connectionId, put, start, type Put } from "./put.js";
import { exampleConnections } from "./seeds.js";

const [{ credential: oldCredential } = { credential: {} }] = exampleConnections();

test("an update is made, and answered without the credential", async () => {
  const gateway = await start();
  const response = await put(gateway);
  const { name, type, credential } = body;
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(await response.json()).toEqual({ id: connectionId, name, type });
  expect(gateway.connections.get(connectionId)).toMatchObject({ name, type, credential });
  expect(gateway).toMatchObject({ violations: [], requests: [{ applied: true }] });
});

describe("a refusal leaves the connection as it is:", () => {
  test.each<[string, Put, number, object]>([
    ["an unknown key", { key: "other" }, 401, { error: "UNAUTHORIZED" }],
    [
      "a project key elsewhere",
      { key: "project-key", project: "elsewhere" },
      403,
      { error: "FORBIDDEN" },
    ],
    ["an unknown connection", { connection: "none" }, 400, { errorCode: "cn004" }],
    ["another project", { project: "elsewhere" }, 400, { error: "INVALID_CONNECTION_ID" }],
    ["no credential", { content: "{}" }, 400, { error: "Bad Request", status: 400 }],
    [
      "a wrong credential",
      { content: '{"credential":{"token":"wrong"}}' },
      400,
      { errorCode: "cn012" },
    ],
  ])("%s", async (_, options, status, said) => {
    const gateway = await start({ validCredential: () => false });
    const response = await put(gateway, options);
    expect([response.status, await response.json()]).toMatchObject([status, said]);
    expect(gateway.connections.get(connectionId)?.credential).toEqual(oldCredential);
    expect(gateway.requests).toMatchObject([{ applied: false }]);
  });
});

describe("a fault strikes the next request", () => {
  test.each<[string, Fault, boolean, "answered" | "cut"]>([
    ["another answer", { status: 503 }, false, "answered"],
    ["after it was applied", { ...faults.html, applied: true }, true, "answered"],
    ["a reset on arrival", { reset: "on-arrival" }, false, "cut"],
    ["a reset after the request", { reset: "after-request", applied: true }, true, "cut"],
    ["a reset within the answer", { reset: "mid-body" }, true, "cut"],
    ["a body one byte at a time", { trickleMs: 0 }, true, "answered"],
  ])("%s, and no more", async (_, fault, applied, ended) => {
    const gateway = await start();
    gateway.fail(fault);
    await put(gateway)
      .then((response) => response.text())
      .catch(() => undefined);
    expect(gateway.requests).toMatchObject([{ applied }]);
    expect(await gateway.requests[0]?.ended).toBe(ended);
    expect((await put(gateway)).status).toBe(200);
  });

  test("until the caller or the gateway goes", async () => {
    const gateway = await start();
    gateway.fail({ hang: true, times: 2 }, { delayMs: 600_000 });
    const caller = new AbortController();
    const answers = [caller.signal, undefined, undefined].map((signal) =>
      put(gateway, signal && { signal }).then((response) => response.text()),
    );
    const settled = Promise.allSettled(answers);
    await gateway.arrived(3);
    caller.abort();
    await gateway.close();
    expect((await settled).map(({ status }) => status)).toEqual(Array(3).fill("rejected"));
  });
});
