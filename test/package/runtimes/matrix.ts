import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Format, Runtime } from "./runtime.js";
import type { Skipped } from "./runtimes.js";
import type { Result } from "./suite.js";

const execute = promisify(execFile);

/** How the suite ended in one runtime and format. */
export interface Run {
  readonly runtime: Runtime;
  readonly format: Format;
  readonly results: readonly Result[];
}

/** The matrix, in lines. */
export async function matrixOf(runs: readonly Run[], skipped: readonly Skipped[]) {
  const rows = await Promise.all(runs.map(rowOf));
  const left = skipped.map(({ name, why }) => [name, "-", "-", `skipped: ${why}`]);
  const columns = ["runtime", "version", "format", "checks", "passed", "failed"];
  return [columns, ...rows, ...left].map((row) => row.map((cell) => cell.padEnd(16)).join(""));
}

/** What failed, in a line or more for each check. */
export function failuresOf({ runtime, format, results }: Run): string[] {
  return results.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [`${runtime.name} (${format}): ${name}: ${problem}`],
  );
}

async function rowOf(run: Run): Promise<string[]> {
  const { runtime, format, results } = run;
  const failed = failuresOf(run).length;
  const counts = [results.length, results.length - failed, failed].map(String);
  return [runtime.name, await versionOf(runtime), format, ...counts];
}

/** What the program itself says. */
async function versionOf({ command }: Runtime): Promise<string> {
  const { stdout } = await execute(command, ["--version"]).catch(() => ({ stdout: "" }));
  return /\d[\d.-]*/.exec(stdout)?.[0] ?? "unknown";
}
