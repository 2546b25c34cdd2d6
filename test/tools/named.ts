import { inspect } from "node:util";

/** Values as the rows of a table, each with how it is shown in place of a name. */
export function named(values: readonly unknown[]): [name: string, value: unknown][] {
  return values.map((value) => [inspect(value, { depth: 1, breakLength: Infinity }), value]);
}
