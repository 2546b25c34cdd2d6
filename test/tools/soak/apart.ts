import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What a scenario gave, and how long its process lived on, in milliseconds. */
export interface Apart<Figures> {
  figures: Figures;
  outlivedMs: number;
}

/** Runs a scenario in a process whose heap, sockets and timers are all its own. */
export async function runApart<Figures>(
  scenario: string,
  options: object,
): Promise<Apart<Figures>> {
  const child = forkHere("scenario-process.ts", [scenario, JSON.stringify(options)]);
  const ended = once(child, "exit");
  const figures = await messageOf<Figures>(child);
  const since = performance.now();
  await ended;
  return { figures, outlivedMs: performance.now() - since };
}

/** Runs something against a gateway in another process, which fails at random. */
export async function withGateway<Result>(
  seed: number,
  run: (baseUrl: string) => Promise<Result>,
): Promise<Result> {
  const child = forkHere("gateway-process.ts", [String(seed)]);
  try {
    return await run(await messageOf<string>(child));
  } finally {
    if (child.connected) child.disconnect();
  }
}

function forkHere(file: string, args: string[]): ChildProcess {
  const execArgv = ["--expose-gc", "--import", "tsx"];
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv });
}

/** The first message of a process, which must not end without one. */
async function messageOf<Message>(child: ChildProcess): Promise<Message> {
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`a process of the soak ended with ${String(code)} before it said anything`);
  });
  const [message] = (await Promise.race([once(child, "message"), ended])) as [Message];
  ended.catch(() => undefined);
  return message;
}
