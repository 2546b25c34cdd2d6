import { table } from "../../tools/soak/table.js";
import type { Verdict } from "./judge.js";
import { labelOf, rows, type Row } from "./rows.js";

/** What one version of TypeScript made of one row. */
export interface Result {
  version: string;
  row: Row;
  verdict: Verdict;
}

/** The matrix, and what its words mean. */
export function matrixOf(versions: readonly string[], results: readonly Result[]): string {
  const lines = rows.map((row) => {
    const words = results
      .filter((result) => result.row === row)
      .map(({ verdict }) => word(verdict));
    return [labelOf(row), ...words] as const;
  });
  const others = results.flatMap(({ version, row, verdict }) => {
    const { length } = verdict.others;
    if (length === 0) return [];
    return `  *  ${version}, ${labelOf(row)}: ${length} in declarations of others, none in this package's`;
  });
  return [
    table("TypeScript", versions, lines),
    "  refused: this version does not have the setting, and says so",
    "  bare: nothing declares fetch, Response and AbortSignal, and that is the one problem",
    ...others,
  ].join("\n");
}

/** The problems, each with where it was found. */
export function problemsOf(results: readonly Result[]): string[] {
  return results.flatMap(({ version, row, verdict }) =>
    verdict.problems.map((problem) => `${version}, ${labelOf(row)}: ${problem}`),
  );
}

function word({ word, problems, others }: Verdict): string {
  if (problems.length > 0) return `${problems.length} WRONG`;
  return others.length > 0 ? `${word}*` : word;
}
