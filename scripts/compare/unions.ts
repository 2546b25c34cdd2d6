import ts from "typescript";

import type { Anatomy } from "./anatomy.js";
import {
  compareStructures,
  type Difference,
  type Direction,
  inDirection,
  onlyBreaks,
} from "./structures.js";

type Pairs = readonly (readonly [old: ts.Type, next: ts.Type])[];

/** Tells which of some new structures each of some old ones has become, if any. */
export function pair(anatomy: Anatomy, olds: readonly ts.Type[], news: readonly ts.Type[]): Pairs {
  const { accepts, propertiesOf, structureOf, textOf } = anatomy;
  const [[old, ...otherOlds], [next, ...otherNews]] = [olds, news];
  if (old === undefined || next === undefined) return [];
  const isOnly = otherOlds.length === 0 && otherNews.length === 0;
  // Where there is no choice, even the property that tells types apart may have changed.
  if (isOnly && structureOf(old) === structureOf(next)) return [[old, next]];

  // Those that read alike come first: quick where there are hundreds and little has changed.
  const texts = new Map([...olds, ...news].map((type) => [type, textOf(type)]));
  const isEqual = (old: ts.Type, next: ts.Type): boolean =>
    texts.get(old) === texts.get(next) && accepts(next, old) && accepts(old, next);
  const equal = match(olds, news, (old, next) => (isEqual(old, next) ? 1 : undefined));

  /** How much speaks for it that the one has become the other. */
  function likeness(old: ts.Type, next: ts.Type): number | undefined {
    if (areApart(anatomy, old, next)) return undefined;
    const [before, after] = [propertiesOf(old), propertiesOf(next)];
    const common = [...before.keys()].filter((name) => after.has(name)).length;
    const all = before.size + after.size - common;
    const share = all === 0 ? 0 : common / all;
    return Number(accepts(next, old)) + Number(accepts(old, next)) + share;
  }

  const paired = new Set(equal.flat());
  const isLeft = (type: ts.Type): boolean => !paired.has(type);
  return [...equal, ...match(olds.filter(isLeft), news.filter(isLeft), likeness)];
}

/** Pairs of the highest scores, with each type in one at most; without a score there is no pair. */
function match(
  olds: readonly ts.Type[],
  news: readonly ts.Type[],
  scoreOf: (old: ts.Type, next: ts.Type) => number | undefined,
): Pairs {
  const candidates = olds
    .flatMap((old) =>
      news.map((next) => ({ pair: [old, next] as const, score: scoreOf(old, next) })),
    )
    .filter(({ score }) => score !== undefined)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  const taken = new Set<ts.Type>();
  return candidates.flatMap(({ pair }) => {
    if (pair.some((type) => taken.has(type))) return [];
    for (const type of pair) taken.add(type);
    return [pair];
  });
}

/** Whether some property, by its literal values, tells values of the two types apart. */
export function areApart(anatomy: Anatomy, a: ts.Type, b: ts.Type): boolean {
  const { accepts, membersOf, propertiesOf, structureOf } = anatomy;
  if (structureOf(a) !== structureOf(b)) return true;
  const others = propertiesOf(b);
  return [...propertiesOf(a)].some(([name, property]) => {
    const other = others.get(name);
    if (other === undefined || property.optional || other.optional) return false;
    const [values, otherValues] = [membersOf(property.type), membersOf(other.type)];
    return (
      [...values, ...otherValues].every(({ flags }) => (flags & ts.TypeFlags.Literal) !== 0) &&
      !values.some((value) => otherValues.some((otherValue) => accepts(otherValue, value)))
    );
  });
}

/** Two unions, as the structures that are among their members. */
export interface Unions {
  readonly anatomy: Anatomy;
  readonly direction: Direction;
  readonly olds: readonly ts.Type[];
  readonly news: readonly ts.Type[];
  /** The whole of the union that the members of the other have to be among. */
  readonly to: ts.Type;
}

export const same: Difference = { changes: [], steps: [] };

/** Compares a member with its own counterpart. */
export function comparePair(unions: Unions, old: ts.Type, next: ts.Type): Difference {
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
export function compareSingle(unions: Unions, member: ts.Type): Difference | undefined {
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
