import ts from "typescript";

import type { Anatomy } from "./anatomy.js";

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
