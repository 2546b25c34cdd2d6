import path from "node:path";
import { Package } from "@arethetypeswrong/core";
import { describe, expect, test } from "vitest";
import { writeFiles } from "../../scripts/package/install.js";
import { findStrays } from "../../scripts/package/check/needed.js";
import { lint } from "../../scripts/package/check/publint.js";
import { findDangling } from "../../scripts/package/check/source-maps.js";
import { findKept } from "../../scripts/package/check/tree-shaking.js";
import { findWrongTypes } from "../../scripts/package/check/types-wrong.js";
import { emptyFolder } from "../tools/empty-folder.js";

const manifest = {
  name: "peaka-client",
  license: "MIT",
  type: "module",
  sideEffects: false,
  exports: {
    ".": { import: { types: "./dist/index.d.ts", default: "./dist/index.js" } },
    "./undici": { import: { types: "./dist/index.d.ts", default: "./dist/index.js" } },
  },
};
// Apart, or tools take what is written below for the name of this file's own map.
const pragma = "sourceMappingURL";
const mapped = (file: string, code: string) => `${code}\n//# ${pragma}=${file}.map\n`;
const map = (file: string, source: string) => JSON.stringify({ file, sources: [source] });

/** A package in which there is nothing to find. */
const good: Record<string, string> = {
  "package.json": JSON.stringify(manifest),
  "README.md": "",
  LICENSE: "",
  "CHANGELOG.md": "",
  "SECURITY.md": "",
  "dist/index.js": mapped(
    "index.js",
    "export const zones = {}, createPeakaClient = 1, undiciFetch = 1;",
  ),
  "dist/index.js.map": map("index.js", "../src/index.ts"),
  "dist/index.d.ts": mapped("index.d.ts", 'export * from "./zones.js";'),
  "dist/index.d.ts.map": map("index.d.ts", "../src/index.ts"),
  "dist/zones.d.ts": mapped("zones.d.ts", "export {};"),
  "dist/zones.d.ts.map": map("zones.d.ts", "../src/zones.ts"),
  "src/index.ts": 'export * from "./zones.js";',
  "src/zones.ts": "export const zones = {};",
};

/** That package with other files, or without those that are undefined. */
function packed(changes: Record<string, string | undefined> = {}): Map<string, string> {
  const files = Object.entries({ ...good, ...changes });
  return new Map(files.filter((file): file is [string, string] => file[1] !== undefined));
}

async function installed(changes: Record<string, string>) {
  const service = await emptyFolder();
  const folder = path.join(service, "node_modules/peaka-client");
  await writeFiles(folder, packed(changes));
  return { service, installed: folder };
}

test("a package without problems has none found", async () => {
  expect(findStrays(packed())).toEqual([]);
  expect(findDangling(packed())).toEqual([]);
  const folders = await installed({});
  expect(await lint(folders)).toEqual([]);
  expect(await findKept(folders)).toEqual([]);
});

describe("the check of what is packed names", () => {
  test("a file that nothing needs", () => {
    const strays = { "dist/old.d.ts": "export {};", "src/notes.md": "" };
    expect(findStrays(packed(strays))).toEqual([
      "dist/old.d.ts is packed, and nothing needs it",
      "src/notes.md is packed, and nothing needs it",
    ]);
  });

  test("a file that is needed and not there", () => {
    expect(findStrays(packed({ "dist/zones.d.ts": undefined }))).toContain(
      "dist/index.d.ts needs dist/zones.d.ts, which is not packed",
    );
  });
});

describe("the check of source maps names", () => {
  const js = "dist/index.js.map";
  test.each<[string, Record<string, string | undefined>, string]>([
    [
      "a source that is not packed",
      { [js]: map("index.js", "../src/gone.ts") },
      `${js} names ../src/gone.ts, which is not packed`,
    ],
    [
      "a source outside of the package",
      { [js]: map("index.js", "../../src/index.ts") },
      `${js} names ../../src/index.ts, which is outside of the package`,
    ],
    [
      "an absolute path",
      { [js]: map("index.js", "/src/index.ts") },
      `${js} names /src/index.ts, which is not relative`,
    ],
    [
      "code without a map",
      { "dist/index.js": "export const zones = {};" },
      "dist/index.js names no map",
    ],
    [
      "a source that imports what is not packed",
      { "src/zones.ts": 'import "../generated/spec.js";' },
      "src/zones.ts imports generated/spec.ts, which is not packed",
    ],
  ])("%s", (_, changes, problem) => {
    expect(findDangling(packed(changes))).toEqual([problem]);
  });
});

describe("the check of what bundlers keep names", () => {
  test("what each of them keeps of a package that is not used", async () => {
    const problems = await findKept(
      await installed({
        "package.json": JSON.stringify({ ...manifest, sideEffects: true }),
        "dist/index.js": `globalThis.peaka = "kept"; ${good["dist/index.js"]}`,
      }),
    );
    expect(problems).toEqual(
      ["esbuild", "rollup", "webpack"].map(
        (name) => expect.stringMatching(`^${name} keeps, when nothing is used: .*"kept"`) as string,
      ),
    );
  });

  test("what each of them keeps beside the zones", async () => {
    const problems = await findKept(
      await installed({
        "dist/index.js": `globalThis.peaka = "${"kept".repeat(100)}"; ${good["dist/index.js"]}`,
      }),
    );
    expect(problems.map((problem) => problem.split(" ", 2).join(" "))).toEqual([
      "esbuild keeps",
      "rollup keeps",
      "webpack keeps",
    ]);
  });
});

test("a suggestion of publint's is a problem, too", async () => {
  const unlicensed = JSON.stringify({ ...manifest, license: undefined });
  const problems = await lint(await installed({ "package.json": unlicensed }));
  expect(problems).toEqual([expect.stringContaining("license")]);
});

test("declarations that are taken for those of another kind of module are a problem", async () => {
  const exports = { ".": { types: "./dist/index.d.ts", require: "./dist/index.cjs" } };
  const files = packed({
    "package.json": JSON.stringify({ ...manifest, exports }),
    "dist/index.cjs": "exports.zones = {};",
  });
  const placed = [...files].map(([file, text]) => [`/node_modules/peaka-client/${file}`, text]);
  const parsed = new Package(
    Object.fromEntries(placed) as Record<string, string>,
    "peaka-client",
    "1",
  );
  expect((await findWrongTypes({ parsed })).join()).toContain("FalseESM");
});
