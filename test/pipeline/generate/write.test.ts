import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, test } from "vitest";

import { check, write } from "../../../scripts/generate/write/write.js";
import { emptyFolder } from "./harness.js";

const files = new Map([
  ["a.ts", "a\n"],
  ["b.ts", "b\n"],
  ["c.ts", "c\n"],
]);

async function contents(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const content = entry.isFile() ? readFile(path.join(folder, entry.name), "utf8") : "a folder";
    found[entry.name] = await content;
  }
  return found;
}

describe("writing", () => {
  test("makes the folder, and tells which files it wrote", async () => {
    const folder = path.join(await emptyFolder(), "new/folder");
    expect(await write(folder, files)).toEqual(["a.ts", "b.ts", "c.ts"]);
    expect(await contents(folder)).toEqual(Object.fromEntries(files));
  });

  test("leaves alone a file that holds the same already, and files of others", async () => {
    const folder = await emptyFolder();
    await writeFile(path.join(folder, "a.ts"), "a\n");
    await writeFile(path.join(folder, "b.ts"), "old");
    await writeFile(path.join(folder, "other.txt"), "other");
    await utimes(path.join(folder, "a.ts"), 1, 1);
    expect(await write(folder, files)).toEqual(["b.ts", "c.ts"]);
    expect((await stat(path.join(folder, "a.ts"))).mtimeMs).toBe(1000);
    expect(await contents(folder)).toEqual({ ...Object.fromEntries(files), "other.txt": "other" });
  });

  test("that fails in the middle leaves every file as it was, and none behind", async () => {
    const folder = await emptyFolder();
    await writeFile(path.join(folder, "b.ts"), "old");
    // A folder cannot be replaced by a file: the last of the renames fails.
    await mkdir(path.join(folder, "c.ts"));
    await expect(write(folder, files)).rejects.toThrow(/cannot be written \(EISDIR\)/);
    expect(await contents(folder)).toEqual({ "b.ts": "old", "c.ts": "a folder" });
  });

  test("where there is no folder and cannot be one is refused in one line", async () => {
    const file = path.join(await emptyFolder(), "file");
    await writeFile(file, "");
    await expect(write(file, files)).rejects.toThrow(`${file}: cannot be written (EEXIST)`);
    await expect(write(path.join(file, "deeper"), files)).rejects.toThrow(/\(ENOTDIR\)/);
  });
});

test("a signal that comes while files are written counts when they are", async () => {
  const folder = await emptyFolder();
  const module = new URL("../../../scripts/generate/write/write.ts", import.meta.url).href;
  const script = `
    import { write } from ${JSON.stringify(module)};
    const done = write(process.argv[1], new Map(${JSON.stringify([...files])}));
    process.kill(process.pid, "SIGTERM");
    await done;`;
  const args = [
    "--import",
    import.meta.resolve("tsx"),
    "--input-type=module",
    "-e",
    script,
    folder,
  ];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  expect(await once(child, "close")).toEqual([null, "SIGTERM"]);
  expect(await contents(folder)).toEqual(Object.fromEntries(files));
});

describe("checking", () => {
  test("has nothing to say of a folder that was just written", async () => {
    const folder = await emptyFolder();
    await write(folder, files);
    expect(check(folder, files)).toEqual([]);
  });

  test("names each file that is stale or edited, missing, or extra, and changes none", async () => {
    const folder = await emptyFolder();
    await write(folder, files);
    await writeFile(path.join(folder, "a.ts"), "a\n// edited\n");
    await writeFile(path.join(folder, "old.ts"), "");
    const before = await contents(folder);
    const wanted = new Map([...files, ["d.ts", "d\n"]]);
    expect(check(folder, wanted)).toEqual([
      `${path.join(folder, "a.ts")} is stale or edited: generate gives another`,
      `${path.join(folder, "d.ts")} is missing`,
      `${path.join(folder, "old.ts")} is extra: generate does not write it`,
    ]);
    expect(await contents(folder)).toEqual(before);
  });

  test("calls every file missing where there is no folder", async () => {
    expect(check(path.join(await emptyFolder(), "none"), files)).toHaveLength(3);
  });
});
