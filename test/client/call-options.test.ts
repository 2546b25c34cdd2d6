import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { PeakaTimeoutError, type CallOptions } from "../../src/index.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { rejectionOf } from "../tools/refusal.js";

const failing = { status: 503, headers: { "retry-after": "0" } };

/** For each option of a call, values that it must not have. */
const wrong: Record<keyof CallOptions, unknown[]> = {
  signal: [
    ...[null, "signal", true, 0, {}, new AbortController(), new EventTarget()],
    { throwIfAborted: () => undefined },
  ],
  timeoutMs: [null, 0, 0.5, -1, NaN, Infinity, 2 ** 31, 2 ** 31 - 0.5, "1000", 1000n],
  maxRetries: [null, -1, 0.5, NaN, Infinity, 2 ** 53, "2", 2n],
};

describe("a wrong option of a call is refused before anything is sent", () => {
  const reject = async (options: unknown) => {
    const gateway = await start();
    const call = clientOf(gateway).updateConnection(exampleUpdate, options as CallOptions);
    const error = await rejectionOf(call);
    expect(error.operation).toBe("updateConnection");
    expect(gateway.requests).toEqual([]);
    return error.message.replace(/^PUT \S+ \(\S+\): /, "");
  };

  const cases = Object.entries(wrong).flatMap(([name, values]) =>
    values.map((value) => [name, inspect(value, { depth: 0 }), value] as const),
  );
  test.each(cases)("%s: %s", async (name, _, value) => {
    expect(await reject({ [name]: value })).toMatch(new RegExp(`^${name} must be `));
  });

  test.each([null, "options-of-the-call", 1, false])("%j in place of options", async (options) => {
    expect(await reject(options)).toBe("options must be an object");
  });

  test.each(["headers", "redirect", "method", "body", "fetch", "apiKey", "zone", "baseUrl"])(
    "%s, which passes through no call",
    async (name) => {
      const message = await reject({ [name]: "value-of-the-call" });
      expect(message).toBe(`options must not hold ${name}, only signal, timeoutMs, maxRetries`);
    },
  );

  test("a wrong option rejects the call, and does not throw", async () => {
    const client = clientOf(await start());
    const options = { timeoutMs: 0 };
    const calls = [
      client.updateConnection(exampleUpdate, options),
      client.call("updateConnection", exampleUpdate, options),
    ];
    for (const call of calls) expect((await rejectionOf(call)).message).toContain("timeoutMs");
  });
});

describe("an option of a call", () => {
  test("maxRetries goes before the client's", async () => {
    const gateway = await start();
    gateway.fail({ ...failing, times: 2 });
    const client = clientOf(gateway, { maxRetries: 5 });
    const call = client.updateConnection(exampleUpdate, { maxRetries: 0 });
    await expect(call).rejects.toMatchObject({ status: 503, attempts: 1 });
    const again = client.call("updateConnection", exampleUpdate, { maxRetries: 1 });
    await expect(again).resolves.toMatchObject({ id: exampleUpdate.connectionId });
    expect(gateway.requests).toHaveLength(3);
  });

  test("timeoutMs goes before the client's", async () => {
    const gateway = await start();
    gateway.fail({ hang: true });
    const client = clientOf(gateway, { maxRetries: 0, timeoutMs: 60_000 });
    const error: unknown = await client
      .updateConnection(exampleUpdate, { timeoutMs: 20 })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PeakaTimeoutError);
    expect(error).toMatchObject({ timeoutMs: 20, attempts: 1 });
    await gateway.requests[0]?.ended;
  });

  test("signal ends the call with its reason", async () => {
    const gateway = await start();
    gateway.fail({ hang: true });
    const controller = new AbortController();
    const { signal } = controller;
    const call = clientOf(gateway).updateConnection(exampleUpdate, { signal });
    await gateway.arrived(1);
    const reason = new Error("the service shuts down");
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(await gateway.requests[0]?.ended).toBe("cut");
  });

  test("signal that has aborted lets nothing be sent", async () => {
    const gateway = await start();
    const apiKey = vi.fn(() => "partner-key");
    const signal = AbortSignal.abort("too late");
    const call = clientOf(gateway, { apiKey }).updateConnection(exampleUpdate, { signal });
    await expect(call).rejects.toBe("too late");
    expect(gateway.requests).toEqual([]);
    expect(apiKey).not.toHaveBeenCalled();
  });

  test("that is undefined is the client's", async () => {
    const gateway = await start();
    gateway.fail({ ...failing, times: 2 });
    const options = { signal: undefined, timeoutMs: undefined, maxRetries: undefined };
    const call = clientOf(gateway, { maxRetries: 1 }).updateConnection(exampleUpdate, options);
    await expect(call).rejects.toMatchObject({ attempts: 2 });
    gateway.fail({ hang: true });
    const impatient = clientOf(gateway, { maxRetries: 0, timeoutMs: 20 });
    const late = impatient.updateConnection(exampleUpdate, options);
    await expect(late).rejects.toMatchObject({ name: "PeakaTimeoutError", timeoutMs: 20 });
  });

  test("is read when the call is made: a later change of it changes nothing", async () => {
    const gateway = await start();
    gateway.fail({ ...failing, times: 2 });
    const options: CallOptions = { maxRetries: 1 };
    const call = clientOf(gateway).updateConnection(exampleUpdate, options);
    options.maxRetries = 5;
    await expect(call).rejects.toMatchObject({ attempts: 2 });
  });
});
