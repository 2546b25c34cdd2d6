import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

import { afterAll, describe, expect, test, vi } from "vitest";

import { showProgress } from "../../../scripts/import/progress.js";
import { largeDocument } from "../../../scripts/bench/large-document.js";
import { emptyFolder } from "../generate/harness.js";
import { ofAnotherApi } from "../../tools/departures.js";
import { apiWith, operation } from "./api.js";
import { pageOf, peaka, root, yamlOf } from "./harness.js";

// Starting takes seconds where other tests run beside these.
vi.setConfig({ testTimeout: 120_000 });

const running: ChildProcess[] = [];

afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts the command as `npm run import-spec` does. */
function start(args: readonly string[], cwd = root): ChildProcess {
  const script = path.join(root, "scripts/import-spec.ts");
  const tsx = import.meta.resolve("tsx");
  const child = spawn(process.execPath, ["--import", tsx, script, ...args], { cwd });
  running.push(child);
  return child;
}

async function run(args: readonly string[], cwd?: string) {
  const child = start(args, cwd);
  const texts = { out: "", err: "" };
  child.stdout?.on("data", (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (texts.err += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...texts };
}

/** A folder with a spec, and a docs page that adds an operation to it. */
async function folderWith(spec: string, page: string): Promise<string> {
  const folder = await emptyFolder();
  await writeFile(path.join(folder, "spec.yaml"), spec);
  await writeFile(path.join(folder, "page.md"), page);
  return folder;
}

describe("npm run import-spec", () => {
  test("merges into the repository's spec, and says so where nothing changed", async () => {
    const folder = await folderWith("", pageOf(peaka));
    const { code, out, err } = await run([path.join(folder, "page.md")]);
    expect({ code, out, err }).toEqual({
      code: 0,
      out: `${path.join("openapi", "peaka.yaml")}: nothing changed\n`,
      err: "",
    });
    expect(await readFile(path.join(root, "openapi/peaka.yaml"), "utf8")).toBe(peaka);
  });

  test("prints what it changed, each on a line of its own, and shows no progress in a pipe", async () => {
    const strange = operation("b\nadded operation c\u202e");
    const source = apiWith({ "/b": { get: strange } });
    const folder = await folderWith(
      yamlOf(apiWith({ "/a": { get: operation("a") } })),
      pageOf(yamlOf(source)),
    );
    const args = ["page.md", "--spec", "spec.yaml", "--all", "--remove", "a"];
    expect(await run(args, folder)).toEqual({
      code: 0,
      out: "added operation b\\u000aadded operation c\\u202e (GET /b)\nremoved operation a (GET /a)\n",
      err: "",
    });
    expect(await readFile(path.join(folder, "spec.yaml"), "utf8")).toBe(yamlOf(source));
    expect((await readdir(folder)).sort()).toEqual(["page.md", "spec.yaml"]);
  });

  test("--help tells how it is used", async () => {
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    expect(out).toContain("npm run import-spec -- SOURCE");
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test("refuses what it cannot do in one line, and exits 1", async () => {
    const folder = await folderWith(peaka, "# Page\n");
    const refused: [string[], RegExp][] = [
      [[], /^expected one SOURCE[^\n]*\n$/],
      [["a", "b"], /^expected one SOURCE[^\n]*\n$/],
      [["page.md", "--everything"], /^Unknown option '--everything'[^\n]*\n$/],
      [
        ["page.md", "--all", "--operation", "a"],
        /^--all and --operation exclude each other[^\n]*\n$/,
      ],
      [["page.md"], /^page\.md: has no OpenAPI document in a fence of four backticks\n$/],
      [
        ["http://api.example/", "--all"],
        /^http:\/\/api\.example\/: is not fetched over http[^\n]*\n$/,
      ],
    ];
    const runs = await Promise.all(
      refused.map(([args]) => run([...args, "--spec", "spec.yaml"], folder)),
    );
    runs.forEach(({ code, out, err }, index) => {
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toMatch(refused[index]?.[1] ?? "");
    });
    expect(await readFile(path.join(folder, "spec.yaml"), "utf8")).toBe(peaka);
  });
});

describe("npm run import-spec that is interrupted", () => {
  test("while it reads leaves the spec as it was, and nothing beside it", async () => {
    const folder = await folderWith(peaka, "");
    ofAnotherApi();
    const server = createServer((_, response) => {
      response.write(peaka.slice(0, 2000));
      child.kill("SIGINT");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/spec.yaml`;
    const child = start([address, "--spec", "spec.yaml", "--all"], folder);
    expect(await once(child, "exit")).toEqual([null, "SIGINT"]);
    server.closeAllConnections();
    server.close();
    expect(await readFile(path.join(folder, "spec.yaml"), "utf8")).toBe(peaka);
    expect(await readdir(folder)).toHaveLength(2);
  });

  test("at any later time leaves the spec as it was, or all of it new", async () => {
    const whole = largeDocument(40, 4);
    const before = yamlOf({ ...whole, paths: {}, components: {} });
    const folder = await folderWith(before, pageOf(yamlOf(whole)));
    const spec = path.join(folder, "spec.yaml");
    const args = ["page.md", "--spec", "spec.yaml", "--all"];
    const began = Date.now();
    await run(args, folder);
    const lasted = Date.now() - began;
    const after = await readFile(spec, "utf8");
    expect(after).toBe(yamlOf(whole));
    for (let round = 0; round < 6; round += 1) {
      await writeFile(spec, before);
      const child = start(args, folder);
      const ended = once(child, "exit");
      // Around the end, where the file is written.
      await setTimeout(lasted * (0.7 + round / 16));
      child.kill("SIGINT");
      await ended;
      expect([before, after]).toContain(await readFile(spec, "utf8"));
      expect(await readdir(folder)).toHaveLength(2);
    }
  });
});

describe("progress", () => {
  test("is one line of a terminal that is written over, and cleared at the end", () => {
    const written: string[] = [];
    const write = (text: string): boolean => written.push(text) > 0;
    const progress = showProgress({ isTTY: true, columns: 12, write });
    for (const step of ["reading\na file", "merging", ""]) progress(step);
    expect(written).toEqual(["reading\\u00", "merging", ""].map((step) => `\r\u001b[K${step}`));
  });

  test("is not shown elsewhere", () => {
    const write = (): boolean => {
      throw new Error("written");
    };
    showProgress({ isTTY: false, columns: 80, write })("reading");
  });
});
