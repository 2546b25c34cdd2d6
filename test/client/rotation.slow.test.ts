import { describe, expect, test } from "vitest";
import { createPeakaClient, type Fetch } from "../../src/index.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { broken, claimsOfRotation } from "../tools/soak/claims.js";
import { rotation, type RotationOptions } from "../tools/soak/rotation.js";
import type { OutcomeOf } from "../tools/soak/rotator.js";
import { transports } from "../tools/soak/transports.js";
import { skipBackoff } from "../tools/no-backoff.js";

// The full size of it is `npm run soak`.
const options: Omit<RotationOptions, "transport"> = {
  ...{ seed: 1, updates: 600, workers: 40, connections: 100, timeoutMs: 1_000 },
};
describe("many workers rotate many connections through a gateway that fails at random", () => {
  test.each(transports)("each ends as its owner was told, over %s", async (transport) => {
    const asked = { ...options, transport };
    expect(broken(claimsOfRotation(asked, await rotation(asked)))).toEqual([]);
  });
});

describe("the scenario notices", () => {
  test.each<[string, OutcomeOf]>([
    ["takes every failure for a change that was not made", () => "not-applied"],
    [
      "goes by the last attempt alone",
      (_, attempts) => (attempts.at(-1)?.outcome === "not-applied" ? "not-applied" : "unknown"),
    ],
  ])("an owner who %s", async (_, outcomeOf) => {
    // Twice as many, so that chance cannot let all of them end well.
    const asked = { ...options, updates: 1_200, transport: "undici", outcomeOf } as const;
    const { wrong } = await rotation(asked);
    expect(wrong.length).toBeGreaterThan(0);
  });
});

describe("an owner waits before the next rotation", () => {
  test("since an earlier attempt that comes late undoes it, also after a success", async () => {
    skipBackoff();
    const gateway = await start();
    const underWay: (() => Promise<Response>)[] = [];
    const lateOnce: Fetch = (url, init) => {
      if (underWay.length > 0) return fetch(url, init);
      underWay.push(() => fetch(url, { ...init, signal: null }));
      return Promise.reject(new TypeError("the connection broke"));
    };
    const client = createPeakaClient({
      ...{ baseUrl: gateway.baseUrl, apiKey: "partner-key", fetch: lateOnce },
    });
    const rotate = async (token: string) => {
      const body = { ...exampleUpdate.body, credential: { token } };
      await client.updateConnection({ ...exampleUpdate, body });
    };
    const inPlace = () => gateway.connections.get(exampleUpdate.connectionId)?.credential;

    await rotate("first");
    expect(gateway.requests).toHaveLength(1);
    await rotate("second");
    expect(inPlace()).toEqual({ token: "second" });
    await underWay[0]?.();
    expect(inPlace()).toEqual({ token: "first" });
  });
});
