import type ts from "typescript";

import type { Anatomy } from "./anatomy.js";
import type { Relations } from "./relations.js";

type Pairs = readonly (readonly [old: ts.Type, next: ts.Type])[];

/** Tells which of some new structures each of some old ones has become, if any. */
export type Pair = (olds: readonly ts.Type[], news: readonly ts.Type[]) => Pairs;

export function createPair(
  checker: ts.TypeChecker,
  { accepts, propertiesOf, structureOf }: Anatomy,
  { areApart }: Relations,
): Pair {
  /** Those that read alike, which is quick where there are hundreds and little has changed. */
  function pairEqual(olds: readonly ts.Type[], news: readonly ts.Type[]): Pairs {
    const byText = new Map<string, ts.Type[]>();
    for (const next of news) {
      const text = checker.typeToString(next);
      byText.set(text, [...(byText.get(text) ?? []), next]);
    }
    return olds.flatMap((old) => {
      const alike = byText.get(checker.typeToString(old)) ?? [];
      const at = alike.findIndex((next) => accepts(next, old) && accepts(old, next));
      return at < 0 ? [] : alike.splice(at, 1).map((next) => [old, next] as const);
    });
  }

  /** How much speaks for it that the one has become the other. */
  function likeness(old: ts.Type, next: ts.Type): number {
    const [before, after] = [propertiesOf(old), propertiesOf(next)];
    const common = [...before.keys()].filter((name) => after.has(name)).length;
    const all = before.size + after.size - common;
    const share = all === 0 ? 0 : common / all;
    return Number(accepts(next, old)) + Number(accepts(old, next)) + share;
  }

  function pairSimilar(olds: readonly ts.Type[], news: readonly ts.Type[]): Pairs {
    const candidates = olds
      .flatMap((old) => news.map((next) => [old, next] as const))
      .filter(([old, next]) => !areApart(old, next))
      .map((pair) => ({ pair, likeness: likeness(...pair) }))
      .sort((a, b) => b.likeness - a.likeness);
    const taken = new Set<ts.Type>();
    return candidates.flatMap(({ pair }) => {
      if (pair.some((type) => taken.has(type))) return [];
      for (const type of pair) taken.add(type);
      return [pair];
    });
  }

  return (olds, news) => {
    const [[old, ...otherOlds], [next, ...otherNews]] = [olds, news];
    if (old === undefined || next === undefined) return [];
    const isOnly = otherOlds.length === 0 && otherNews.length === 0;
    // Where there is no choice, even the property that tells types apart may have changed.
    if (isOnly && structureOf(old) === structureOf(next)) return [[old, next]];
    const equal = pairEqual(olds, news);
    const taken = new Set(equal.flat());
    const isLeft = (type: ts.Type): boolean => !taken.has(type);
    return [...equal, ...pairSimilar(olds.filter(isLeft), news.filter(isLeft))];
  };
}
