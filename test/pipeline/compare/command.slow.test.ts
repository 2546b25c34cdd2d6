import { execFile, execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import { beforeAll, expect, test, vi } from "vitest";

import { readBase, type Side } from "../../../scripts/compare/base.js";
import { compareCommand } from "../../../scripts/compare/command.js";
import { emptyFolder, pathOf, sideOf, specOf, writeSide } from "./harness.js";

const root = path.join(import.meta.dirname, "../../..");
const [old, next] = [specOf([pathOf("a")]), specOf([pathOf("a"), pathOf("b")])];
let home: string;
let repository: string;
/** The folder of a package that is not the root of its repository. */
let generated: string;

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  execFileSync("git", [...identity, ...args], { cwd: repository, stdio: "ignore" });
}

beforeAll(async () => {
  home = await emptyFolder();
  repository = path.join(home, "repository");
  generated = path.join(repository, "package", "generated");
  await mkdir(repository);
  git("init", "--quiet");
  git("commit", "--quiet", "--allow-empty", "-m", "nothing");
  git("tag", "before");
  for (const spec of [old, next]) {
    await writeSide(generated, spec);
    git("add", ".");
    git("commit", "--quiet", "-m", "generated");
  }
  await writeFile(path.join(generated, "spec.ts"), "");
});

function base(name: string): Side {
  return readBase(name, path.join(repository, "package"));
}

test("a revision is read as it was committed, whatever is in the working tree", async () => {
  expect(base("HEAD~1")).toEqual(await sideOf(old, "HEAD~1:generated"));
  expect(base("HEAD")).toEqual(await sideOf(next, "HEAD:generated"));
});

test.each([
  ["no such revision", "nowhere", "nowhere: no such revision or folder"],
  ["an option in place of a revision", "--all", "--all: no such revision or folder"],
  ["what is no commit", "HEAD:package", "HEAD:package: no such revision or folder"],
  ["nothing", "", ": no such revision or folder"],
  ["a revision without generated/", "before", "before: has no generated/paths.ts"],
  ["a folder of something else", root, `${root}: has no paths.ts, so it is no generated/`],
])("%s is refused", (_, name, message) => {
  expect(() => base(name)).toThrow(new RegExp(`^${message.replaceAll(/[/.]/g, "\\$&")}$`));
});

test("a revision is refused where there is no repository", () => {
  const advice = /: name a folder to compare with$/;
  expect(() => readBase("HEAD", home)).toThrow(/^fatal: not a git repository/);
  expect(() => readBase("HEAD", home)).toThrow(advice);
  vi.stubEnv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
  expect(() => base("HEAD")).toThrow(/^fatal: detected dubious ownership in repository at /);
  vi.unstubAllEnvs();
});

test("a revision is the folder's, also in a hook of another repository", async () => {
  vi.stubEnv("GIT_DIR", path.join(root, ".git"));
  expect(base("HEAD")).toEqual(await sideOf(next, "HEAD:generated"));
  vi.unstubAllEnvs();
});

test("the command takes the last commit for the base", async () => {
  const folder = path.join(home, "new");
  await writeSide(folder, old);
  const { lines } = compareCommand(["--generated", folder], path.join(repository, "package"));
  expect(lines[0]).toBe("major  b: gone, was PUT /b");
});

test("npm run compare prints the report, and exits 1 on a break or a refusal", async () => {
  const [one, two] = [path.join(home, "one"), path.join(home, "two")];
  await writeSide(one, old);
  await writeSide(two, next);
  const run = async (base: string): Promise<unknown> => {
    const args = ["--import", "tsx", "scripts/compare.ts", base, "--generated", one];
    return promisify(execFile)(process.execPath, args, { cwd: root }).catch(
      (error: unknown) => error,
    );
  };
  const report = compareCommand([two, "--generated", one]).lines.join("\n");
  expect(await run(two)).toMatchObject({ code: 1, stdout: `${report}\n`, stderr: "" });
  const stderr = "nowhere: no such revision or folder\n";
  expect(await run("nowhere")).toMatchObject({ code: 1, stdout: "", stderr });
});
