import { describe, expect, test } from "vitest";
import { findDangling } from "../../scripts/package/dangling.js";

// In two parts, or tools take what is written below for the name of this file's own map.
const pragma = "sourceMappingURL";
const mapped = (file: string, code: string) => `${code}\n//# ${pragma}=${file}.map\n`;
const map = (sources: string[], more = {}) => JSON.stringify({ sources, ...more });
const js = "dist/index.js.map";

/** A package in which every map and import leads somewhere. */
const good: Record<string, string> = {
  "dist/index.js": mapped("index.js", "export const zones = {};"),
  [js]: map(["../src/index.ts"]),
  "dist/index.d.ts": mapped("index.d.ts", 'export * from "./zones.js";'),
  "dist/index.d.ts.map": map(["../src/index.ts"]),
  "src/index.ts": 'export * from "./zones.js"; import "undici";',
  "src/zones.ts": "export const zones = {};",
};

const problemsWith = (changes: Record<string, string>) =>
  findDangling(new Map(Object.entries({ ...good, ...changes })));

describe("the check of source maps", () => {
  test("finds nothing in a package without problems", () => {
    expect(problemsWith({})).toEqual([]);
  });

  test.each<[string, Record<string, string>, string]>([
    [
      "a source that is not packed",
      { [js]: map(["../src/gone.ts"]) },
      `${js} names ../src/gone.ts, which is not packed`,
    ],
    [
      "a source outside of the package",
      { [js]: map(["../../src/index.ts"]) },
      `${js} names ../../src/index.ts, which is outside of the package`,
    ],
    [
      "an absolute path",
      { [js]: map(["/src/index.ts"]) },
      `${js} names /src/index.ts, which is not relative`,
    ],
    ["a map without sources", { [js]: map([]) }, `${js} names no source`],
    [
      "a map that starts elsewhere",
      { [js]: map(["../src/index.ts"], { sourceRoot: "lib" }) },
      `${js} starts from lib, not from where it is`,
    ],
    [
      "a map of another file",
      { [js]: map(["../src/index.ts"], { file: "undici.js" }) },
      `${js} is of another file: undici.js`,
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
  ])("names %s", (_, changes, problem) => {
    expect(problemsWith(changes)).toEqual([problem]);
  });
});
