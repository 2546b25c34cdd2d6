import { beforeAll, describe, expect, test } from "vitest";
import { examples } from "../../generated/examples.js";
import { zones } from "../../generated/spec.js";
import { createReport } from "../../scripts/demo/report.js";
import { runDemo, type Run } from "./run-demo.js";

describe("npm run demo", () => {
  let run: Run;
  beforeAll(async () => {
    run = await runDemo();
  }, 60_000);

  test("succeeds, and every check of every scene holds", () => {
    expect(run).toMatchObject({ code: 0 });
    expect(run.output).not.toContain("FAILED");
    expect(run.output).toMatch(/All \d+ checks hold\.\n$/);
  });

  test.each(Object.keys(zones))("makes the spec's updates in zone %s", (zone) => {
    const scene = sceneOf(run, `Zone ${zone}:`);
    const requests = Object.values(examples.updateConnection.requests);
    for (const { name, type } of requests) {
      expect(scene).toContain(`ok      ${name} (${type}) is updated`);
    }
    const attempts = scene.match(new RegExp(`^ +${zone} +attempt 1 +200 +\\d+ ms$`, "gm"));
    expect(attempts).toHaveLength(requests.length);
  });

  test("shows a wrong credential as a redacted error with its outcome", () => {
    const scene = sceneOf(run, "A wrong credential");
    expect(scene).toMatch(/PeakaApiError: .* 400 INVALID_CREDENTIALS cn012: .*\[redacted\]/);
    expect(scene).toContain("code INVALID_CREDENTIALS, outcome not-applied");
    expect(scene).toContain("ok      the old credential is still in place");
  });

  test("shows two failures and the recovery", () => {
    const scene = sceneOf(run, "A gateway that fails twice");
    expect(scene.match(/attempt [12] +503 .* next attempt in \d+ ms/g)).toHaveLength(2);
    expect(scene).toMatch(/attempt 3 +200 /);
  });

  test("shows a refused redirect that reached nobody", () => {
    const scene = sceneOf(run, "A redirect to another origin");
    expect(scene).toMatch(/PeakaApiError: .* 307/);
    expect(scene).toContain("ok      0 requests reached the other origin");
  });

  test("prints no credential of the spec's examples", () => {
    for (const { credential } of Object.values(examples.updateConnection.requests)) {
      for (const value of Object.values(credential)) expect(run.output).not.toContain(value);
    }
  });
});

test("the demo fails when a check does not hold, or a secret is in its output", () => {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const failing = createReport(print);
  failing.check(false, "this");
  expect(failing.finish([])).toBe(false);
  const leaking = createReport(print);
  leaking.line("a secret");
  expect(leaking.finish(["secret"])).toBe(false);
  expect(createReport(print).finish(["secret"])).toBe(true);
  expect(lines).toContain("  FAILED  this");
});

function sceneOf({ output }: Run, heading: string): string {
  const scenes = output.split("\n\n").filter((scene) => scene.startsWith(heading));
  expect(scenes).toHaveLength(1);
  return scenes.join("");
}
