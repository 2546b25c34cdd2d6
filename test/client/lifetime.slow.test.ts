import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Fault } from "../tools/gateway/faults.js";
import { start } from "../tools/gateway/start.js";

const script = fileURLToPath(new URL("../tools/lone-call.ts", import.meta.url));

/**
 * Runs a service that makes one call at most, and waits for its end: one that its timers keep alive,
 * 60 s each, or its idle connections, fails by the time that a test has.
 */
async function runAlone(scene: string, fault: Fault = {}) {
  const gateway = await start();
  gateway.fail(fault);
  const ended = await new Promise<object>((resolve) => {
    const args = ["--import", "tsx", script, gateway.baseUrl, scene];
    const child = execFile(process.execPath, args, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
  return { ended, requests: gateway.requests.length };
}

const unavailable = (seconds: string): Fault => ({
  ...{ status: 503, headers: { "retry-after": seconds, connection: "close" } },
});

describe("a process ends by itself once its calls are done, and not before:", () => {
  test.each<[string, string, Fault, number]>([
    ["update", "updated", {}, 1],
    ["no call", "created", {}, 0],
    ["with a pool", "updated", {}, 1],
    // It stays alive for a backoff, and until the time to ask for a key is up.
    ["update", "updated", unavailable("1"), 2],
    ["without a key", "PeakaTimeoutError", {}, 0],
    ["aborted in its backoff", "aborted", unavailable("60"), 1],
  ])("%s: %s", { timeout: 40_000 }, async (scene, shown, fault, requests) => {
    const { ended, requests: made } = await runAlone(scene, fault);
    expect(ended).toEqual({ code: 0, stdout: `${shown}\n`, stderr: "" });
    expect(made).toBe(requests);
  });
});
