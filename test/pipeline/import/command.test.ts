import { writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, test } from "vitest";

import { messageOf } from "../../../scripts/generate/command.js";
import { importCommand } from "../../../scripts/import/command.js";
import { apiWith, contentsOf, emptyFolder, operation, pageOf, peaka, yamlOf } from "./harness.js";

/** A folder with a spec, and a docs page to import. */
async function folderWith(spec: string, page: string): Promise<string> {
  const folder = await emptyFolder();
  await writeFile(path.join(folder, "spec.yaml"), spec);
  await writeFile(path.join(folder, "page.md"), page);
  return folder;
}

const run = (...args: string[]): Promise<readonly string[]> => importCommand(args);

describe("import-spec", () => {
  test("merges into the repository's spec, and says so where nothing changed", async () => {
    const folder = await folderWith("", pageOf(peaka));
    const spec = path.join("openapi", "peaka.yaml");
    expect(await run(path.join(folder, "page.md"))).toEqual([`${spec}: nothing changed`]);
  });

  test("prints what it changed and what the overlay need not change, each on a line", async () => {
    const strange = operation("b\nadded operation c\u202e");
    const source = yamlOf(apiWith({ "/b": { get: strange } }));
    const present = yamlOf(apiWith({ "/a": { get: operation("a") } }));
    const folder = await folderWith(present, pageOf(source));
    const [page, spec] = [path.join(folder, "page.md"), path.join(folder, "spec.yaml")];
    const action = { target: "$[?@ == $.paths && !@['/b']]", update: { "/b": {} } };
    const overlay = yamlOf({ overlay: "1.0.0", actions: [action] });
    await writeFile(path.join(folder, "overlay.yaml"), overlay);
    expect(await run(page, "--spec", spec, "--all", "--remove", "a")).toEqual([
      "added operation b\\u000aadded operation c\\u202e (GET /b)",
      "removed operation a (GET /a)",
      `${folder}/overlay.yaml:3:5: #/actions/0 is no longer needed: ${action.target}`,
    ]);
    const files = { "overlay.yaml": overlay, "page.md": pageOf(source), "spec.yaml": source };
    expect(await contentsOf(folder)).toEqual(files);
  });

  test("--help tells how it is used", async () => {
    const [text = "", ...more] = await run("--help");
    expect(text).toContain("npm run import-spec -- SOURCE");
    expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(more).toEqual([]);
  });

  test.each<[string[], string]>([
    [[], "expected one SOURCE, a file or an https: address: see --help"],
    [["a", "b"], "expected one SOURCE, a file or an https: address: see --help"],
    [["a", "--everything"], "Unknown option '--everything'"],
    [["a", "--all", "--operation", "b"], "--all and --operation exclude each other"],
    [["page.md"], "page.md: has no OpenAPI document in a fence of four backticks"],
  ])("refuses %j in one line", async (args, message) => {
    const folder = await folderWith(peaka, "# Page\n");
    const inFolder = args.map((arg) => (arg === "page.md" ? path.join(folder, arg) : arg));
    const line = await run(...inFolder, "--spec", path.join(folder, "spec.yaml")).then(
      (lines) => lines.join("\n"),
      messageOf,
    );
    expect(line).toContain(message);
    expect(line).not.toContain("\n");
    expect(await contentsOf(folder)).toEqual({ "page.md": "# Page\n", "spec.yaml": peaka });
  });
});
