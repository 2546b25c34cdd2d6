/** One line of a table: what it is, and its value for each column. */
export type Row = readonly [label: string, ...values: (string | number)[]];

/** A table with a title and a name for each column; numbers are grouped by thousands. */
export function table(title: string, columns: readonly string[], rows: readonly Row[]): string {
  const lines = rows.map(([label, ...values]) => line(`  ${label}`, values.map(show)));
  return [line(title, columns), ...lines].join("\n");
}

function line(label: string, cells: readonly string[]): string {
  return label.padEnd(48) + cells.map((cell) => cell.padStart(12)).join("");
}

function show(value: string | number): string {
  if (typeof value === "string") return value;
  const digits = Number.isInteger(value) ? 0 : 2;
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return value.toLocaleString("en-GB", format);
}
