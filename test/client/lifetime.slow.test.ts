import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Fault } from "../tools/gateway/faults.js";
import { start } from "../tools/gateway/put.js";

const script = fileURLToPath(new URL("../tools/lone-call.ts", import.meta.url));

/** Runs a service that makes one call at most, and waits for its end. */
async function runAlone(scene: string, fault: Fault = {}) {
  const gateway = await start();
  gateway.fail(fault);
  const startedAt = performance.now();
  let shownAt = startedAt;
  const ended = await new Promise<object>((resolve) => {
    const args = ["--import", "tsx", script, gateway.baseUrl, scene];
    const child = execFile(process.execPath, args, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
    child.stdout?.once("data", () => (shownAt = performance.now()));
  });
  const endedAt = performance.now();
  const times = { lastedMs: endedAt - startedAt, outlivedMs: endedAt - shownAt };
  return { ended, ...times, requests: gateway.requests.length };
}

describe("a process", () => {
  // The limits are far below the 60 s for which the timer of an attempt or a wait could hold it.
  test("ends by itself once its calls are done", async () => {
    const { ended, lastedMs } = await runAlone("update");
    expect(ended).toEqual({ code: 0, stdout: "updated\n", stderr: "" });
    expect(lastedMs).toBeLessThan(40_000);
  });

  test.each([
    ["a client that made no call", "no call", "created"],
    ["the idle connections of its transport", "with a pool", "updated"],
  ])("is not kept alive by %s", async (_, scene, shown) => {
    const { ended, outlivedMs } = await runAlone(scene);
    expect(ended).toEqual({ code: 0, stdout: `${shown}\n`, stderr: "" });
    // Idle connections stay open for about a minute.
    expect(outlivedMs).toBeLessThan(15_000);
  });

  test("stays alive while a backoff is under way, until the call has settled", async () => {
    const { ended, requests } = await runAlone("update", {
      status: 503,
      headers: { "retry-after": "1", connection: "close" },
    });
    expect(ended).toEqual({ code: 0, stdout: "updated\n", stderr: "" });
    expect(requests).toBe(2);
  });

  test("stays alive while it is asked for a key, until the time is up", async () => {
    const { ended } = await runAlone("without a key");
    expect(ended).toEqual({ code: 0, stdout: "PeakaTimeoutError\n", stderr: "" });
  });

  test("ends by itself once a backoff was aborted", async () => {
    const { ended, lastedMs } = await runAlone("aborted in its backoff", {
      status: 503,
      headers: { "retry-after": "60" },
    });
    expect(ended).toEqual({ code: 0, stdout: "aborted\n", stderr: "" });
    expect(lastedMs).toBeLessThan(40_000);
  });
});
