import type ts from "typescript";

import type { Anatomy } from "./anatomy.js";
import type { Change } from "./finding.js";

/** Whether services give values of a type, or get them. */
export type Direction = "input" | "output";

/** A change, and where it is, as seen from what is compared. */
export interface PlacedChange extends Change {
  readonly at: string;
}

/** Two types that are to be compared next. */
export interface Step {
  readonly at: string;
  readonly old: ts.Type;
  readonly new: ts.Type;
  /** Set where nothing that is new is to be told: the new type has another counterpart. */
  readonly onlyBreaks?: true;
}

/** What differs between two types themselves, and between which of their parts to look on. */
export interface Difference {
  readonly changes: readonly PlacedChange[];
  readonly steps: readonly Step[];
}

export const same: Difference = { changes: [], steps: [] };

/** The type that has to be one of the other: what was given must still be taken, and the reverse. */
export function inDirection<T>(direction: Direction, old: T, next: T): { from: T; to: T } {
  return direction === "input" ? { from: old, to: next } : { from: next, to: old };
}

/** A difference of which only the breaks count. */
export function onlyBreaks({ changes, steps }: Difference): Difference {
  return {
    changes: changes.filter(({ level }) => level === "major"),
    steps: steps.map((step) => ({ ...step, onlyBreaks: true })),
  };
}

/** Whether all parts, each for itself, are as the direction asks. */
export function areAccepted(
  steps: readonly Step[],
  direction: Direction,
  { accepts }: Anatomy,
): boolean {
  return steps.every((step) => {
    const { from, to } = inDirection(direction, step.old, step.new);
    return accepts(to, from);
  });
}
