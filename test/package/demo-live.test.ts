import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultZone, zones } from "../../generated/spec.js";
import { runDemo } from "./run-demo.js";

describe("npm run demo -- --live", () => {
  const env = {
    PEAKA_API_KEY: "key-of-the-test",
    PEAKA_PROJECT_ID: "project1",
    PEAKA_CONNECTION_ID: "connection1",
  };
  const secret = "secret-of-the-test";
  const answering = (status: number, body: object) =>
    `globalThis.fetch = async (url) => {
      console.log("SENT", url);
      return Response.json(${JSON.stringify(body)}, { status: ${status} });
    };`;
  const connection = { id: "connection1", name: "n", type: "stripe" };
  const accepting = answering(200, connection);

  let folder: string;
  let [good, broken, list] = ["", "", ""];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "peaka-demo-"));
    [good, broken, list] = [join(folder, "good"), join(folder, "broken"), join(folder, "list")];
    await writeFile(good, JSON.stringify({ name: "n", credential: { token: secret } }));
    await writeFile(broken, `{"token":"${secret}"`);
    await writeFile(list, JSON.stringify([secret]));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const live = (zone: string, body: string) => ["--live", "--zone", zone, "--body", body];

  test.each(Object.entries(zones))("makes one update in zone %s", async (zone, url) => {
    const { code, output } = await runDemo(live(zone, good), env, accepting);
    expect(output).toContain(`SENT ${url}/`);
    expect(output.match(/SENT/g)).toHaveLength(1);
    expect(output).toMatch(new RegExp(`${zone} +attempt 1 +200`));
    expect(output).toContain(`updated ${JSON.stringify(connection)}`);
    expect(code).toBe(0);
  });

  test("shows a refusal redacted, with its outcome", async () => {
    const refusing = answering(400, { error: "INVALID_CREDENTIALS", message: `no ${secret}` });
    const { code, output } = await runDemo(live(defaultZone, good), env, refusing);
    expect(output).toMatch(/400 INVALID_CREDENTIALS.*\[redacted\].* \(outcome: not-applied\)/);
    expect(output).not.toContain(secret);
    expect(code).toBe(1);
  });

  const wrongZone = `--zone must be ${Object.keys(zones).join(" or ")}`;
  const misuses: [string, () => [string[], NodeJS.ProcessEnv], string][] = [
    [
      "missing variables",
      () => [live(defaultZone, good), { PEAKA_API_KEY: "key-of-the-test", PEAKA_PROJECT_ID: "" }],
      "--live needs PEAKA_PROJECT_ID, PEAKA_CONNECTION_ID in the environment",
    ],
    ["an unknown zone", () => [live("mars", good), env], wrongZone],
    ["no zone", () => [["--live", "--body", good], env], wrongZone],
    ["no file", () => [["--live", "--zone", defaultZone], env], "--live needs --body FILE"],
    ["a file that is not there", () => [live(defaultZone, "nowhere"), env], "nowhere (ENOENT)"],
    [
      "a file that is not JSON",
      () => [live(defaultZone, broken), env],
      "does not hold a JSON object",
    ],
    ["a file with a list", () => [live(defaultZone, list), env], "does not hold a JSON object"],
    ["an unknown flag", () => [["--lives"], env], "Unknown option '--lives'"],
    ["flags without --live", () => [["--zone", defaultZone], env], "--zone and --body need --live"],
  ];
  test.each(misuses)("says in one line about %s, and sends nothing", async (_, misuse, message) => {
    const { code, output } = await runDemo(...misuse(), accepting);
    expect(output.trimEnd().split("\n")).toEqual([expect.stringContaining(message)]);
    expect(output).not.toContain("-of-the-test");
    expect(code).toBe(1);
  });
});
