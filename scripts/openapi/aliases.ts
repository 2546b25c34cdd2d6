import type { Json } from "./json.js";
import { PipelineError } from "./refuse.js";

/** Deep enough for schemas that are written out in one another, shallow enough for any tool's stack. */
export const maxDepth = 500;

/** What a value stands for once each alias in it is replaced by what it means. */
interface Extent {
  readonly values: number;
  readonly depth: number;
}

/**
 * Refuses documents whose aliases lead back to themselves, or stand for more than a tool could walk
 * through: a few lines of aliases to aliases can mean a billion values.
 */
export function checkAliases(documents: Json[], maxValues: number, file: string): void {
  /** Undefined while the value is being measured. */
  const extents = new Map<Json, Extent | undefined>();

  function measure(value: Json): Extent {
    if (typeof value !== "object" || value === null) return { values: 1, depth: 0 };
    if (extents.has(value)) {
      const known = extents.get(value);
      if (known === undefined) throw new PipelineError(`${file}: has an alias to what holds it`);
      return known;
    }
    extents.set(value, undefined);
    const extent = { values: 1, depth: 0 };
    for (const inner of Object.values(value)) {
      const { values, depth } = measure(inner);
      extent.values += values;
      extent.depth = Math.max(extent.depth, depth + 1);
    }
    extents.set(value, extent);
    return extent;
  }

  const { values, depth } = measure(documents);
  if (values > maxValues || depth > maxDepth) {
    throw new PipelineError(`${file}: has aliases that stand for too much`);
  }
}
