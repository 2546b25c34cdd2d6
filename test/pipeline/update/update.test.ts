import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { messageOf } from "../../../scripts/generate/command.js";
import { parse } from "../../../scripts/openapi/load.js";
import { updateCommand } from "../../../scripts/update/command.js";
import { contentsOf, emptyFolder, peaka, root } from "../import/harness.js";

/** Updates a copy of this repository from another spec; gives the report, and what was written by name. */
async function updateFrom(spec: string) {
  const folder = await emptyFolder();
  const at = (name: string) => path.join(folder, name);
  await cp(path.join(root, "openapi"), at("openapi"), { recursive: true });
  await cp(path.join(root, "generated"), at("generated"), { recursive: true });
  await mkdir(at(".changeset"));
  await writeFile(at("source.yaml"), spec);
  async function contents() {
    const found = await Promise.all(["openapi", "generated", ".changeset"].map(at).map(contentsOf));
    return found.flatMap((files) => Object.entries(files));
  }
  const before = new Map(await contents());
  const update = updateCommand([at("source.yaml")], folder);
  const report = [await update.catch(messageOf)].flat().join("\n");
  return {
    report,
    written: (await contents()).filter(([name, text]) => before.get(name) !== text),
  };
}

const url = "        url:\n";

test.each([
  ["more in a result", url, `        new: { type: string }\n${url}`, "minor  updateConnection"],
  ["other words", "Updates the specified", "Changes the", "patch: nothing that"],
])("an update with %s is reported, with a changeset of its level", async (_, from, to, finding) => {
  const { report, written } = await updateFrom(peaka.replace(from, to));
  expect(report).toMatch(/^## What changed upstream\n\n````text\nchanged [^\n]+\n````\n/);
  expect(report).toMatch(/overlay\.yaml:\d+:5: #\/actions\/0 is needed: Adds getConnection/);
  expect(report).toContain(`\n${finding}`);
  const fileOf = (start: string) => written.find(([name]) => name.startsWith(start)) ?? ["", ""];
  const spec = parse(fileOf("peaka.yaml")[1], "peaka.yaml");
  expect(spec).toEqual(parse(peaka.replace(from, to), "peaka.yaml"));
  const [name, changeset] = fileOf("spec-");
  expect(fileOf("spec.ts")[1]).toContain(`sha256: "${name.slice(5, 13)}`);
  expect(changeset).toMatch(
    `---\n"peaka-client": ${finding.slice(0, 5)}\n---\n\nThe spec has changed`,
  );
});

const mismatch = "          x-public-properties: 1\n";

test.each([
  ["has not changed", "", "", /^[^\n]*peaka\.yaml: nothing changed$/],
  [
    "does not fit the overlay",
    /(?= {10}additionalProp)/,
    mismatch,
    /^\S*overlay\.yaml:[^\n]*merged into a scalar$/,
  ],
  ["cannot be used", "(US Zone)", "", /^\S*source\.yaml:[^\n]*has no zone name[^\n]*$/],
])("an update from a spec that %s is one line, and writes nothing", async (_, from, to, line) => {
  const { report, written } = await updateFrom(peaka.replace(from, to));
  expect(report).toMatch(line);
  expect(written).toEqual([]);
});
