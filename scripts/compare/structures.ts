import type ts from "typescript";

import type { Anatomy, Property } from "./anatomy.js";
import {
  areAccepted,
  type Difference,
  type Direction,
  inDirection,
  type PlacedChange,
  type Step,
} from "./difference.js";
import { added, changed, gone, type Level } from "./finding.js";
import type { Show } from "./show.js";

/**
 * Compares two types of one structure, part by part. TypeScript's word alone is not enough here: it
 * would let an optional property go, which services read, or write into a literal.
 */
export type CompareStructures = (
  old: ts.Type,
  next: ts.Type,
  direction: Direction,
  /** Whether a literal of the old type may have the property because of another type beside the new. */
  isTakenElsewhere: (name: string) => boolean,
) => Difference;

export function createCompareStructures(anatomy: Anatomy, show: Show): CompareStructures {
  const { accepts, indexOf, itemsOf, propertiesOf, structureOf } = anatomy;

  function compareItems(old: ts.Type, next: ts.Type): Step[] {
    const [olds, news] = [itemsOf(old), itemsOf(next)];
    if (olds.length !== news.length) return [];
    const isArray = structureOf(old) === "array";
    return olds.map((type, index) => {
      return { at: isArray ? "[]" : `[${index}]`, old: type, new: news[index] ?? type };
    });
  }

  function compareProperties(
    old: ts.Type,
    next: ts.Type,
    direction: Direction,
    isTakenElsewhere: (name: string) => boolean,
  ): Difference {
    const changes: PlacedChange[] = [];
    const steps: Step[] = [];
    const isInput = direction === "input";
    const [before, after] = [propertiesOf(old), propertiesOf(next)];
    const index = { old: indexOf(old), new: indexOf(next) };

    function compareOptional(at: string, wasOptional: boolean, isOptional: boolean): void {
      if (wasOptional === isOptional) return;
      const level: Level = isOptional === isInput ? "minor" : "major";
      const word = (optional: boolean): string => (optional ? "optional" : "required");
      changes.push({ at, ...changed(level, word(wasOptional), word(isOptional)) });
    }

    function compareGone(at: string, name: string, { type, optional }: Property): void {
      if (index.new !== undefined) {
        // It is now one of those that are not listed, each of which is optional.
        compareOptional(at, optional, true);
        steps.push({ at, old: type, new: index.new });
      } else if (!isInput || !isTakenElsewhere(name)) {
        changes.push({ at, ...gone("major", show(type)) });
      }
    }

    function compareAdded(at: string, { type, optional }: Property): void {
      if (index.old !== undefined) {
        compareOptional(at, true, optional);
        steps.push({ at, old: index.old, new: type });
      } else {
        const level = isInput && !optional ? "major" : "minor";
        const message = `new, ${optional ? "optional" : "required"}: ${show(type)}`;
        changes.push({ at, ...added(level, show(type), isInput ? message : undefined) });
      }
    }

    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [was, is] = [before.get(name), after.get(name)];
      const at = stepTo(name);
      if (was !== undefined && is !== undefined) {
        compareOptional(at, was.optional, is.optional);
        steps.push({ at, old: was.type, new: is.type });
      } else if (was !== undefined) {
        compareGone(at, name, was);
      } else if (is !== undefined) {
        compareAdded(at, is);
      }
    }
    if (index.old !== undefined && index.new !== undefined) {
      steps.push({ at: "[key]", old: index.old, new: index.new });
    } else if (index.old !== undefined) {
      changes.push({ at: "[key]", ...gone("major", show(index.old)) });
    } else if (index.new !== undefined) {
      changes.push({ at: "[key]", ...added("minor", show(index.new)) });
    }
    return { changes, steps };
  }

  /** What TypeScript finds in the whole, and is in none of the parts. */
  function compareWhole(
    old: ts.Type,
    next: ts.Type,
    direction: Direction,
    { changes, steps }: Difference,
  ): PlacedChange[] {
    const { from, to } = inDirection(direction, old, next);
    const reverse = direction === "input" ? "output" : "input";
    const hasBreak = changes.some(({ level }) => level === "major");
    if (!hasBreak && !accepts(to, from) && areAccepted(steps, direction, anatomy)) {
      return [{ at: "", ...changed("major", show(old), show(next)) }];
    }
    const hasChange = changes.length > 0;
    if (!hasChange && !accepts(from, to) && areAccepted(steps, reverse, anatomy)) {
      return [{ at: "", ...changed("minor", show(old), show(next)) }];
    }
    return [];
  }

  return (old, next, direction, isTakenElsewhere) => {
    const parts =
      structureOf(old) === "object"
        ? compareProperties(old, next, direction, isTakenElsewhere)
        : { changes: [], steps: compareItems(old, next) };
    const whole = compareWhole(old, next, direction, parts);
    return { changes: [...parts.changes, ...whole], steps: parts.steps };
  };
}

/** A property as the end of a path. */
export function stepTo(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
