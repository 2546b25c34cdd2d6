import type ts from "typescript";

import type { Anatomy, Property } from "./anatomy.js";
import { added, type Change, changed, gone, type Level } from "./finding.js";

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

/** A property as the end of a path. */
export function stepTo(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/**
 * Compares two types of one structure, part by part. TypeScript's word alone is not enough here: it
 * would let an optional property go, which services read, or write into a literal.
 */
export function compareStructures(
  anatomy: Anatomy,
  old: ts.Type,
  next: ts.Type,
  direction: Direction,
  /** Whether a literal of the old type may have the property because of another type beside the new. */
  isTakenElsewhere: (name: string) => boolean,
): Difference {
  const difference =
    anatomy.structureOf(old) === "object"
      ? compareProperties(anatomy, old, next, direction, isTakenElsewhere)
      : { changes: [], steps: compareItems(anatomy, old, next) };
  const whole = compareWhole(anatomy, old, next, direction, difference);
  return { changes: [...difference.changes, ...whole], steps: difference.steps };
}

function compareItems(anatomy: Anatomy, old: ts.Type, next: ts.Type): Step[] {
  const [olds, news] = [anatomy.itemsOf(old), anatomy.itemsOf(next)];
  if (olds.length !== news.length) return [];
  const isArray = anatomy.structureOf(old) === "array";
  return olds.map((type, index) => {
    return { at: isArray ? "[]" : `[${index}]`, old: type, new: news[index] ?? type };
  });
}

function compareProperties(
  anatomy: Anatomy,
  old: ts.Type,
  next: ts.Type,
  direction: Direction,
  isTakenElsewhere: (name: string) => boolean,
): Difference {
  const changes: PlacedChange[] = [];
  const steps: Step[] = [];
  const isInput = direction === "input";

  function compareBoth(at: string, was: Property, is: Property): void {
    if (was.optional !== is.optional) {
      const word = ({ optional }: Property): string => (optional ? "optional" : "required");
      const level = is.optional === isInput ? "minor" : "major";
      changes.push({ at, ...changed(level, word(was), word(is)) });
    }
    steps.push({ at, old: was.type, new: is.type });
  }

  function addNew(at: string, { type, optional }: Property): void {
    const text = anatomy.show(type);
    const message = `new, ${optional ? "optional" : "required"}: ${text}`;
    const level = isInput && !optional ? "major" : "minor";
    changes.push({ at, ...added(level, text, isInput ? message : undefined) });
  }

  const names = [old, next].flatMap((type) => [...anatomy.propertiesOf(type).keys()]);
  for (const name of new Set(names)) {
    const at = stepTo(name);
    const [was, is] = [anatomy.propertyOf(old, name), anatomy.propertyOf(next, name)];
    if (was !== undefined && is !== undefined) compareBoth(at, was, is);
    else if (is !== undefined) addNew(at, is);
    else if (was !== undefined && !(isInput && isTakenElsewhere(name))) {
      changes.push({ at, ...gone("major", anatomy.show(was.type)) });
    }
  }
  const [was, is] = [anatomy.indexOf(old), anatomy.indexOf(next)];
  const at = "[key]";
  if (was !== undefined && is !== undefined) steps.push({ at, old: was, new: is });
  else if (was !== undefined) changes.push({ at, ...gone("major", anatomy.show(was)) });
  else if (is !== undefined) changes.push({ at, ...added("minor", anatomy.show(is)) });
  return { changes, steps };
}

/** What TypeScript finds in the whole, and is in none of the parts. */
function compareWhole(
  anatomy: Anatomy,
  old: ts.Type,
  next: ts.Type,
  direction: Direction,
  { changes, steps }: Difference,
): PlacedChange[] {
  const accepts = (direction: Direction, old: ts.Type, next: ts.Type): boolean => {
    const { from, to } = inDirection(direction, old, next);
    return anatomy.accepts(to, from);
  };
  const isInWhole = (direction: Direction): boolean =>
    !accepts(direction, old, next) && steps.every((step) => accepts(direction, step.old, step.new));
  const change = (level: Level): PlacedChange[] => [
    { at: "", ...changed(level, anatomy.show(old), anatomy.show(next)) },
  ];
  const hasBreak = changes.some(({ level }) => level === "major");
  if (!hasBreak && isInWhole(direction)) return change("major");
  const reverse = direction === "input" ? "output" : "input";
  return changes.length === 0 && isInWhole(reverse) ? change("minor") : [];
}
