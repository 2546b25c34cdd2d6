import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { matrix } from "./matrix.js";

const script = fileURLToPath(new URL("run-matrix.ts", import.meta.url));

test(
  "a process that has gone through every fault over both transports ends by itself",
  { timeout: 120_000 },
  async () => {
    const args = ["--import", "tsx", script];
    const ended = await new Promise<{ code: number | null; rows: number; stderr: string }>(
      (resolve) => {
        const child = execFile(process.execPath, args, (_, stdout, stderr) => {
          resolve({ code: child.exitCode, rows: stdout.trimEnd().split("\n").length, stderr });
        });
      },
    );
    expect(ended).toEqual({ code: 0, rows: matrix.length + 2, stderr: "" });
  },
);
