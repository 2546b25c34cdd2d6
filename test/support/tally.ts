import { expect } from "vitest";

/** Counts the cases of a property by their kinds, so that none of them can starve unseen. */
export interface Tally {
  count: (kind: string) => void;
  /** Fails where a kind had less than an eighth of its share of the cases. */
  check: () => void;
}

export function tallyOf(kinds: readonly string[]): Tally {
  const counts = new Map(kinds.map((kind) => [kind, 0]));
  return {
    count(kind) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    },
    check() {
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const least = Math.floor(total / kinds.length / 8);
      expect([...counts].filter(([, count]) => count < least)).toEqual([]);
    },
  };
}
