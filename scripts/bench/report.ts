/** A ratio of two medians of one run, and what it may be at most. */
export interface Row {
  readonly what: string;
  readonly ratio: number;
  readonly accept: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[Math.floor(index)] ?? 0;
  return (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2;
}

/** A table with a heading over each column; all columns but the first are numbers. */
export function printTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const lines = [headings, ...rows].map(([label = "", ...cells]) =>
    [label.padEnd(28), ...cells.map((cell) => cell.padStart(16))].join(""),
  );
  console.log(`\n${lines.join("\n")}\n`);
}
