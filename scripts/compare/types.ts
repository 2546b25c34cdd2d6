import type ts from "typescript";

import { type Anatomy, isTop } from "./anatomy.js";
import { changed, gone } from "./finding.js";
import {
  type Difference,
  type Direction,
  inDirection,
  onlyBreaks,
  type PlacedChange,
  type Step,
  stepTo,
} from "./structures.js";
import { areApart, comparePair, compareSingle, pair, same } from "./unions.js";

/** Finds all that differs between two types, at any depth. */
export type Walk = (old: ts.Type, next: ts.Type, direction: Direction) => readonly PlacedChange[];

/**
 * Types may hold themselves, and one may stand in many places. So two types are compared once, and what
 * differs between two objects is told once in each walk, at the place that is nearest to its start.
 */
export function createWalk(anatomy: Anatomy): Walk {
  const { itemsOf, membersOf, structureOf } = anatomy;
  const known = {
    input: new Map<ts.Type, Map<ts.Type, Difference>>(),
    output: new Map<ts.Type, Map<ts.Type, Difference>>(),
  };

  function differenceOf(old: ts.Type, next: ts.Type, direction: Direction): Difference {
    const byNew = known[direction].get(old) ?? new Map<ts.Type, Difference>();
    known[direction].set(old, byNew);
    const difference = byNew.get(next) ?? compareTypes(anatomy, old, next, direction);
    byNew.set(next, difference);
    return difference;
  }

  /** Whether a type is made of no objects, which alone can hold themselves. */
  function isPlain(type: ts.Type): boolean {
    return membersOf(type).every((member) => {
      const structure = structureOf(member);
      return structure === undefined || (structure === "array" && itemsOf(member).every(isPlain));
    });
  }

  return (start, startNew, direction) => {
    // By their text: types of a union can have the same to say of the same place.
    const found = new Map<string, PlacedChange>();
    const told = { all: new Set<Difference>(), breaks: new Set<Difference>() };
    const steps: Step[] = [{ at: "", old: start, new: startNew }];
    // A list gives what is added to it while it is read.
    for (const { at, old, new: next, onlyBreaks: isLimited } of steps) {
      const whole = differenceOf(old, next, direction);
      if (!isPlain(old)) {
        if (told.all.has(whole) || (isLimited && told.breaks.has(whole))) continue;
        told[isLimited ? "breaks" : "all"].add(whole);
      }
      const difference = isLimited ? onlyBreaks(whole) : whole;
      for (const change of difference.changes) {
        const placed = { ...change, at: at + change.at };
        found.set(JSON.stringify(placed), placed);
      }
      for (const step of difference.steps) steps.push({ ...step, at: at + step.at });
    }
    return [...found.values()];
  };
}

/** Compares two types at one place, and says which of their parts to compare next. */
function compareTypes(
  anatomy: Anatomy,
  old: ts.Type,
  next: ts.Type,
  direction: Direction,
): Difference {
  if (old === next) return same;
  const { accepts, membersOf, show, structureOf } = anatomy;
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
    const [before, after] = [show(old, was), show(next, [...differing])];
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
    return { at: stepTo(name), ...gone("major", anatomy.show(type)) };
  });
  return { changes, steps: [] };
}
