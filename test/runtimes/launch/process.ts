import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** A process of a runtime. */
export interface Launched {
  /** Resolves when it has ended, with what is wrong in how it did. */
  readonly ended: Promise<string | undefined>;
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
    stdio: ["ignore", "pipe", "pipe"],
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
  const written = Promise.all([text(child.stdout), text(child.stderr)]);
  const closed = once(child, "close").then(
    ([code, signal]) => (code === 0 ? undefined : `it ended with ${String(code ?? signal)}`),
    (error: unknown) => String(error),
  );
  return {
    ended: closed,
    async end() {
      kill();
      process.off("exit", kill);
      await closed;
      return (await written).join("");
    },
  };
}
