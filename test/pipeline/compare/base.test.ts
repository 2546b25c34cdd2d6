import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { beforeAll, expect, test } from "vitest";

import { readBase, readFolder, type Side } from "../../../scripts/compare/base.js";
import { compile } from "../../../scripts/compare/program.js";

import { emptyFolder, sideOf, specOf, writeSide } from "./harness.js";

let home: string;
let repository: string;
const [old, next] = [specOf({}), specOf({ title: "Others" })];

function git(...parameters: readonly string[]): void {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  execFileSync("git", [...identity, ...parameters], { cwd: repository, stdio: "ignore" });
}

beforeAll(async () => {
  home = await emptyFolder();
  repository = path.join(home, "repository");
  const generated = path.join(repository, "package", "generated");
  await mkdir(generated, { recursive: true });
  git("init", "--quiet");
  git("commit", "--quiet", "--allow-empty", "-m", "nothing");
  git("tag", "before");
  for (const spec of [old, next]) {
    await writeSide(generated, spec);
    git("add", ".");
    git("commit", "--quiet", "-m", "generated");
  }
});

/** The base that a name stands for, as seen from the package, which is not the repository's root. */
function base(name: string): Side {
  return readBase(name, path.join(repository, "package"));
}

function failure(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return String(error).replaceAll(home + path.sep, "");
  }
  return "no failure";
}

test("a revision is read as it was committed, whatever is in the working tree", async () => {
  await writeFile(path.join(repository, "package", "generated", "spec.ts"), "");
  expect(base("HEAD~1")).toEqual(await sideOf(old, "HEAD~1:generated"));
  expect(base("HEAD")).toEqual(await sideOf(next, "HEAD:generated"));
});

test("a folder that generate wrote is read as it is", async () => {
  const folder = path.join(home, "folder");
  await mkdir(folder);
  await writeSide(folder, next);
  expect(base(folder)).toEqual(await sideOf(next, folder));
});

test.each([
  ["no such revision", "nowhere", "nowhere: no such revision or folder"],
  ["an option in place of a revision", "--all", "--all: no such revision or folder"],
  ["what is no commit", "HEAD:package", "HEAD:package: no such revision or folder"],
  ["nothing", "", ": no such revision or folder"],
  ["a revision without generated/", "before", "before: has no generated/paths.ts"],
])("%s is refused", (_, name, message) => {
  expect(failure(() => base(name))).toBe(`PipelineError: ${message}`);
});

test("a folder that generate did not write is refused", () => {
  const message = "PipelineError: repository: has no paths.ts, so it is no generated/";
  expect(failure(() => base(repository))).toBe(message);
  expect(failure(() => readFolder(repository))).toBe(message);
});

test("a revision is refused where there is no repository", () => {
  expect(failure(() => readBase("HEAD", home))).toBe(
    "PipelineError: not in a git repository: name a folder to compare with",
  );
});

test.each([
  ["that is no TypeScript", "export interface operations {", "paths.ts:1:30 '}' expected."],
  [
    "with a name that nothing declares",
    "export interface operations {\n  saveThing: Gone;\n}",
    "paths.ts:2:14 Cannot find name 'Gone'.",
  ],
])("a side %s is refused, with the place", async (_, code, message) => {
  const good = await sideOf(old);
  const bad = { label: "bad", files: new Map([...good.files, ["paths.ts", code]]) };
  const line = `PipelineError: bad: does not compile: ${message}`;
  expect(failure(() => compile(bad, good))).toBe(line);
  expect(failure(() => compile(good, bad))).toBe(line);
});
