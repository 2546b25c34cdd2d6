import type ts from "typescript";

import type { Anatomy } from "./anatomy.js";
import { type Difference, type Direction, inDirection, onlyBreaks, same } from "./difference.js";
import type { Relations } from "./relations.js";
import type { CompareStructures } from "./structures.js";

/** Two unions, as the structures that are among their members. */
export interface Unions {
  readonly direction: Direction;
  readonly olds: readonly ts.Type[];
  readonly news: readonly ts.Type[];
  /** The whole of the union that the members of the other have to be among. */
  readonly to: ts.Type;
}

/** Compares members of unions, where more than one may be the counterpart. */
export interface Counterparts {
  /** Compares a member with its own counterpart. */
  readonly comparePair: (unions: Unions, old: ts.Type, next: ts.Type) => Difference;
  /** Compares a member that has none with the best of those that take it; undefined without any. */
  readonly compareSingle: (unions: Unions, member: ts.Type) => Difference | undefined;
}

export function createCounterparts(
  { accepts, has }: Anatomy,
  { areApart, takesCommon, isAmong, demandsNoMore }: Relations,
  compareStructures: CompareStructures,
): Counterparts {
  /** What breaks for a member as each of those of the other union that take it. */
  function compareWithAll(unions: Unions, member: ts.Type): readonly Difference[] {
    if (!accepts(unions.to, member)) return [];
    const isInput = unions.direction === "input";
    const others = (isInput ? unions.news : unions.olds).filter((type) => !areApart(type, member));
    // As far as TypeScript is concerned, a type takes any property that it does not list.
    if (!isAmong(member, others)) return [];
    const taking = others.filter((type) => accepts(type, member));
    // TypeScript can put a type together of several, but then forgets what these require.
    if (taking.length === 0 && others.every((other) => demandsNoMore(other, member))) return [same];
    return taking.map((other) => {
      const [old, next] = isInput ? [member, other] : [other, member];
      return onlyBreaks(compareStructures(old, next, unions.direction, () => false));
    });
  }

  function compareOwn({ direction, news }: Unions, old: ts.Type, next: ts.Type): Difference {
    // A literal may have properties of every type of the union that takes what else it has.
    const others = news.filter((other) => other !== next && takesCommon(other, old));
    const isTakenBeside = (name: string): boolean => others.some((other) => has(other, name));
    return compareStructures(old, next, direction, isTakenBeside);
  }

  const isLossless = ({ changes }: Difference): boolean => changes.length === 0;

  return {
    comparePair: (unions, old, next) => {
      const { from, to } = inDirection(unions.direction, old, next);
      // What this type does not take, or give, is no break where another does.
      const elsewhere = accepts(to, from)
        ? undefined
        : compareWithAll(unions, from).find(isLossless);
      return elsewhere ?? compareOwn(unions, old, next);
    },
    compareSingle: (unions, member) => {
      const differences = compareWithAll(unions, member);
      return differences.find(isLossless) ?? differences[0];
    },
  };
}
