import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { PipelineError } from "../openapi/refuse.js";
import { oneLine } from "../openapi/visible.js";
import { readBase, readFolder } from "./base.js";
import { compare } from "./compare.js";
import type { Comparison, Level } from "./finding.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

const help = `Is the new generated/ safe for services that compile against the old one?

npm run compare -- [BASE] [options]

BASE              a git revision whose generated/ is the old one, or such a folder (default: HEAD)
--base-dir DIR    the same, and never taken for a revision
--generated DIR   the new one (default: generated/)
--json            findings and verdict as one JSON document
--help            this text

Exit code 0: the next version can be a minor or patch one. 1: it breaks services, or it cannot be told.`;

/** Runs `compare` with these arguments; gives the lines to print, and the exit code. */
export function compareCommand(
  args: readonly string[],
  repository = root,
): { readonly lines: readonly string[]; readonly exitCode: number } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      "base-dir": { type: "string" },
      generated: { type: "string", default: path.relative("", path.join(root, "generated")) },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return { lines: [help], exitCode: 0 };
  const [base, ...more] = positionals;
  const folder = values["base-dir"];
  if (more.length > 0 || (base !== undefined && folder !== undefined)) {
    throw new PipelineError("there is one BASE to compare with: name a revision or a folder");
  }
  const old = folder === undefined ? readBase(base ?? "HEAD", repository) : readFolder(folder);
  const comparison = compare(old, readFolder(values.generated));
  const lines = values.json ? [JSON.stringify(comparison, undefined, 2)] : report(comparison);
  return { lines, exitCode: comparison.verdict === "major" ? 1 : 0 };
}

const bumps: Readonly<Record<Level, string>> = {
  major: "services that compile against the old types may break (changeset: major)",
  minor: "more is accepted or given, and nothing breaks (changeset: minor)",
  patch: "nothing that consumers can see has changed (changeset: patch)",
};

const noticed = "no code has to change, but this may be noticed (changeset: patch)";

/** The findings, a line each, and the verdict. */
export function report({ verdict, findings }: Comparison): string[] {
  const lines = findings.map(({ level, operation, place, message }) => {
    const where = [operation, place].filter(Boolean).join(" ");
    return oneLine(`${level}  ${where}: ${message}`);
  });
  const isSeen = verdict === "patch" && lines.length > 0;
  return [...lines, `${verdict}: ${isSeen ? noticed : bumps[verdict]}`];
}
