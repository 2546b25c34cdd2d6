import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

/** A process of a runtime. */
export interface Launched {
  /** Resolves when it has ended, with what is wrong in how it did. */
  readonly ended: Promise<string | undefined>;
  /** The first line that it writes to the file descriptor 3; empty where it writes none. */
  readonly told: Promise<string>;
  /** Ends it and all that it started, and gives all that it wrote. */
  readonly end: () => Promise<string>;
}

/** Starts a runtime with nothing of this process's environment but where programs are. */
export function launch(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Launched {
  const { PATH = "" } = process.env;
  const child = spawn(command, args, {
    cwd,
    env: { PATH, HOME: cwd, TMPDIR: cwd, ...env },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    // A group of its own, to end the processes that a browser starts, too.
    detached: true,
  });
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
  };
  process.once("exit", kill);
  const [, out, err, line] = child.stdio as [null, Readable, Readable, Readable, unknown];
  const written = Promise.all([text(out), text(err)]);
  const closed = once(child, "close").then(
    ([code, signal]) => (code === 0 ? undefined : `it ended with ${String(code ?? signal)}`),
    (error: unknown) => String(error),
  );
  return {
    ended: closed,
    told: firstLineOf(line),
    async end() {
      kill();
      process.off("exit", kill);
      await closed;
      return (await written).join("");
    },
  };
}

async function firstLineOf(input: Readable): Promise<string> {
  // It reads on to the end: a process is not closed before all that it wrote was read.
  const lines = createInterface({ input });
  const [line = ""] = (await Promise.race([once(lines, "line"), once(lines, "close")])) as [
    string?,
  ];
  return line;
}
