import { fork } from "node:child_process";
import { once } from "node:events";
import { rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { inNewFolder } from "../package/install.js";
import { interleave } from "./interleave.js";
import { largeDocument } from "./large-document.js";
import { median, printTable, type Row } from "./report.js";

const rounds = 5;

interface Measure {
  readonly seconds: number;
  /** Of all processors together, in seconds. */
  readonly processor: number;
  /** At its peak, in megabytes. */
  readonly memory: number;
}

/** What `npm run generate` takes, next to openapi-typescript alone with the same options. */
export function benchGenerate(): Promise<Row[]> {
  return inNewFolder(async (folder) => {
    const rows: Row[] = [];
    for (const [operations, accept] of [
      [1000, 1.3],
      [60, 1.5],
      [160, 1.5],
      [360, 1.5],
    ] as const) {
      const isSmall = operations < 1000;
      const spec = path.join(folder, `${operations}.json`);
      const document = largeDocument(operations, isSmall ? 20 : 6, isSmall);
      await writeFile(spec, JSON.stringify(document, null, 2));
      const what = `seconds of generate over openapi-typescript, ${operations} operations`;
      rows.push({ what, ratio: await compare(spec, folder), accept });
    }
    await compare(here("../../openapi/peaka.yaml"), folder);
    return rows;
  });
}

async function compare(spec: string, folder: string): Promise<number> {
  const out = path.join(folder, "out");
  const contestants: Record<string, [script: string, args: string[]]> = {
    "openapi-typescript": ["openapi-typescript.ts", [spec, path.join(folder, "alone.ts")]],
    generate: ["../generate.ts", ["--spec", spec, "--out", out]],
  };
  const names = Object.keys(contestants);
  const measured = await interleave(names, rounds, async (name) => {
    await rm(out, { recursive: true, force: true });
    const [script, args] = contestants[name] ?? ["", []];
    return measure(here(script), args);
  });
  const figure = (name: string, of: keyof Measure) =>
    median((measured.get(name) ?? []).map((one) => one[of]));
  const { size } = await stat(spec);
  printTable(
    [`${path.basename(spec)}, ${(size / 1e6).toFixed(2)} MB`, "wall", "processor", "memory"],
    names.map((name) => [
      name,
      `${figure(name, "seconds").toFixed(2)} s`,
      `${figure(name, "processor").toFixed(2)} s`,
      `${figure(name, "memory").toFixed(0)} MB`,
    ]),
  );
  return figure("generate", "seconds") / figure("openapi-typescript", "seconds");
}

/** Runs a script in a process of its own, which tells what it used as it ends. */
async function measure(script: string, args: readonly string[]): Promise<Measure> {
  const report = "process.on('exit', () => process.send(process.resourceUsage()))";
  const execArgv = ["--import", "tsx", "--import", `data:text/javascript,${report}`];
  const startedAt = performance.now();
  const child = fork(script, args, { execArgv, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  let usage: NodeJS.ResourceUsage | undefined;
  child.on("message", (message) => (usage = message as NodeJS.ResourceUsage));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0 || usage === undefined) throw new Error(`${script} failed`);
  const { maxRSS, userCPUTime, systemCPUTime } = usage;
  return {
    seconds: (performance.now() - startedAt) / 1000,
    processor: (userCPUTime + systemCPUTime) / 1e6,
    memory: maxRSS / 1000,
  };
}

function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
