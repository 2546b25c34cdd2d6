import type ts from "typescript";

import { type Anatomy, isTop } from "./anatomy.js";
import { changed, gone } from "./finding.js";
import { areApart, pair } from "./pair.js";
import { show } from "./show.js";
import {
  compareStructures,
  type Difference,
  type Direction,
  inDirection,
  onlyBreaks,
  stepTo,
} from "./structures.js";

/** Two unions, as the structures that are among their members. */
interface Unions {
  readonly anatomy: Anatomy;
  readonly direction: Direction;
  readonly olds: readonly ts.Type[];
  readonly news: readonly ts.Type[];
  /** The whole of the union that the members of the other have to be among. */
  readonly to: ts.Type;
}

const same: Difference = { changes: [], steps: [] };

/** Compares two types at one place, and says which of their parts to compare next. */
export function compareTypes(
  anatomy: Anatomy,
  old: ts.Type,
  next: ts.Type,
  direction: Direction,
): Difference {
  if (old === next) return same;
  const { accepts, membersOf, structureOf } = anatomy;
  // What may be anything has no parts to speak of.
  const isOpen = isTop(old) || isTop(next);
  const isPart = (type: ts.Type): boolean => !isOpen && structureOf(type) !== undefined;
  const [olds, news] = [membersOf(old).filter(isPart), membersOf(next).filter(isPart)];
  const { from, to } = inDirection(direction, old, next);
  const unions = { anatomy, direction, olds, news, to };
  const pairs = pair(anatomy, olds, news);
  const inPairs = new Set(pairs.flat());
  const singlesOf = (type: ts.Type): ts.Type[] =>
    membersOf(type).filter((member) => !inPairs.has(member));

  const differences = pairs.map(([old, next]) => comparePair(unions, old, next));
  const refused = singlesOf(from).filter((member) => {
    const difference = isPart(member) ? compareSingle(unions, member) : same;
    if (difference !== undefined) differences.push(difference);
    return difference === undefined || !accepts(to, member);
  });
  const further = singlesOf(to).filter((member) => !accepts(from, member));
  const richer = singlesOf(next).filter((member) => {
    const others = olds.filter((old) => !areApart(anatomy, old, member));
    return ownNames(anatomy, member, others).length > 0;
  });
  if (direction === "output" && refused.length === 0) {
    const lost = olds.filter((old) => !inPairs.has(old));
    differences.push(...lost.map((old) => compareLost(anatomy, old, news)));
  }
  const changes = differences.flatMap((difference) => difference.changes);
  const [was, is] = direction === "input" ? [refused, further] : [further, refused];
  const differing = new Set([...is, ...richer]);
  if (was.length > 0 || differing.size > 0) {
    const level = refused.length > 0 ? "major" : "minor";
    const [before, after] = [show(anatomy, old, was), show(anatomy, next, [...differing])];
    changes.push({ at: "", ...changed(level, before, after) });
  }
  return { changes, steps: differences.flatMap((difference) => difference.steps) };
}

/** The names of properties that values of a type can have, and of none of the others. */
function ownNames(anatomy: Anatomy, type: ts.Type, others: readonly ts.Type[]): string[] {
  const names = [...anatomy.propertiesOf(type).keys()];
  return names.filter((name) => !others.some((other) => anatomy.propertyOf(other, name)));
}

/** What could be read of a type of result that is given no more, and can be of no other. */
function compareLost(anatomy: Anatomy, old: ts.Type, news: readonly ts.Type[]): Difference {
  const changes = ownNames(anatomy, old, news).map((name) => {
    const type = anatomy.propertyOf(old, name)?.type ?? old;
    return { at: stepTo(name), ...gone("major", show(anatomy, type)) };
  });
  return { changes, steps: [] };
}

/** Compares a member with its own counterpart. */
function comparePair(unions: Unions, old: ts.Type, next: ts.Type): Difference {
  const { anatomy, direction, news } = unions;
  const { from, to } = inDirection(direction, old, next);
  if (!anatomy.accepts(to, from)) {
    // What this type does not take, or give, is no break where another does.
    const elsewhere = compareWithAll(unions, from).find(isLossless);
    if (elsewhere !== undefined) return elsewhere;
  }
  // A literal may have properties of every type of the union that takes what else it has.
  const others = news.filter((other) => other !== next && takesCommon(anatomy, other, old));
  return compareStructures(anatomy, old, next, direction, (name) =>
    others.some((other) => anatomy.propertyOf(other, name) !== undefined),
  );
}

/** Compares a member that has none with the best of those that take it; undefined without any. */
function compareSingle(unions: Unions, member: ts.Type): Difference | undefined {
  const differences = compareWithAll(unions, member);
  return differences.find(isLossless) ?? differences[0];
}

function isLossless({ changes }: Difference): boolean {
  return changes.length === 0;
}

/** What breaks for a member as each of those of the other union that take it. */
function compareWithAll(unions: Unions, member: ts.Type): readonly Difference[] {
  const { anatomy, direction, olds, news, to } = unions;
  if (!anatomy.accepts(to, member)) return [];
  const isInput = direction === "input";
  const others = (isInput ? news : olds).filter((type) => !areApart(anatomy, type, member));
  // As far as TypeScript is concerned, a type takes any property that it does not list.
  if (!isAmong(anatomy, member, others)) return [];
  const taking = others.filter((type) => anatomy.accepts(type, member));
  // TypeScript can put a type together of several, but then forgets what these require.
  const demandsNoMore = (other: ts.Type): boolean =>
    [...anatomy.propertiesOf(other)].every(
      ([name, { optional }]) =>
        optional || anatomy.propertiesOf(member).get(name)?.optional === false,
    );
  if (taking.length === 0 && others.every(demandsNoMore)) return [same];
  return taking.map((other) => {
    const [old, next] = isInput ? [member, other] : [other, member];
    return onlyBreaks(compareStructures(anatomy, old, next, direction, () => false));
  });
}

/** Whether a type takes what it has in common with another one. */
function takesCommon(anatomy: Anatomy, type: ts.Type, other: ts.Type): boolean {
  return [...anatomy.propertiesOf(other)].every(([name, property]) => {
    const common = anatomy.propertyOf(type, name);
    return common === undefined || anatomy.accepts(common.type, property.type);
  });
}

/** Whether the values of each property are among those that some types give it, where one has it. */
function isAmong(anatomy: Anatomy, type: ts.Type, others: readonly ts.Type[]): boolean {
  return [...anatomy.propertiesOf(type)].every(([name, property]) => {
    const common = others
      .map((other) => anatomy.propertyOf(other, name)?.type)
      .filter((known) => known !== undefined);
    const values = anatomy.membersOf(property.type);
    return (
      common.length === 0 ||
      values.every((value) => common.some((known) => anatomy.accepts(known, value)))
    );
  });
}
