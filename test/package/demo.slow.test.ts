import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { examples } from "../../generated/examples.js";
import { defaultZone, zones } from "../../generated/spec.js";
import { createReport } from "../../scripts/demo/report.js";
import { emptyFolder } from "../tools/empty-folder.js";
import { root } from "./service.js";

const secret = "secret-of-the-test";
const env = {
  PEAKA_API_KEY: "key-of-the-test",
  PEAKA_PROJECT_ID: "project1",
  PEAKA_CONNECTION_ID: "connection1",
};
const connection = { id: "connection1", name: "n", type: "stripe" };
const refusal = { error: "INVALID_CREDENTIALS", message: `no ${secret}` };
let [good, broken] = ["", ""];

beforeAll(async () => {
  const folder = await emptyFolder();
  [good, broken] = [path.join(folder, "good"), path.join(folder, "broken")];
  await writeFile(good, JSON.stringify({ name: "n", credential: { token: secret } }));
  await writeFile(broken, `{"token":"${secret}"`);
});

/** Runs the demo in a process of its own, whose `fetch` gives one answer to all where one is given. */
function runDemo(args: string[], env = {}, ...answer: [status?: number, body?: object]) {
  const [status, body] = answer;
  const replaced = `globalThis.fetch = async (url) => {
    console.log("SENT", url);
    return Response.json(${JSON.stringify(body)}, { status: ${status} });
  };`;
  const preload = `data:text/javascript,${encodeURIComponent(status ? replaced : "")}`;
  const command = ["--import", preload, "--import", "tsx", "scripts/demo/demo.ts", ...args];
  const options = { cwd: root, env: { PATH: process.env["PATH"], ...env } };
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    const child = execFile(process.execPath, command, options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, output: stdout + stderr }),
    );
  });
}

const live = (zone: string, body: string) => ["--live", "--zone", zone, "--body", body];

test("the demo plays every scene, whose checks all hold, and prints no credential", async () => {
  const { code, output } = await runDemo([]);
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

test.each(Object.entries(zones))("--live makes one update in zone %s", async (zone, url) => {
  const { code, output } = await runDemo(live(zone, good), env, 200, connection);
  expect(output.match(/SENT .*/g)).toEqual([expect.stringContaining(`SENT ${url}/`)]);
  expect(output).toContain(`updated ${JSON.stringify(connection)}`);
  expect(code).toBe(0);
});

test("--live shows a refusal redacted, with its outcome", async () => {
  const { code, output } = await runDemo(live(defaultZone, good), env, 400, refusal);
  expect(output).toMatch(/400 INVALID_CREDENTIALS.*\[redacted\].* \(outcome: not-applied\)/);
  expect(output).not.toContain(secret);
  expect(code).toBe(1);
});

test.each([
  [
    "missing variables",
    () => live(defaultZone, good),
    {},
    "--live needs PEAKA_API_KEY, PEAKA_PROJECT_ID",
  ],
  ["an unknown zone", () => live("mars", good), env, "--zone must be us or eu"],
  ["no file", () => ["--live", "--zone", defaultZone], env, "--live needs --body FILE"],
  ["a file that is not there", () => live(defaultZone, "nowhere"), env, "nowhere (ENOENT)"],
  ["a file that is not JSON", () => live(defaultZone, broken), env, "does not hold a JSON object"],
  ["flags without --live", () => ["--zone", defaultZone], env, "--zone and --body need --live"],
])("it says in one line about %s, and sends nothing", async (_, args, env, message) => {
  const { code, output } = await runDemo(args(), env, 200, connection);
  expect(output.trimEnd().split("\n")).toEqual([expect.stringContaining(message)]);
  expect(output).not.toContain("-of-the-test");
  expect(code).toBe(1);
});
