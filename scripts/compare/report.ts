import { oneLine } from "../openapi/visible.js";
import type { Comparison } from "./compare.js";
import type { Level } from "./finding.js";

const bumps: Readonly<Record<Level, string>> = {
  major: "services that compile against the old types may break (changeset: major)",
  minor: "more is accepted or given, and nothing breaks (changeset: minor)",
  patch: "nothing that consumers can see has changed (changeset: patch)",
};

/** The findings, a line each, and the verdict. */
export function report({ verdict, findings }: Comparison): string[] {
  const lines = findings.map(({ level, operation, place, message }) => {
    const where = [operation, place].filter(Boolean).join(" ");
    return oneLine(`${level}  ${where}: ${message}`);
  });
  return [...lines, `${verdict}: ${bumps[verdict]}`];
}
