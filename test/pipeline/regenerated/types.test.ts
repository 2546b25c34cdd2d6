import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { addService, typeProblems } from "../../tools/copy-types.js";
import { regenerate, type Copy } from "../../tools/rebuild.js";
import { edited, type Mutation } from "./edit.js";
import { mutations } from "./mutations.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

describe("after a change of one fact", () => {
  const names = Object.keys(mutations) as (keyof typeof mutations)[];
  const copies: Copy[] = [];
  let problems: string[][] = [];

  beforeAll(async () => {
    for (const name of names) {
      const { edits, service }: Mutation = mutations[name];
      const copy = await regenerate(edited(edits));
      addService(copy, service);
      copies.push(copy);
    }
    copies.push(await regenerate(edited([["operationId: update", "operationId: change"]])));
    problems = typeProblems(copies);
  }, 180_000);

  test.each(names)("the package and a service compile: %s", (name) => {
    expect(problems[names.indexOf(name)]).toEqual([]);
  });

  test("the compiler says where the facade names an operation that is gone", () => {
    const places = problems.at(-1)?.map((problem) => problem.split(": ")[0]);
    expect(new Set(places)).toEqual(new Set(["src/client.ts", "src/types.ts"]));
    expect(problems.at(-1)?.join("\n")).toContain(`'"updateConnection"'`);
  });

  test("src/ is the same, byte for byte", () => {
    const own = sourcesOf(root);
    expect(own.size).toBeGreaterThan(20);
    for (const { folder } of copies) expect(sourcesOf(folder)).toEqual(own);
  });
});

function sourcesOf(folder: string): Map<string, string> {
  const sources = path.join(folder, "src");
  const names = readdirSync(sources, { recursive: true, encoding: "utf8" }).sort();
  return new Map(names.map((name) => [name, readFileSync(path.join(sources, name), "latin1")]));
}
