import { accessSync, constants } from "node:fs";
import path from "node:path";
import { inChromium } from "./launch/chromium.js";
import { onCommandLine } from "./launch/command-line.js";
import { inWorkerd } from "./launch/workerd.js";
import type { Runtime } from "./runtime.js";
import { toolOf } from "./tools.js";

/** Those that tools/package-lock.json pins, which are for one platform alone. */
const pinned: Runtime[] = [
  ...["node-20-lowest", "node-20", "node-22", "node-24", "node-26"].map((name) =>
    node(name, toolOf(name, "bin/node")),
  ),
  {
    name: "deno",
    family: "deno",
    command: toolOf("deno", "deno"),
    formats: ["esm"],
    // What a service has to allow, and no more.
    start: onCommandLine(
      ...["run", "--no-prompt", "--no-remote", "--cached-only", "--node-modules-dir=manual"],
      ...["--allow-net=127.0.0.1", "--allow-env=PEAKA_API_KEY"],
    ),
    endsItself: true,
  },
  {
    name: "bun",
    family: "bun",
    command: toolOf("bun", "bin/bun"),
    formats: ["esm", "cjs"],
    start: onCommandLine("run", "--no-install"),
    endsItself: true,
  },
  {
    name: "workerd",
    family: "workerd",
    command: toolOf("workerd", "bin/workerd"),
    formats: ["esm"],
    start: inWorkerd,
    endsItself: false,
  },
];

/** A runtime that can't be run here, and what to do about it. */
export interface Skipped {
  readonly name: string;
  readonly why: string;
}

/** The runtimes of the matrix. */
export function findRuntimes(): { runtimes: Runtime[]; skipped: Skipped[] } {
  const runtimes: Runtime[] = [];
  const skipped: Skipped[] = [];
  if (process.platform === "linux" && process.arch === "x64") {
    runtimes.push(...pinned);
  } else {
    const why = "the one that is pinned is for Linux on x64";
    runtimes.push(node("node", process.execPath));
    skipped.push(...pinned.map(({ name }) => ({ name, why })));
  }
  const command = findChromium();
  const chromium = { name: "chromium", family: "chromium", formats: ["esm"] } as const;
  if (command) runtimes.push({ ...chromium, command, start: inChromium, endsItself: false });
  else {
    const why = "it is not installed: apt-get install chromium, or set CHROMIUM to its path";
    skipped.push({ name: chromium.name, why });
  }
  return { runtimes, skipped };
}

/** True for a runtime that has to be installed. */
export function isPinned(runtime: Runtime): boolean {
  return pinned.includes(runtime);
}

function node(name: string, command: string): Runtime {
  const start = onCommandLine();
  return { name, family: "node", command, formats: ["esm", "cjs"], start, endsItself: true };
}

function findChromium(): string | undefined {
  const { CHROMIUM, PATH = "" } = process.env;
  if (CHROMIUM) return CHROMIUM;
  const folders = PATH.split(path.delimiter);
  return folders.map((folder) => path.join(folder, "chromium")).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
