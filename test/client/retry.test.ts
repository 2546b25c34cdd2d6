import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { PeakaApiError, PeakaUsageError, type Attempt } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { stopClock } from "../tools/clock.js";
import { deferred } from "../tools/deferred.js";
import { failWith } from "../tools/fail-with.js";
import { failureOf, reasonOf } from "../tools/failure.js";
import type { Fault } from "../tools/gateway/faults.js";
import { start } from "../tools/gateway/start.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { skipBackoff } from "../tools/no-backoff.js";

// An answer that asks for no wait is followed by the backoff alone.
beforeEach(skipBackoff);

const atOnce = { "retry-after": "0" };

describe("what may pass is tried again", () => {
  test.each<[Fault]>([
    ...[408, 429, 500, 502, 503, 504].map((status): [Fault] => [{ status, headers: atOnce }]),
    ...[["break"] as [Fault], ["broken-body"] as [Fault]],
  ])("%j, with the same bytes", async (fault) => {
    skipBackoff();
    const gateway = await start();
    gateway.fail(fault);
    const body = { ...exampleUpdate.body, name: "first" };
    const onAttempt = () => {
      body.name = "changed by the caller";
    };
    const client = clientOf(gateway, { onAttempt });
    const connection = await client.updateConnection({ ...exampleUpdate, body });
    expect(connection.name).toBe("first");
    expect(gateway.requests).toHaveLength(2);
    const [first, second] = gateway.requests;
    expect(second?.body).toBe(JSON.stringify({ ...body, name: "first" }));
    expect(second?.url).toBe(first?.url);
    expect(second?.headers).toEqual(first?.headers);
  });

  test.each([400, 422, 501])("%i is not", async (status) => {
    const faults = [{ status, headers: atOnce }];
    const { error, requests } = await failWith(PeakaApiError, { faults });
    expect(error).toMatchObject({ status, attempts: 1 });
    expect(requests).toHaveLength(1);
  });
});

describe("when", () => {
  test.each<[string, Record<string, string>, number]>([
    ["the answer asks for it in seconds", { "retry-after": "60" }, 60_000],
    [
      "the answer asks for it with a date",
      {
        "retry-after": "Sun, 22 Nov 2026 08:50:37 GMT",
        // By its own clock, which is right where this machine's is not.
        date: "Sun, 22 Nov 2026 08:50:00 GMT",
      },
      37_000,
    ],
    ["chance says, where nothing is asked for", {}, 250],
    ["chance says, where what is asked for is no time", { "retry-after": "soon" }, 250],
  ])("%s, and no earlier", async (_, headers, retryInMs) => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    onTestFinished(() => void vi.restoreAllMocks());
    const gateway = await start();
    gateway.fail({ status: 503, headers });
    const pass = stopClock();
    const { promise: first, resolve: tell } = deferred<Attempt>();
    const client = clientOf(gateway, { onAttempt: tell });
    const call = client.updateConnection(exampleUpdate);
    expect(await first).toMatchObject({ attempt: 1, retryInMs });
    await pass(0);
    await pass(retryInMs - 1);
    expect(gateway.requests).toHaveLength(1);
    await pass(1);
    await call;
    expect(gateway.requests).toHaveLength(2);
  });

  test("a call that would have to wait over a minute fails at once, and says till when", async () => {
    const { error, gateway } = await failWith(PeakaApiError, {
      faults: [{ status: 503, headers: { "retry-after": "61" } }],
    });
    expect(error).toMatchObject({ status: 503, attempts: 1, retryAfterMs: 61_000 });
    expect(error.message).toMatch(/; try again after 61 s$/);
    expect(gateway.requests).toHaveLength(1);
  });

  test("an error says it too where it is not tried again for another reason", async () => {
    const gateway = await start();
    gateway.fail({ status: 409, headers: { "retry-after": "7" } });
    const call = clientOf(gateway).updateConnection(exampleUpdate);
    expect(await failureOf(call, PeakaApiError)).toMatchObject({ retryAfterMs: 7_000 });
  });
});

describe("over several attempts", () => {
  test("one that may have applied the change makes the whole call unknown", async () => {
    const { error } = await failWith(PeakaApiError, {
      faults: [{ status: 503, headers: atOnce, applied: true }],
      input: { ...exampleUpdate, body: { name: "new" } },
    });
    expect(error).toMatchObject({ status: 400, attempts: 2, outcome: "unknown" });
    expect(error.message).toContain("may have been applied");
  });

  test("a key that is not given ends the call with what the attempts before it did", async () => {
    const gateway = await start();
    gateway.fail({ status: 503, headers: atOnce });
    const keys = ["partner-key"];
    const client = clientOf(gateway, { apiKey: () => keys.pop() ?? "" });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaUsageError);
    expect(error).toMatchObject({ attempts: 2, outcome: "unknown" });
    expect(error.message).toContain("may have been applied");
    expect(gateway.requests).toHaveLength(1);
  });
});

// Their own fetch sends a request again over a connection that breaks, and tells nobody.
test.each(["Deno", "Bun"])("in %s each attempt asks for a connection of its own", async (name) => {
  vi.stubGlobal(name, {});
  onTestFinished(() => void vi.unstubAllGlobals());
  const gateway = await start();
  gateway.fail({ status: 503, headers: atOnce });
  await clientOf(gateway).updateConnection(exampleUpdate);
  vi.unstubAllGlobals();
  await reasonOf(clientOf(gateway).updateConnection({ ...exampleUpdate, connectionId: "none" }));
  const asked = gateway.requests.map(({ headers }) => headers["connection"]);
  expect(asked).toEqual(["close", "close", "keep-alive"]);
});
