import { describe, expect, test } from "vitest";
import { runApart, withGateway } from "../tools/soak/apart.js";
import type { BackoffFigures } from "../tools/soak/backoff.js";
import { broken, claimsOfBackoff, claimsOfResources } from "../tools/soak/claims.js";
import { claimsOfRotation } from "../tools/soak/claims.js";
import type { ResourcesFigures } from "../tools/soak/resources.js";
import { rotation } from "../tools/soak/rotation.js";
import { transports } from "../tools/soak/transports.js";

// The full size of it is `npm run soak`.
describe.each(transports)("over %s", (transport) => {
  test("many calls with mixed faults leave nothing behind", async () => {
    const options = { transport, seed: 1, calls: 900, concurrency: 30, checkpoints: 2 };
    const { figures, outlivedMs } = await withGateway(1, (baseUrl) =>
      runApart<ResourcesFigures>("resources", { ...options, baseUrl }),
    );
    expect(broken(claimsOfResources(options, figures, outlivedMs))).toEqual([]);
  });

  test("an abort ends many calls at once that wait to try again", async () => {
    const options = { transport, calls: 200 };
    const { figures } = await runApart<BackoffFigures>("abort in backoff", options);
    expect(broken(claimsOfBackoff(options, figures))).toEqual([]);
  });

  test("many workers rotate many connections, and each ends as its owner was told", async () => {
    const size = { updates: 600, workers: 40, connections: 100 };
    const options = { transport, seed: 1, ...size, timeoutMs: 1_000 };
    expect(broken(claimsOfRotation(options, await rotation(options)))).toEqual([]);
  });
});
