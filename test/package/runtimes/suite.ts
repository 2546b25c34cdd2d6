/**
 * What holds in every runtime. It runs there, as one file of plain JavaScript beside the installed
 * package, and uses nothing but what the web's standards give.
 */
import type { Check, Given } from "./check.js";
import { connections } from "./checks/connection.js";
import { environment } from "./checks/environment.js";
import { failures } from "./checks/failure.js";
import { limits } from "./checks/limits.js";
import { redirects } from "./checks/redirect.js";
import { secrecy } from "./checks/secrecy.js";
import { updates } from "./checks/update.js";
import { openStage } from "./stage-client.js";
import type { Capabilities } from "./capabilities.js";

const checks: Record<string, Check> = {
  ...updates,
  ...failures,
  ...connections,
  ...redirects,
  ...limits,
  ...secrecy,
  ...environment,
};

/** What a run needs to know. */
export interface Setting {
  /** The URL of the stage. */
  readonly stage: string;
  /** The file that the package is to be loaded from. */
  readonly file: string;
  readonly capabilities: Capabilities;
}

/** How a check ended: with a problem where it failed. */
export interface Result {
  readonly name: string;
  readonly problem?: string;
}

/** The name of the only result where the suite told none. */
export const suiteRuns = "the suite runs";

// Far more than any takes alone.
const longestMs = 10_000;

/** Runs every check over the package, which was `loaded` from there, and tells the stage. */
export async function runSuite(
  peaka: Given["peaka"],
  setting: Setting,
  loaded: string,
): Promise<void> {
  const { stage, file, capabilities } = setting;
  const isRight = loaded.endsWith(`peaka-client/dist/${file}`);
  const results = [resultOf(`the package is loaded from ${file}`, isRight ? undefined : loaded)];
  const given = { peaka, stage: openStage(stage), capabilities };
  const unhandled: unknown[] = [];
  // Node, which has no such event, ends the process instead.
  const { addEventListener } = globalThis as { addEventListener?: Listen };
  addEventListener?.("unhandledrejection", ({ reason }) => unhandled.push(reason));
  for (const [name, check] of Object.entries(checks)) results.push(await run(name, check, given));
  const left = unhandled.length > 0 ? unhandled.map(String).join("\n") : undefined;
  results.push(resultOf("no rejection is left unhandled", left));
  await fetch(`${stage}/results`, { method: "POST", body: JSON.stringify(results) });
}

async function run(name: string, check: Check, given: Given): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done in ${longestMs} ms`)), longestMs);
  });
  try {
    await Promise.race([check(given), late]);
    return { name };
  } catch (error) {
    return { name, problem: String(error instanceof Error ? error.stack : error) };
  } finally {
    clearTimeout(timer);
  }
}

export function resultOf(name: string, problem: string | undefined): Result {
  return problem === undefined ? { name } : { name, problem };
}

type Listen = (type: "unhandledrejection", run: (event: { reason: unknown }) => void) => void;
