import type { Finding } from "./finding.js";
import { gone } from "./finding.js";
import { placed } from "./operation.js";
import { type Compiled, facade } from "./program.js";
import type { Surface } from "./surface.js";
import type { Walk } from "./walk.js";

const id = "updateConnection";

/**
 * Compares the body of `updateConnection` as the facade types it, of the documented type and the
 * examples. What the documented type has told already is not told again.
 */
export function compareConnectionRequest(
  old: Surface,
  next: Surface,
  compiled: Compiled,
  walk: Walk,
  told: readonly Finding[],
): Finding[] {
  if (!old.operations.has(id) || !next.operations.has(id)) return [];
  if (next.connectionRequest === undefined) {
    const problem = compiled.problemOf(facade) ?? "it has no ConnectionRequest";
    const message = `the facade does not compile: ${problem}`;
    return [{ operation: id, place: "input body", ...gone("major", "ConnectionRequest", message) }];
  }
  // The facade of today need not fit what was generated for an older one.
  if (old.connectionRequest === undefined) return [];
  const places = new Set(
    told.filter(({ operation }) => operation === id).map(({ place }) => place),
  );
  return walk(old.connectionRequest, next.connectionRequest, "input")
    .map(({ at, ...change }) => placed(id, "input")({ at: `.body${at}`, ...change }))
    .filter(({ place }) => !places.has(place));
}
