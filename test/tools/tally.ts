import { expect } from "vitest";

/** Counts the cases of a property by their kinds, so that none of them can starve unseen. */
export interface Tally {
  count: (kind: string) => void;
  /** Fails where a kind had less than an eighth of its share, in as many cases as tell this from chance. */
  check: () => void;
}

/** Of so many that are due, fewer than an eighth come by chance once in a billion times. */
const fewestDue = 30;

export function tallyOf(kinds: readonly string[]): Tally {
  const counts = new Map(kinds.map((kind) => [kind, 0]));
  return {
    count(kind) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    },
    check() {
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const due = total / kinds.length;
      if (due < fewestDue) return;
      expect([...counts].filter(([, count]) => count < due / 8)).toEqual([]);
    },
  };
}
