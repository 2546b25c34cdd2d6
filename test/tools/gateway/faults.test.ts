import { describe, expect, test } from "vitest";
import { faults, type Fault } from "./faults.js";
import { body, connectionId, put, start } from "./put.js";

const { credential } = body;

/** The code of the socket error below fetch's own. */
async function failure(answer: Promise<unknown>): Promise<unknown> {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause ? cause.code : error;
}

describe("faults strike the next requests in their order", () => {
  test("each once, or as many times as it says", async () => {
    const gateway = await start();
    gateway.fail({ status: 503, times: 2 }, {}, { status: 429, headers: { "retry-after": "7" } });
    const statuses: number[] = [];
    for (let request = 0; request < 5; request += 1) statuses.push((await put(gateway)).status);
    expect(statuses).toEqual([503, 503, 200, 429, 200]);
    expect(gateway.requests.map(({ applied }) => applied)).toEqual([
      ...[false, false, true, false, true],
    ]);
  });

  test("an answer of any status, headers and body, with a request id", async () => {
    const gateway = await start();
    gateway.fail({ status: 502, headers: { "content-type": "text/html" }, body: "<p>Bad</p>" });
    const response = await put(gateway);
    expect(response.status).toBe(502);
    expect(response.headers.get("content-type")).toBe("text/html");
    expect(response.headers.has("x-request-id")).toBe(true);
    expect(await response.text()).toBe("<p>Bad</p>");
  });

  test.each(["brokenJson", "html", "wrongContentType"] as const)("%s is a 200", async (name) => {
    const gateway = await start();
    gateway.fail(faults[name]);
    const response = await put(gateway);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(faults[name].headers["content-type"]);
    expect(await response.text()).toBe(faults[name].body);
  });

  test("an oversized content-length is announced, and not sent", async () => {
    const gateway = await start();
    gateway.fail(faults.oversizedContentLength);
    const response = await put(gateway);
    expect(response.headers.get("content-length")).toBe("1000000000");
    await response.body?.cancel();
  });

  test("a redirect names its target, and a gateway that was not asked has no request", async () => {
    const [gateway, other] = [await start(), await start()];
    gateway.fail(faults.redirect(307, other.baseUrl));
    const response = await put(gateway);
    expect([response.status, response.headers.get("location")]).toEqual([307, other.baseUrl]);
    expect(other.requests).toEqual([]);
  });
});

describe("a connection breaks", () => {
  test("on arrival, before the body is read", async () => {
    const gateway = await start();
    gateway.fail({ reset: "on-arrival" });
    expect(await failure(put(gateway))).toBe("ECONNRESET");
    expect(gateway.requests).toMatchObject([{ body: "", applied: false }]);
  });

  test.each([true, false])("after the request, with it applied: %s", async (applied) => {
    const gateway = await start();
    gateway.fail({ reset: "after-request", applied });
    expect(await failure(put(gateway))).toBe("ECONNRESET");
    expect(gateway.requests).toMatchObject([{ body: JSON.stringify(body), applied }]);
  });

  test("in mid-body, when half of the answer has gone out", async () => {
    const gateway = await start();
    gateway.fail({ reset: "mid-body" });
    const response = await put(gateway);
    expect(response.status).toBe(200);
    expect(await failure(response.text())).toBe("UND_ERR_SOCKET");
    expect(gateway.connections.get(connectionId)).toMatchObject({ credential });
    expect(await gateway.requests[0]?.ended).toBe("cut");
  });
});

describe("an answer is late, slow or without end", () => {
  const late: [string, Fault][] = [
    ["a delay", { delayMs: 30 }],
    ["a body one byte at a time", { trickleMs: 1 }],
  ];
  test.each(late)("%s gives the gateway's own answer", async (_, fault) => {
    const gateway = await start();
    gateway.fail(fault);
    const response = await put(gateway);
    expect(await response.json()).toMatchObject({ id: connectionId });
    expect(performance.now() - (gateway.requests[0]?.arrivedAt ?? 0)).toBeGreaterThanOrEqual(29);
    expect(await gateway.requests[0]?.ended).toBe("answered");
  });

  test.each([true, false])("a hang ends with the caller, with it applied: %s", async (applied) => {
    const gateway = await start();
    gateway.fail({ hang: true, applied });
    const caller = new AbortController();
    const answer = put(gateway, { signal: caller.signal });
    const rejected = expect(answer).rejects.toThrow("gone");
    await gateway.arrived(1);
    caller.abort(new Error("gone"));
    await rejected;
    expect(await gateway.requests[0]?.ended).toBe("cut");
    expect(gateway.requests).toMatchObject([{ applied }]);
  });

  test("an endless body stops when the caller goes", async () => {
    const gateway = await start();
    gateway.fail({ endless: true });
    const response = await put(gateway);
    const reader = response.body?.getReader();
    const chunk = (await reader?.read())?.value as Uint8Array | undefined;
    expect(chunk?.byteLength).toBeGreaterThan(0);
    await reader?.cancel();
    expect(await gateway.requests[0]?.ended).toBe("cut");
  });

  test("an endless body stops at 64 MiB", async () => {
    const gateway = await start();
    gateway.fail({ endless: true });
    const length = (await (await put(gateway)).arrayBuffer()).byteLength;
    expect(length).toBe(64 * 1024 * 1024 + '{"name":"'.length);
    expect(await gateway.requests[0]?.ended).toBe("answered");
  });
});
