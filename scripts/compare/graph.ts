import type ts from "typescript";

import type { Anatomy } from "./anatomy.js";
import type { Difference, Direction } from "./difference.js";
import type { CompareTypes } from "./types.js";

/** Two types that were compared, however many places hold them. */
export interface Node {
  readonly difference: Difference;
  /** The nodes of the difference's steps, one for each. */
  readonly parts: readonly Node[];
  /** Whether the two differ, or any that they are made of. */
  readonly leadsToChange: boolean;
  /** Whether they are made of no objects, which alone can hold themselves. */
  readonly isPlain: boolean;
}

/** A node while the graph grows. */
interface GrowingNode extends Node {
  readonly parts: GrowingNode[];
  readonly parents: GrowingNode[];
  leadsToChange: boolean;
}

/** Compares two types, and all that they are made of, each pair once. */
export type Explore = (old: ts.Type, next: ts.Type) => Node;

export function createExplore(
  compareTypes: CompareTypes,
  { itemsOf, membersOf, structureOf }: Anatomy,
  direction: Direction,
): Explore {
  const known = new Map<ts.Type, Map<ts.Type, GrowingNode>>();
  const fresh: GrowingNode[] = [];

  function nodeOf(old: ts.Type, next: ts.Type): GrowingNode {
    const byNew = known.get(old) ?? new Map<ts.Type, GrowingNode>();
    known.set(old, byNew);
    let node = byNew.get(next);
    if (node === undefined) {
      node = {
        difference: compareTypes(old, next, direction),
        parts: [],
        parents: [],
        leadsToChange: false,
        isPlain: isPlain(old),
      };
      byNew.set(next, node);
      fresh.push(node);
    }
    return node;
  }

  function isPlain(type: ts.Type): boolean {
    return membersOf(type).every((member) => {
      const structure = structureOf(member);
      return structure === undefined || (structure === "array" && itemsOf(member).every(isPlain));
    });
  }

  function markLeading(start: GrowingNode): void {
    const marked = [start];
    // A list gives what is added to it while it is read.
    for (const node of marked) {
      if (node.leadsToChange) continue;
      node.leadsToChange = true;
      for (const parent of node.parents) marked.push(parent);
    }
  }

  return (old, next) => {
    const root = nodeOf(old, next);
    for (let node = fresh.pop(); node !== undefined; node = fresh.pop()) {
      for (const step of node.difference.steps) {
        const part = nodeOf(step.old, step.new);
        node.parts.push(part);
        part.parents.push(node);
        if (part.leadsToChange) markLeading(node);
      }
      if (node.difference.changes.length > 0) markLeading(node);
    }
    return root;
  };
}
