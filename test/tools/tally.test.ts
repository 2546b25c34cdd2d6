import { describe, expect, test } from "vitest";
import { tallyOf } from "./tally.js";

describe("the tally of a property's cases", () => {
  const counted = (counts: Record<string, number>) => {
    const tally = tallyOf(Object.keys(counts));
    for (const [kind, count] of Object.entries(counts)) {
      for (let left = count; left > 0; left--) tally.count(kind);
    }
    return tally;
  };

  test("fails where a kind starves", () => {
    expect(() => counted({ sent: 995, refused: 5 }).check()).toThrow("refused");
  });

  test("passes where each kind has an eighth of its share", () => {
    counted({ sent: 937, refused: 63 }).check();
  });

  test("passes where the cases are so few that chance alone can starve a kind", () => {
    counted({ sent: 59, refused: 0 }).check();
  });
});
