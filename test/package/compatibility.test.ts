import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.join(import.meta.dirname, "../..");
const readme = await readFile(path.join(root, "README.md"), "utf8");

/** The versions that a matrix runs, by the name of the tool. */
async function pinnedIn(folder: string): Promise<Record<string, string>> {
  const text = await readFile(path.join(root, folder, "tools/package.json"), "utf8");
  const { devDependencies } = JSON.parse(text) as { devDependencies: Record<string, string> };
  const versions = Object.entries(devDependencies);
  return Object.fromEntries(
    versions.map(([name, at]) => [name, at.slice(at.lastIndexOf("@") + 1)]),
  );
}

/** What the README's table says was tested, in the row that starts so. */
function rowOf(start: string): string {
  const row = readme.split("\n").find((line) => line.startsWith(`| ${start}`));
  return row?.split("|")[1] ?? "";
}

const runtimes = await pinnedIn("test/package/runtimes");
const compilers = await pinnedIn("test/package/type-matrix");
const minor = (version = "") => version.split(".").slice(0, 2).join(".");

describe("the README's table of compatibility tells what the matrices run", () => {
  test.each(Object.entries(runtimes).filter(([name]) => name.startsWith("node")))(
    "%s",
    (_, version) => {
      const [major = ""] = version.split(".");
      const named = rowOf("Node").match(/[\d.]+/g) ?? [];
      expect(named).toContain(Number(major) > 20 ? major : minor(version));
    },
  );

  test("deno and bun", () => {
    expect(rowOf("Bun")).toContain(
      `Bun ${minor(runtimes["bun"])}; Deno ${minor(runtimes["deno"])}`,
    );
  });

  test("workerd, by its date", () => {
    const [, date = ""] = runtimes["workerd"]?.split(".") ?? [];
    const dashed = date.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
    expect(rowOf("workerd")).toContain(dashed);
  });

  test("TypeScript", () => {
    const versions = Object.keys(compilers).filter((name) => name.startsWith("typescript-"));
    const named = rowOf("TypeScript").match(/\d\.\d/g);
    expect(named).toEqual(versions.map((name) => name.replace("typescript-", "")));
    for (const name of versions) expect(name).toBe(`typescript-${minor(compilers[name])}`);
  });
});

test("the oldest Node that is tested is the oldest that the package asks for", async () => {
  const text = await readFile(path.join(root, "package.json"), "utf8");
  const { engines } = JSON.parse(text) as { engines: { node: string } };
  expect(runtimes["node-20-lowest"]).toBe(`${engines.node.replace(">=", "")}.0`);
});
