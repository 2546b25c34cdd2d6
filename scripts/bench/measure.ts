import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { interleave } from "./apart.js";
import type { Batch, Cost } from "./call.js";
import { median } from "./median.js";

/** How much to measure: what V8 makes of the same code differs from process to process, so several. */
export interface Effort {
  readonly processes: number;
  readonly rounds: number;
  readonly calls: number;
}

/** What each is asked for. */
export interface Setting {
  readonly baseUrl: string;
  readonly bodyBytes: number;
  readonly concurrency: number;
}

/** The medians of what one call of each contestant costs, by its name. */
export async function measure(
  names: readonly string[],
  setting: Setting,
  { processes, rounds, calls }: Effort,
): Promise<Map<string, Cost>> {
  const all = new Map<string, Cost[]>(names.map((name) => [name, []]));
  for (let run = 0; run < processes; run++) {
    const batch = { concurrency: setting.concurrency, calls };
    for (const [name, costs] of await measureOnce(names, setting, batch, rounds)) {
      all.get(name)?.push(...costs);
    }
  }
  const medianOf = (costs: readonly Cost[]) => ({
    cpu: median(costs.map(({ cpu }) => cpu)),
    wall: median(costs.map(({ wall }) => wall)),
  });
  return new Map([...all].map(([name, costs]) => [name, medianOf(costs)]));
}

async function measureOnce(
  names: readonly string[],
  { baseUrl, bodyBytes }: Setting,
  batch: Batch,
  rounds: number,
): Promise<Map<string, Cost[]>> {
  const children = new Map<string, ChildProcess>();
  const script = fileURLToPath(new URL("call.ts", import.meta.url));
  try {
    for (const name of names) {
      const child = fork(script, [name, baseUrl, String(bodyBytes)]);
      children.set(name, child);
      await nextMessage(child);
    }
    return await interleave(names, rounds, async (name) => {
      const child = children.get(name) as ChildProcess;
      child.send(batch);
      return (await nextMessage(child)) as Cost;
    });
  } finally {
    for (const child of children.values()) child.kill();
  }
}

/** What a process says next; it fails where the process ends instead. */
export async function nextMessage(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const said = once(child, "message", { signal: ended.signal });
  const onExit = () => {
    ended.abort(new Error(`${child.spawnargs.slice(-3).join(" ")} ended before its time`));
  };
  child.once("exit", onExit);
  try {
    const [message] = (await said) as [unknown];
    return message;
  } finally {
    child.off("exit", onExit);
  }
}
