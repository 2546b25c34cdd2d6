import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

import { expect, onTestFinished, test } from "vitest";

import { documentWith, emptyFolder, root, specFile } from "./harness.js";

function start(...args: string[]): ChildProcess {
  const all = ["--import", import.meta.resolve("tsx"), ...args];
  // It works the same wherever it is run.
  const child = spawn(process.execPath, all, { cwd: tmpdir() });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

const script = path.join(root, "scripts/generate.ts");

test("npm run generate exits with the code of what it found", async () => {
  expect(await once(start(script, "--check"), "close")).toEqual([0, null]);
  expect(await once(start(script, "--check", "--out", await emptyFolder()), "close")).toEqual([
    1,
    null,
  ]);
});

test("--watch generates on save; a broken save is one line, and watching goes on", async () => {
  const spec = await specFile(documentWith());
  const out = path.join(path.dirname(spec), "out");
  const child = start(script, "--watch", "--spec", spec, "--out", out);
  const [log, err] = [child.stdout, child.stderr].map((stream) =>
    createInterface({ input: stream as NodeJS.ReadableStream })[Symbol.asyncIterator](),
  );
  /** Renamed into place: a file that is being written would be seen empty for a moment. */
  async function save(text: string, file = spec): Promise<void> {
    await writeFile(`${spec}.new`, text);
    await rename(`${spec}.new`, file);
  }
  expect((await log?.next())?.value).toBe(`${out}: wrote paths.ts, spec.ts, examples.ts`);
  await save("openapi: [");
  expect((await err?.next())?.value).toMatch(/:1:11: is not valid YAML: /);
  expect(await readdir(out)).toHaveLength(3);
  await save(JSON.stringify(documentWith({ info: { title: "New", version: "2" } })));
  expect((await log?.next())?.value).toBe(`${out}: wrote spec.ts`);
  const update = { info: { title: "Newer" } };
  const overlay = JSON.stringify({ overlay: "1.0.0", actions: [{ target: "$", update }] });
  await save(overlay, path.join(path.dirname(spec), "overlay.yaml"));
  expect((await log?.next())?.value).toBe(`${out}: wrote spec.ts`);
  expect(await readFile(path.join(out, "spec.ts"), "utf8")).toContain('"Newer"');
  expect(child.exitCode).toBeNull();
});

test("a signal that comes while files are written counts when they are", async () => {
  const folder = await emptyFolder();
  const module = new URL("../../../scripts/generate/write/write.ts", import.meta.url).href;
  const code = `
    import { write } from ${JSON.stringify(module)};
    const done = write(${JSON.stringify(folder)}, new Map([["a.ts", "a"], ["b.ts", "b"]]));
    process.kill(process.pid, "SIGTERM");
    await done;`;
  const child = start("--input-type=module", "-e", code);
  expect(await once(child, "close")).toEqual([null, "SIGTERM"]);
  expect((await readdir(folder)).sort()).toEqual(["a.ts", "b.ts"]);
});
