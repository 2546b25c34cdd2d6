import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Runs a script of this folder in a process of its own; gives the one message that it sends. */
export async function runApart<Result>(
  script: string,
  args: readonly string[],
  flags: readonly string[] = [],
): Promise<Result> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = fork(file, args, { execArgv: ["--import", "tsx", ...flags] });
  const messages: Result[] = [];
  child.on("message", (message) => messages.push(message as Result));
  const [code] = (await once(child, "close")) as [number | null];
  const [result] = messages;
  if (code !== 0 || result === undefined) throw new Error(`${script} ${args.join(" ")} failed`);
  return result;
}

/**
 * The results of each contestant, in turn, after a round that does not count. Each round starts with
 * another one, so that what else the machine does falls on all of them.
 */
export async function interleave<Result>(
  contestants: readonly string[],
  rounds: number,
  run: (contestant: string) => Promise<Result>,
): Promise<Map<string, Result[]>> {
  const results = new Map<string, Result[]>(contestants.map((name) => [name, []]));
  for (const name of contestants) await run(name);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const name = contestants[(round + turn) % contestants.length] as string;
      results.get(name)?.push(await run(name));
    }
  }
  return results;
}
