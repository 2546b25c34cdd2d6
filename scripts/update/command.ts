import path from "node:path";
import { fileURLToPath } from "node:url";

import { readFolder } from "../compare/base.js";
import { report } from "../compare/command.js";
import { compare } from "../compare/compare.js";
import type { Comparison } from "../compare/finding.js";
import { type Generated, generateFrom, orRefuse } from "../generate/generate.js";
import { write } from "../generate/write/write.js";
import { readOrder } from "../import/command.js";
import { type Merged, mergeSpec } from "../import/import.js";
import { oneLine } from "../openapi/visible.js";

/** Where the service serves its own document, from which the pages of its docs are made. */
const published = "https://partner.peaka.studio/v3/api-docs";

const usage = `npm run update-spec -- [SOURCE] [options]

import-spec, generate and compare in one, and a changeset of the level that services need. Prints one
report in Markdown: what changed upstream, what the overlay still does, what it means for services, and
which version is next. Where upstream has not changed, or anything is wrong, nothing is written.

SOURCE and options are those of import-spec; by default SOURCE is ${published}`;

/** Runs `update-spec` with these arguments in a repository, and gives the lines to print. */
export async function updateCommand(
  args: readonly string[],
  repository = fileURLToPath(new URL("../..", import.meta.url)),
): Promise<readonly string[]> {
  const at = (name: string): string => path.relative("", path.join(repository, name));
  const order = readOrder(args, at("openapi/peaka.yaml"), published);
  if (order === undefined) return [usage];
  const merged = await mergeSpec(order);
  const { name, text, sha256 } = merged.spec;
  if (merged.changes.length === 0) return [`${name}: nothing changed`];
  const generated = orRefuse(name, await generateFrom(merged.spec, merged.overlaid?.overlay));
  const side = { label: "the new generated/", files: generated.files };
  const comparison = compare(readFolder(at("generated")), side);
  const changeset = [`spec-${sha256.slice(0, 8)}.md`, changesetOf(comparison)] as const;
  await write(path.dirname(name), new Map([[path.basename(name), text]]));
  await write(at("generated"), generated.files);
  await write(at(".changeset"), new Map([changeset]));
  return reportOf(merged, generated, comparison);
}

/** The report on an update of the spec, in Markdown. */
function reportOf(
  { changes, overlaid, notes }: Merged,
  { leftOut, warnings }: Generated,
  comparison: Comparison,
): string[] {
  const needed = (overlaid?.actions ?? []).filter(({ isIdle }) => !isIdle);
  const ofOverlay = [...needed.map(({ line }) => line("is needed")), ...notes, ...warnings];
  return [
    ...section("## What changed upstream", changes),
    ...section("## What the overlay still does", ofOverlay),
    ...section("## What is typed but cannot be called", leftOut),
    ...section("## What it means for services, and which version is next", report(comparison)),
  ];
}

/** The changeset that an update needs, with what services may notice. */
function changesetOf(comparison: Comparison): string {
  const lines = section("The spec has changed:", report(comparison).slice(0, -1));
  if (lines.length === 0) lines.push("The spec has changed in its words only.", "");
  return ["---", `"peaka-client": ${comparison.verdict}`, "---", "", ...lines].join("\n");
}

/** Lines that hold text of a document: in a fence, none of it is markup, a link or a person's name. */
function section(heading: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [heading, "", "````text", ...lines.map(oneLine), "````", ""];
}
