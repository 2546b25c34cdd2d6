import type ts from "typescript";

import { type Anatomy, isTop } from "./anatomy.js";
import type { Counterparts } from "./counterparts.js";
import { type Difference, type Direction, inDirection, same } from "./difference.js";
import { changed, gone } from "./finding.js";
import type { Pair } from "./pair.js";
import type { Relations } from "./relations.js";
import type { Show } from "./show.js";
import { stepTo } from "./structures.js";

/** Compares two types at one place, and says which of their parts to compare next. */
export type CompareTypes = (old: ts.Type, next: ts.Type, direction: Direction) => Difference;

export function createCompareTypes(
  anatomy: Anatomy,
  { areApart }: Relations,
  pair: Pair,
  { comparePair, compareSingle }: Counterparts,
  show: Show,
): CompareTypes {
  const { accepts, has, membersOf, propertiesOf, structureOf } = anatomy;

  /** The names of properties that values of a type can have, and of none of the others. */
  function ownNames(type: ts.Type, others: readonly ts.Type[]): string[] {
    const names = [...propertiesOf(type).keys()];
    return names.filter((name) => !others.some((other) => has(other, name)));
  }

  /** What could be read of a type of result that is given no more, and can be of no other. */
  function compareLost(old: ts.Type, news: readonly ts.Type[]): Difference {
    const changes = ownNames(old, news).map((name) => {
      const type = propertiesOf(old).get(name)?.type ?? old;
      return { at: stepTo(name), ...gone("major", show(type)) };
    });
    return { changes, steps: [] };
  }

  return (old, next, direction) => {
    if (old === next) return same;
    const isInput = direction === "input";
    // What may be anything has no parts to speak of.
    const isOpen = isTop(old) || isTop(next);
    const partsOf = (type: ts.Type): readonly ts.Type[] =>
      isOpen ? [] : membersOf(type).filter(structureOf);
    const [olds, news] = [partsOf(old), partsOf(next)];
    const { from, to } = inDirection(direction, old, next);
    const unions = { direction, olds, news, to };
    const pairs = pair(olds, news);
    const inPairs = new Set(pairs.flat());
    const singlesOf = (type: ts.Type): ts.Type[] =>
      membersOf(type).filter((member) => !inPairs.has(member));

    const differences = pairs.map(([old, next]) => comparePair(unions, old, next));
    const refused = singlesOf(from).filter((member) => {
      const isPart = !isOpen && structureOf(member) !== undefined;
      const difference = isPart ? compareSingle(unions, member) : same;
      if (difference !== undefined) differences.push(difference);
      return difference === undefined || !accepts(to, member);
    });
    const further = singlesOf(to).filter((member) => !accepts(from, member));
    const richer = singlesOf(next).filter((member) => {
      const others = olds.filter((old) => !areApart(old, member));
      return ownNames(member, others).length > 0;
    });
    if (!isInput && refused.length === 0) {
      for (const single of olds.filter((old) => !inPairs.has(old))) {
        differences.push(compareLost(single, news));
      }
    }
    const changes = differences.flatMap((difference) => difference.changes);
    const [was, is] = isInput ? [refused, further] : [further, refused];
    const differing = new Set([...is, ...richer]);
    if (was.length > 0 || differing.size > 0) {
      const level = refused.length > 0 ? "major" : "minor";
      changes.push({ at: "", ...changed(level, show(old, was), show(next, [...differing])) });
    }
    return { changes, steps: differences.flatMap((difference) => difference.steps) };
  };
}
