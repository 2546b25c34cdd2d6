import type { Outcome } from "../../../src/index.js";

/** How a call ended, as its caller sees it. */
export type Told = Outcome | "success" | "aborted";

/** What the owners of connections have been told, next to what is in place. */
export interface Ledger {
  /** How many updates ended so, by whether the new token was in place after. */
  told: Record<Told, { applied: number; notApplied: number }>;
  /** Each time that a connection had another token than its owner could expect. */
  wrong: string[];
  /** Notes how an update ended for its caller, and looks at what has come of it. */
  note: (id: string, token: string, told: Told) => void;
  /** Looks at what is in place, and gives it. */
  look: (id: string, when: string) => string;
}

/** A ledger of connections that all have `first` as their token; `tokenOf` looks at what they have. */
export function createLedger(first: string, tokenOf: (id: string) => string): Ledger {
  const expected = new Map<string, readonly string[]>();
  const none = () => ({ applied: 0, notApplied: 0 });
  const ledger: Ledger = {
    told: { success: none(), "not-applied": none(), unknown: none(), aborted: none() },
    wrong: [],
    note(id, token, told) {
      const before = expected.get(id) ?? [first];
      const eitherWay = told === "not-applied" ? before : [...before, token];
      expected.set(id, told === "success" ? [token] : eitherWay);
      const actual = ledger.look(id, `after ${token} ended as ${told}`);
      ledger.told[told][actual === token ? "applied" : "notApplied"] += 1;
      // Who has looked is no longer in doubt.
      expected.set(id, [actual]);
    },
    look(id, when) {
      const actual = tokenOf(id);
      const possible = expected.get(id) ?? [first];
      if (!possible.includes(actual)) {
        ledger.wrong.push(`${id} has ${actual}, not ${possible.join(" or ")}, ${when}`);
      }
      return actual;
    },
  };
  return ledger;
}
