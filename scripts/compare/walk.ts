import type ts from "typescript";

import type { Anatomy } from "./anatomy.js";
import {
  type Difference,
  type Direction,
  onlyBreaks,
  type PlacedChange,
  type Step,
} from "./structures.js";
import { compareTypes } from "./types.js";

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
