import type ts from "typescript";

import type { Anatomy } from "./anatomy.js";
import { type Direction, onlyBreaks, type PlacedChange } from "./difference.js";
import { createExplore, type Node } from "./graph.js";
import type { CompareTypes } from "./types.js";

/** Finds all that differs between two types, at any depth. */
export type Walk = (old: ts.Type, next: ts.Type, direction: Direction) => readonly PlacedChange[];

/** A node, where it was come upon. */
interface Visit {
  readonly at: string;
  readonly node: Node;
  readonly onlyBreaks: boolean;
}

/**
 * Types may hold themselves, and one may stand in many places. So what differs between two objects is
 * told once in each walk, at the place that is nearest to its start.
 */
export function createWalk(compareTypes: CompareTypes, anatomy: Anatomy): Walk {
  const explore = {
    input: createExplore(compareTypes, anatomy, "input"),
    output: createExplore(compareTypes, anatomy, "output"),
  };

  return (old, next, direction) => {
    const found: PlacedChange[] = [];
    const visits: Visit[] = [];
    const told = { all: new Set<Node>(), breaks: new Set<Node>() };

    function visit(node: Node, at: () => string, onlyBreaks: boolean): void {
      if (!node.leadsToChange) return;
      if (!node.isPlain) {
        if (told.all.has(node) || (onlyBreaks && told.breaks.has(node))) return;
        told[onlyBreaks ? "breaks" : "all"].add(node);
      }
      visits.push({ at: at(), node, onlyBreaks });
    }

    visit(explore[direction](old, next), () => "", false);
    // A list gives what is added to it while it is read.
    for (const { at, node, onlyBreaks: isLimited } of visits) {
      const { changes, steps } = isLimited ? onlyBreaks(node.difference) : node.difference;
      for (const change of changes) found.push({ ...change, at: at + change.at });
      for (const [index, part] of node.parts.entries()) {
        const step = steps[index];
        if (step) visit(part, () => at + step.at, step.onlyBreaks === true);
      }
    }
    return distinct(found);
  };
}

/** Types of a union can have the same to say of the same place. */
function distinct(changes: readonly PlacedChange[]): PlacedChange[] {
  const byText = new Map(changes.map((change) => [JSON.stringify(change), change]));
  return [...byText.values()];
}
