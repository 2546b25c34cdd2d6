import { fork } from "node:child_process";
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Update } from "./contestants.js";
import { connections, updateOver, updates } from "./memory-contestants.js";

/** Calls that stay in flight until they are to be answered. */
export interface HeldCalls {
  /** Starts so many; gives them once as many are on their way as there are sockets. */
  readonly start: (count: number) => Promise<Promise<unknown>[]>;
  /** Lets all of them settle. */
  readonly answer: () => void;
}

/** The calls of one contestant to a server in another process. */
export async function heldByServer(name: string): Promise<HeldCalls> {
  const file = fileURLToPath(new URL("holding-server.ts", import.meta.url));
  const execArgv = ["--import", "tsx"];
  const server = fork(file, [String(connections)], { execArgv });
  const [port] = (await once(server, "message")) as [number];
  const update = updates(`http://127.0.0.1:${port}`)[name];
  if (!update) throw new Error(`there is no contestant ${name}`);
  return {
    async start(count) {
      server.send("hold");
      await once(server, "message");
      const full = once(server, "message");
      const calls = started(update, count);
      await full;
      return calls;
    },
    answer: () => server.send("answer"),
  };
}

/** Calls whose `fetch` is answered in this process, without sockets: the package's own part. */
export function heldInProcess(): HeldCalls {
  let waiting: (() => void)[] = [];
  const headers = { "content-type": "application/json" };
  const update = updateOver(
    () =>
      new Promise((resolve) => {
        waiting.push(() => {
          resolve(new Response("{}", { headers }));
        });
      }),
  );
  return {
    async start(count) {
      const calls = started(update, count);
      await setImmediate();
      return calls;
    },
    answer() {
      for (const give of waiting) give();
      waiting = [];
    },
  };
}

function started(update: Update, count: number): Promise<unknown>[] {
  return Array.from({ length: count }, () => update());
}
