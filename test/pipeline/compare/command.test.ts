import { execFile, execFileSync } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { beforeAll, expect, test } from "vitest";

import { emptyFolder, pathEntry, specOf, writeSide } from "./harness.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../..", import.meta.url));
const list = pathEntry({ at: "/things", method: "get", id: "listThings", parameters: "[]" });

let home: string;
let one: string;
let two: string;

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as `npm run compare` does, on the repository that git finds by its environment. */
async function compareCommand(...parameters: readonly string[]): Promise<Outcome> {
  const env = { ...process.env, GIT_DIR: path.join(home, ".git") };
  const command = ["--import", "tsx", path.join("scripts", "compare.ts"), ...parameters];
  try {
    return { code: 0, ...(await run(process.execPath, command, { cwd: root, env })) };
  } catch (error) {
    const { code, stdout, stderr } = error as Outcome;
    return { code, stdout, stderr };
  }
}

function git(...parameters: readonly string[]): void {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  execFileSync("git", [...identity, ...parameters], { cwd: home, stdio: "ignore" });
}

beforeAll(async () => {
  home = await emptyFolder();
  [one, two] = [path.join(home, "one"), path.join(home, "two")];
  const generated = path.join(home, "generated");
  for (const folder of [one, two, generated]) await mkdir(folder);
  const specs = [specOf({}), specOf({ paths: `{ ${pathEntry({})}, ${list} }` })] as const;
  await writeSide(one, specs[0]);
  await writeSide(two, specs[1]);
  git("init", "--quiet");
  for (const spec of specs) {
    await writeSide(generated, spec);
    git("add", "generated");
    git("commit", "--quiet", "-m", "generated");
  }
});

test("the base is the last commit, and a break is exit code 1", async () => {
  expect(await compareCommand("--generated", one)).toEqual({
    code: 1,
    stdout:
      "major  listThings: gone, was GET /things\n" +
      "major: services that compile against the old types may break (changeset: major)\n",
    stderr: "",
  });
});

test("the base can be another revision, and an addition is exit code 0", async () => {
  expect(await compareCommand("HEAD~1", "--generated", two)).toEqual({
    code: 0,
    stdout:
      "minor  listThings: new: GET /things\n" +
      "minor: more is accepted or given, and nothing breaks (changeset: minor)\n",
    stderr: "",
  });
});

test("the base can be a folder, and no difference is exit code 0", async () => {
  expect(await compareCommand("--base-dir", one, "--generated", one)).toEqual({
    code: 0,
    stdout: "patch: nothing that consumers can see has changed (changeset: patch)\n",
    stderr: "",
  });
});

test("--json gives the same to machines", async () => {
  const { code, stdout, stderr } = await compareCommand(two, "--generated", one, "--json");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  const finding = { level: "major", operation: "listThings", place: "" };
  const message = "gone, was GET /things";
  expect(JSON.parse(stdout)).toEqual({
    verdict: "major",
    findings: [{ ...finding, old: "GET /things", new: null, message }],
  });
});

test("--help says how to use it", async () => {
  const { code, stdout, stderr } = await compareCommand("--help");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^Is the new generated\/ safe .*\n\nnpm run compare -- \[BASE\]/);
});

test("a failure is one line and exit code 1, and leaves every file as it was", async () => {
  await writeFile(path.join(two, "paths.ts"), "export interface operations {");
  const before = [await readdir(home), await committed()];
  const failures = [
    [["nowhere"], /^nowhere: no such revision or folder\n$/],
    [["--generated", two], /two: does not compile: paths\.ts:1:30 '}' expected\.\n$/],
    [[one, "--base-dir", one], /^there is one BASE to compare with: .*\n$/],
    [["--nope"], /^Unknown option '--nope'.*\n$/],
  ] as const;
  for (const [parameters, line] of failures) {
    const outcome = await compareCommand(...parameters);
    expect(outcome).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(line) as string,
    });
  }
  expect([await readdir(home), await committed()]).toEqual(before);
});

/** What is in the repository's folder, but for what other tests build in it at the same time. */
async function committed(): Promise<string[]> {
  return (await readdir(root)).filter((name) => !["dist", ".tmp"].includes(name));
}
