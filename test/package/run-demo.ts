import { execFile } from "node:child_process";

const root = new URL("../..", import.meta.url);

/** How the demo ended, and all that it printed. */
export interface Run {
  code: number;
  output: string;
}

/** Runs the demo in a process of its own, with `script` run first in it. */
export function runDemo(
  args: string[] = [],
  env: NodeJS.ProcessEnv = {},
  script = "",
): Promise<Run> {
  const preload = `data:text/javascript,${encodeURIComponent(script)}`;
  const command = ["--import", preload, "--import", "tsx", "scripts/demo/demo.ts", ...args];
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      command,
      { cwd: root, env: { PATH: process.env.PATH, ...env } },
      (_, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, output: stdout + stderr });
      },
    );
  });
}
