import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";

import { describe, expect, test, vi } from "vitest";

import { main } from "../../../scripts/generate/main.js";
import { check, write } from "../../../scripts/generate/write/write.js";
import {
  documentWith,
  emptyFolder,
  evaluate,
  jsonOf,
  noContent,
  operationWith,
  root,
  specFile,
} from "./harness.js";

/** Runs `npm run generate` in this process. */
async function run(...args: string[]) {
  const lines = { out: [] as string[], err: [] as string[] };
  const code = await main(args, {
    log: (line: string) => lines.out.push(line),
    error: (line: string) => lines.err.push(line),
  });
  return { code, ...lines };
}

async function contents(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    found[entry.name] = entry.isFile() ? await fs.readFile(file, "utf8") : "a folder";
  }
  return found;
}

describe("npm run generate", () => {
  test("takes the repository's spec and folder where it is given no others", async () => {
    expect(await run("--check")).toEqual({ code: 0, out: [], err: [] });
  });

  test("writes the three files, says which, and names what is left out", async () => {
    const get = { operationId: "get", responses: noContent };
    const post = { ...get, operationId: "op", requestBody: jsonOf({}, "text/plain") };
    const spec = await specFile(documentWith({ paths: { "/things": { get, post } } }));
    const out = path.join(path.dirname(spec), "out");
    const leftOut = "op (POST /things) is typed but cannot be called: its request body is not JSON";
    expect(await run("--spec", spec, "--out", out)).toEqual({
      code: 0,
      out: [leftOut, `${out}: wrote paths.ts, spec.ts, examples.ts`],
      err: [],
    });
    expect(Object.keys(await contents(out)).sort()).toEqual(["examples.ts", "paths.ts", "spec.ts"]);
    expect((await run("--spec", spec, "--out", out)).out[1]).toBe(`${out}: is up to date`);
    await fs.writeFile(spec, JSON.stringify(operationWith({ operationId: "newer" })));
    const [line] = (await run("--spec", spec, "--out", out)).out;
    expect(line).toBe("get could be called before, and is gone");
  });

  test("says why where nothing can be called, exits 1, and writes nothing", async () => {
    const spec = await specFile(operationWith({}, "/things/{id}"));
    const out = path.join(path.dirname(spec), "out");
    const why = "op (POST /things/{id}) is typed but cannot be called: its path has {id}, which";
    const none = `${spec}: has no operation that can be called: ${why}`;
    const err = [expect.stringContaining(none) as string];
    for (const options of [[], ["--check"]]) {
      expect(await run("--spec", spec, "--out", out, ...options)).toEqual({
        code: 1,
        out: [],
        err,
      });
    }
    await expect(fs.access(out)).rejects.toThrow("ENOENT");
  });

  test("applies the overlay beside the spec, or another, or none", async () => {
    const spec = await specFile(documentWith());
    const at = (name: string) => path.join(path.dirname(spec), name);
    async function write(name: string) {
      const gone = { target: "$.paths['/gone']", description: "Gone. By now.", update: {} };
      const actions = [gone, { target: "$.info", update: { title: name } }];
      await fs.writeFile(at(name), JSON.stringify({ overlay: "1.0.0", actions }));
      const digest = createHash("sha256").update(await fs.readFile(at(name)));
      return [`${at(name)}:1:31: #/actions/0 selects nothing: Gone`, name, digest.digest("hex")];
    }
    const [beside, other] = [await write("overlay.yaml"), await write("other.yaml")];
    async function told(...args: string[]) {
      const { out } = await run("--spec", spec, "--out", at("out"), ...args);
      const code = await fs.readFile(at("out/spec.ts"), "utf8");
      const { title, overlay } = (await evaluate(code)).spec ?? {};
      return [out[0], title, overlay];
    }
    expect(await told()).toEqual(beside);
    expect(await told("--overlay", at("other.yaml"))).toEqual(other);
    expect((await run("--check", "--spec", spec, "--out", at("out"))).code).toBe(1);
    expect(await told("--no-overlay")).toEqual([
      `${at("out")}: wrote spec.ts`,
      "Things",
      undefined,
    ]);
  });

  test("--check exits 1, names each file that differs, and writes nothing", async () => {
    const folder = await emptyFolder();
    const [out, spec] = [path.join(folder, "generated"), path.join(folder, "spec.yaml")];
    await fs.cp(path.join(root, "generated"), out, { recursive: true });
    await fs.appendFile(path.join(out, "paths.ts"), "\n");
    await fs.rm(path.join(out, "examples.ts"));
    await fs.writeFile(path.join(out, "extra.ts"), "");
    const yaml = await fs.readFile(path.join(root, "openapi/peaka.yaml"), "utf8");
    await fs.writeFile(spec, yaml.replace("partner.eu.", "other.eu."));
    const before = await contents(out);
    expect(await run("--check", "--spec", spec, "--out", out)).toEqual({
      code: 1,
      out: [],
      err: [
        `${out}/paths.ts is stale or edited: generate gives another`,
        `${out}/spec.ts is stale or edited: generate gives another`,
        `${out}/examples.ts is missing`,
        `${out}/extra.ts is extra: generate does not write it`,
      ],
    });
    expect(await contents(out)).toEqual(before);
  });

  test.each<[string[], RegExp]>([
    [["--force"], /^Unknown option '--force'[^\n]*$/],
    [["--check", "--watch"], /^--check and --watch exclude each other[^\n]*$/],
    [
      ["--overlay", "a.yaml", "--no-overlay"],
      /^--overlay and --no-overlay exclude each other[^\n]*$/,
    ],
    [["--overlay", "none.yaml"], /^none\.yaml: no such file$/],
    [["--spec", "none.yaml"], /^none\.yaml: no such file$/],
  ])("refuses %j in one line, and exits 1", async (args, message) => {
    const expected = { code: 1, out: [], err: [expect.stringMatching(message) as string] };
    expect(await run(...args)).toEqual(expected);
  });

  test("refuses an option that npm took for its own", async () => {
    vi.stubEnv("npm_config_check", "true");
    const { code, err } = await run();
    vi.unstubAllEnvs();
    const advice = "npm took --check for an option of its own: write npm run generate -- --check";
    expect({ code, err }).toEqual({ code: 1, err: [advice] });
  });

  test("--help describes each option", async () => {
    const { code, out, err } = await run("--help");
    expect({ code, err }).toEqual({ code: 0, err: [] });
    const options = "--check --watch --spec --overlay --no-overlay --out --help";
    expect(
      out
        .join("\n")
        .match(/^--[\w-]+/gm)
        ?.join(" "),
    ).toBe(options);
  });

  test("that refuses a spec writes nothing", async () => {
    const spec = await specFile(documentWith({ servers: [] }));
    const out = path.join(path.dirname(spec), "out");
    const err = [`${spec}: has no servers: each zone needs one`];
    expect(await run("--spec", spec, "--out", out)).toEqual({ code: 1, out: [], err });
    await expect(fs.access(out)).rejects.toThrow("ENOENT");
  });
});

const files = new Map(["a", "b", "c"].map((name) => [`${name}.ts`, `${name}\n`]));

describe("writing", () => {
  test("makes the folder, and gives the names of what it wrote", async () => {
    const folder = path.join(await emptyFolder(), "new/folder");
    expect(check(folder, files)).toHaveLength(3);
    expect(await write(folder, files)).toEqual(["a.ts", "b.ts", "c.ts"]);
    expect(await contents(folder)).toEqual(Object.fromEntries(files));
    expect(check(folder, files)).toEqual([]);
  });

  test("leaves alone a file that holds the same already, and files of others", async () => {
    const folder = await emptyFolder();
    for (const [name, text] of Object.entries({ "a.ts": "a\n", "b.ts": "old", other: "other" })) {
      await fs.writeFile(path.join(folder, name), text);
    }
    await fs.utimes(path.join(folder, "a.ts"), 1, 1);
    expect(await write(folder, files)).toEqual(["b.ts", "c.ts"]);
    expect((await fs.stat(path.join(folder, "a.ts"))).mtimeMs).toBe(1000);
    expect(await contents(folder)).toEqual({ ...Object.fromEntries(files), other: "other" });
  });

  test("replaces what a link leads to, and keeps its mode", async () => {
    const [folder, elsewhere] = [await emptyFolder(), await emptyFolder()];
    const [link, target] = [path.join(folder, "a.ts"), path.join(elsewhere, "real.ts")];
    await fs.writeFile(target, "old");
    await fs.chmod(target, 0o664);
    await fs.symlink(target, link);
    await write(folder, files);
    expect([await fs.readlink(link), await fs.readFile(target, "utf8")]).toEqual([target, "a\n"]);
    expect((await fs.stat(target)).mode & 0o777).toBe(0o664);
    expect(await fs.readdir(elsewhere)).toEqual(["real.ts"]);
  });

  test("that fails in the middle leaves every file as it was, and none behind", async () => {
    const folder = await emptyFolder();
    await fs.writeFile(path.join(folder, "b.ts"), "old");
    // A folder cannot be replaced by a file: the last of the renames fails.
    await fs.mkdir(path.join(folder, "c.ts"));
    await expect(write(folder, files)).rejects.toThrow(/cannot be written \(EISDIR\)/);
    expect(await contents(folder)).toEqual({ "b.ts": "old", "c.ts": "a folder" });
  });

  test("where there is no folder and cannot be one is refused in one line", async () => {
    const file = path.join(await emptyFolder(), "file");
    await fs.writeFile(file, "");
    await expect(write(file, files)).rejects.toThrow(`${file}: cannot be written (EEXIST)`);
    await expect(write(path.join(file, "deeper"), files)).rejects.toThrow(/\(ENOTDIR\)/);
  });
});
