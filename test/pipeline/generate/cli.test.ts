import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

import { afterAll, describe, expect, test, vi } from "vitest";

import { documentWith, emptyFolder, jsonOf, operationWith, specFile } from "./harness.js";

const root = path.join(import.meta.dirname, "../../..");
// Starting takes seconds where other tests run beside these.
vi.setConfig({ testTimeout: 120_000 });

const running: ChildProcess[] = [];

afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

interface Run {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly out: () => string;
  readonly err: () => string;
}

/** Starts the command as `npm run generate` does, in the folder of this repository or another. */
function start(args: readonly string[], cwd = root): Run {
  const script = path.join(root, "scripts/generate.ts");
  const tsx = import.meta.resolve("tsx");
  const child = spawn(process.execPath, ["--import", tsx, script, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  const texts = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (texts.err += chunk.toString()));
  return { child, out: () => texts.out, err: () => texts.err };
}

async function run(args: readonly string[], cwd?: string) {
  const { child, out, err } = start(args, cwd);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out: out(), err: err() };
}

async function contents(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(folder)).sort()) {
    found[name] = await readFile(path.join(folder, name), "utf8");
  }
  return found;
}

describe("npm run generate", () => {
  test("without options takes the repository's spec and folder, from wherever it is run", async () => {
    const { code, out, err } = await run(["--check"], await emptyFolder());
    expect({ code, out, err }).toEqual({ code: 0, out: "", err: "" });
  });

  test("writes the three files, says which, and names what is left out", async () => {
    const spec = await specFile(operationWith({ requestBody: jsonOf({}, "text/plain") }));
    const out = path.join(path.dirname(spec), "out");
    expect(await run(["--spec", spec, "--out", out])).toEqual({
      code: 0,
      out: `op (POST /things) is typed but cannot be called: its request body is not JSON\n${out}: wrote paths.ts, spec.ts, examples.ts\n`,
      err: "",
    });
    expect(Object.keys(await contents(out))).toEqual(["examples.ts", "paths.ts", "spec.ts"]);
    expect((await run(["--spec", spec, "--out", out])).out).toContain(`${out}: is up to date`);
  });

  test("--check exits 1, names each file that differs, and writes nothing", async () => {
    const out = path.join(await emptyFolder(), "generated");
    await cp(path.join(root, "generated"), out, { recursive: true });
    await appendFile(path.join(out, "paths.ts"), "\n");
    await rm(path.join(out, "examples.ts"));
    await writeFile(path.join(out, "extra.ts"), "");
    const before = await contents(out);
    const { code, err } = await run(["--check", "--out", out]);
    expect(code).toBe(1);
    expect(err.split("\n")).toEqual([
      expect.stringContaining("paths.ts is stale or edited"),
      expect.stringContaining("examples.ts is missing"),
      expect.stringContaining("extra.ts is extra"),
      "",
    ]);
    expect(await contents(out)).toEqual(before);
  });

  test("--check names the file that a change of a server makes stale", async () => {
    const folder = await emptyFolder();
    const yaml = await readFile(path.join(root, "openapi/peaka.yaml"), "utf8");
    await writeFile(path.join(folder, "spec.yaml"), yaml.replace("partner.eu.", "other.eu."));
    const { code, err } = await run(["--check", "--spec", path.join(folder, "spec.yaml")]);
    expect(code).toBe(1);
    expect(err).toMatch(/^\S*spec\.ts is stale or edited: [^\n]*\n$/);
  });

  test.each<[string[], RegExp]>([
    [["--force"], /^Unknown option '--force'[^\n]*\n$/],
    [["--check", "--watch"], /^--check and --watch exclude each other[^\n]*\n$/],
    [["--spec", "none.yaml"], /^none\.yaml: no such file\n$/],
  ])("refuses %j in one line, and exits 1", async (args, message) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(message);
  });

  test("--help tells each option", async () => {
    const { code, out, err } = await run(["--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.match(/^--\w+/gm)).toEqual(["--check", "--watch", "--spec", "--out", "--help"]);
  });

  test("that refuses a spec writes nothing", async () => {
    const spec = await specFile(documentWith({ servers: [] }));
    const out = path.join(path.dirname(spec), "out");
    await mkdir(out);
    await writeFile(path.join(out, "spec.ts"), "as it was");
    const { code, err } = await run(["--spec", spec, "--out", out]);
    expect(code).toBe(1);
    expect(err).toBe(`${spec}: has no servers: each zone needs one\n`);
    expect(await contents(out)).toEqual({ "spec.ts": "as it was" });
  });

  test("that is interrupted leaves all files as they were, or all of them new", async () => {
    const folder = await emptyFolder();
    const spec = path.join(folder, "spec.json");
    const out = path.join(folder, "out");
    await writeFile(spec, JSON.stringify(documentWith()));
    const began = Date.now();
    await run(["--spec", spec, "--out", out]);
    const lasted = Date.now() - began;
    let before = await contents(out);
    for (let round = 1; round <= 5; round += 1) {
      await writeFile(
        spec,
        JSON.stringify(documentWith({ info: { title: `${round}`, version: "" } })),
      );
      const { child } = start(["--spec", spec, "--out", out]);
      const closed = once(child, "close");
      // Around the end, where the files are written.
      await setTimeout(lasted * (0.6 + round / 10));
      child.kill("SIGINT");
      await closed;
      const after = await contents(out);
      expect(Object.keys(after)).toEqual(["examples.ts", "paths.ts", "spec.ts"]);
      if (after["spec.ts"]?.includes(`"${round}"`) !== true) expect(after).toEqual(before);
      before = after;
    }
  });

  test("--watch generates on save; a broken save is one line, and watching goes on", async () => {
    const spec = await specFile(documentWith());
    const out = path.join(path.dirname(spec), "out");
    const { child, out: printed, err } = start(["--watch", "--spec", spec, "--out", out]);
    await expect.poll(printed, { timeout: 60_000 }).toContain("wrote paths.ts");
    // Renamed into place: who looks while a file is written sees it empty, and says so in another line.
    await writeFile(`${spec}.new`, "openapi: [");
    await rename(`${spec}.new`, spec);
    await expect
      .poll(err, { timeout: 60_000 })
      .toMatch(/^[^\n]*:1:11: is not valid YAML: [^\n]*\n$/);
    expect(Object.keys(await contents(out))).toHaveLength(3);
    await writeFile(spec, JSON.stringify(documentWith({ info: { title: "New", version: "2" } })));
    await expect.poll(printed, { timeout: 60_000 }).toContain("wrote spec.ts");
    expect((await contents(out))["spec.ts"]).toContain('"New"');
    expect(child.exitCode).toBeNull();
  });
});
