import { mkdtemp } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { capabilities } from "./capabilities.js";
import { leakIn } from "./checks/echoes.js";
import type { Launched } from "./launch/process.js";
import type { Format, Runtime } from "./runtime.js";
import { startStage, type Stage } from "./stage.js";
import { resultOf, suiteRuns, type Result } from "./suite.js";

const longestMs = 120_000;
/** Less than the minute for which connections are kept, as the gateway lets a client. */
const longestEndMs = 15_000;

/** Runs the suite in one runtime and format. `folder` is that of the service. */
export async function runOne(runtime: Runtime, format: Format, folder: string): Promise<Result[]> {
  const own = await mkdtemp(path.join(folder, `${runtime.name}-${format}-`));
  const stage = await startStage();
  try {
    const { command, family } = runtime;
    const scene = { command, format, capabilities: capabilities[family], folder, own, stage };
    const launched = await runtime.start(scene);
    const results = await watch(launched, stage, runtime.endsItself);
    const written = await launched.end();
    const failure = results.find(({ name }) => name === suiteRuns);
    if (failure) return [resultOf(suiteRuns, `${failure.problem ?? ""}\n${written}`)];
    return [...results, resultOf("what is logged has the errors, and no secret", logged(written))];
  } finally {
    await stage.close();
  }
}

/** Waits for the results, and for the end where the runtime is to come to it by itself. */
async function watch(launched: Launched, stage: Stage, endsItself: boolean): Promise<Result[]> {
  const late = wait(longestMs, `it told nothing in ${longestMs} ms`, { ref: false });
  const told = await Promise.race([stage.results, launched.ended, late]);
  if (typeof told !== "object") return [resultOf(suiteRuns, told ?? "it ended too early")];
  if (!endsItself) return told;
  const held = wait(longestEndMs, `it lived on for ${longestEndMs} ms`, { ref: false });
  const problem = await Promise.race([launched.ended, held]);
  return [...told, resultOf("the process ends by itself", problem)];
}

function logged(written: string): string | undefined {
  if (!written.includes("PeakaApiError")) return `no error was logged:\n${written}`;
  const leak = leakIn(written);
  return leak && `it shows ${leak}`;
}
