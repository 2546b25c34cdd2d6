import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { examples } from "../../generated/examples.js";
import { zones } from "../../generated/spec.js";
import { createReport } from "../../scripts/demo/report.js";
import { root } from "./service.js";

/** Runs the demo in a process of its own. */
function runDemo(...args: string[]) {
  const command = ["--import", "tsx", "scripts/demo/demo.ts", ...args];
  const options = { cwd: root, env: { PATH: process.env["PATH"] } };
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    const child = execFile(process.execPath, command, options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, output: stdout + stderr }),
    );
  });
}

test("the demo plays every scene, whose checks all hold, and prints no credential", async () => {
  const { code, output } = await runDemo();
  expect(output).toMatch(/All \d+ checks hold\.\n$/);
  expect(code).toBe(0);
  const headings = [...output.matchAll(/^\w.*$/gm)].map(([line]) => line.split(/[,:]/)[0]);
  const scenes = Object.keys(zones).map((zone) => `Zone ${zone}`);
  expect(headings).toEqual([
    ...[...scenes, "A wrong credential", "A gateway that fails twice and recovers"],
    ...[
      "A redirect to another origin",
      "Over all scenes",
      expect.stringContaining("checks hold") as string,
    ],
  ]);
  expect(output).toMatch(/400 INVALID_CREDENTIALS cn012: .*\[redacted\]/);
  for (const { credential } of Object.values(examples.updateConnection.requests)) {
    for (const value of Object.values(credential)) expect(output).not.toContain(value);
  }
});

test("the demo fails when a check does not hold, or a secret is in its output", () => {
  const lines: string[] = [];
  const report = createReport((line) => lines.push(line));
  report.check(false, "this");
  expect(report.finish([])).toBe(false);
  expect(lines).toContain("  FAILED  this");
  const leaking = createReport((line) => lines.push(line));
  leaking.line("a secret");
  expect(leaking.finish(["secret"])).toBe(false);
  expect(createReport((line) => lines.push(line)).finish(["secret"])).toBe(true);
});

test("it says what it shows where it is asked, and in one line that there is no other flag", async () => {
  const help = await runDemo("--help");
  expect(help.output).toMatch(/^npm run demo\n\nShows/);
  expect(help.code).toBe(0);
  const { code, output } = await runDemo("--live");
  expect(code).toBe(1);
  expect(output.trimEnd().split("\n")).toEqual([expect.stringContaining("'--live'")]);
});
