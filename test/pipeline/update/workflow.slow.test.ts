import { execFileSync } from "node:child_process";
import { cp, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { parse } from "../../../scripts/openapi/load.js";
import { emptyFolder, peaka, root } from "../import/harness.js";

const yaml = await readFile(path.join(root, ".github/workflows/spec.yml"), "utf8");
const { jobs } = parse(yaml, "spec.yml") as unknown as Record<
  "jobs",
  { update: { steps: Step[] } }
>;
interface Step {
  id?: string;
  run?: string;
}

test("the workflow commits a new revision, with a report, and is silent where there is none", async () => {
  const [cwd, temporary] = [await emptyFolder(), await emptyFolder()];
  const left = [".git", ".tmp", ".runtimes", ".types", "coverage", "dist", "node_modules", "test"];
  for (const name of (await readdir(root)).filter((name) => !left.includes(name))) {
    await cp(path.join(root, name), path.join(cwd, name), { recursive: true });
  }
  await symlink(path.join(root, "node_modules"), path.join(cwd, "node_modules"), "dir");
  const at = (name: string) => path.join(temporary, name);
  const job = { RUNNER_TEMP: temporary, GITHUB_OUTPUT: at("output"), SOURCE: at("source.yaml") };
  const env = { ...process.env, ...job, BRANCH: "upstream-spec" };
  const bash = (script = "exit 1") =>
    execFileSync("bash", ["-e", "-c", script], { cwd, env, stdio: "pipe" });
  async function update(spec: string): Promise<string[]> {
    await writeFile(at("source.yaml"), spec);
    await writeFile(at("output"), "");
    bash(jobs.update.steps.find(({ id }) => id === "update")?.run);
    return Promise.all(["report.md", "output"].map((name) => readFile(at(name), "utf8")));
  }
  bash(
    "git init -q -b main && git add -A && git -c user.name=a -c user.email=a@b commit -qm before",
  );
  expect(await update(peaka)).toEqual(["openapi/peaka.yaml: nothing changed\n", ""]);
  const [report, output] = await update(peaka.replace("(US Zone)", "(Moon Zone)"));
  expect(report).toContain("major  zones.us: renamed to moon");
  expect(output).toBe("changed=true\n");
  expect(String(bash("git diff --name-only main upstream-spec && git status --porcelain"))).toMatch(
    /^\.changeset\/spec-\w+\.md\napi\/\S+\ngenerated\/spec\.ts\nopenapi\/peaka\.yaml\n$/,
  );
});
