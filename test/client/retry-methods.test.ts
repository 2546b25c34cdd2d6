import { beforeEach, describe, expect, test, vi } from "vitest";
import { PeakaTimeoutError, type PeakaClientOptions } from "../../src/index.js";
import type { Fault } from "../tools/gateway/faults.js";
import { start } from "../tools/gateway/put.js";
import { callAny } from "../tools/call-any.js";
import { clientOf } from "../tools/client-of.js";
import { ofAnotherApi } from "../tools/departures.js";
import { failureOf } from "../tools/failure.js";
import { skipBackoff } from "../tools/no-backoff.js";

// The spec has one operation, a PUT.
vi.mock("../../generated/spec.js", () => import("../tools/richer-spec.js"));
beforeEach(ofAnotherApi);

const json = { "content-type": "application/json" };
const thing: Fault = { status: 200, headers: json, body: '{"id":"1"}' };
const list: Fault = { status: 200, headers: json, body: "[1]" };

/** A call that meets these faults in turn. */
async function calling(
  operation: string,
  input: object,
  faults: Fault[],
  options: PeakaClientOptions = {},
) {
  skipBackoff();
  const gateway = await start();
  gateway.fail(...faults);
  const client = clientOf(gateway, { timeoutMs: 1_000, ...options });
  return { gateway, result: callAny(client, operation, input) };
}

describe("a POST", () => {
  test("is not tried again after a timeout", async () => {
    const { gateway, result } = await calling("create", { body: {} }, [{ hang: true }]);
    expect(await failureOf(result, PeakaTimeoutError)).toMatchObject({ outcome: "unknown" });
    expect(gateway.requests).toMatchObject([{ method: "POST", body: "{}" }]);
  });

  test("is tried again where the key came too late, for nothing was sent", async () => {
    const keys = [new Promise<never>(() => undefined), "partner-key"];
    const apiKey = async () => (await keys.shift()) ?? "none";
    const { gateway, result } = await calling("create", { body: {} }, [thing], { apiKey });
    expect(await result).toEqual({ id: "1" });
    expect(gateway.requests).toHaveLength(1);
  });
});

describe("a GET", () => {
  test.each<Fault>([
    { status: 503, headers: { "retry-after": "0" } },
    { reset: "on-arrival" },
    { reset: "after-request" },
    { hang: true },
  ])("is tried again after %j", async (fault) => {
    const { gateway, result } = await calling("search", {}, [fault, list]);
    expect(await result).toEqual([1]);
    expect(gateway.requests.map(({ method, body }) => method + body)).toEqual(["GET", "GET"]);
  });

  test("that gets no answer has changed nothing", async () => {
    const { result } = await calling("search", {}, [{ hang: true }], { maxRetries: 0 });
    const error = await failureOf(result, PeakaTimeoutError);
    expect(error.outcome).toBe("not-applied");
    expect(error.message).not.toContain("applied");
  });
});

describe("a DELETE without content", () => {
  const answers: [string, Fault][] = [
    ["no content", { status: 204 }],
    ["a page", { status: 200, headers: { "content-type": "text/html" }, body: "<p>done</p>" }],
    ["broken JSON", { status: 200, headers: json, body: "{" }],
    ["an answer without end", { endless: true }],
  ];
  test.each(answers)("gives undefined for %s", async (_, answer) => {
    const { gateway, result } = await calling("remove", { id: 1 }, [answer]);
    expect(await result).toBeUndefined();
    expect(gateway.requests).toMatchObject([{ method: "DELETE", body: "" }]);
  });
});
