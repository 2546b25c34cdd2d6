import { createAnatomy } from "./anatomy.js";
import type { Side } from "./base.js";
import { changed, type Comparison, conclude, type Finding, gone } from "./finding.js";
import { compareOperations, placed } from "./operations.js";
import { type Compiled, compile, facade } from "./program.js";
import { readSurface, type Surface } from "./surface.js";
import { createWalk, type Walk } from "./walk.js";
import { compareZones } from "./zones.js";

/** Compares two `generated/` folders with the eyes of a service that uses the facade. */
export function compare(oldSide: Side, newSide: Side): Comparison {
  const program = compile(oldSide, newSide);
  const anatomy = createAnatomy(program.checker);
  const old = readSurface(program.old, program.checker, anatomy);
  const next = readSurface(program.new, program.checker, anatomy);
  const walk = createWalk(anatomy);
  const findings = compareOperations(old, next, walk);
  findings.push(
    ...compareConnectionRequest(old, next, program.new, walk, findings),
    ...compareZones(old, next),
  );
  if (old.auth !== next.auth) {
    findings.push({ operation: null, place: "auth", ...changed("patch", old.auth, next.auth) });
  }
  return conclude(findings);
}

/**
 * Compares the body of `updateConnection` as the facade types it, of the documented type and the
 * examples. What the documented type has told already is not told again.
 */
function compareConnectionRequest(
  old: Surface,
  next: Surface,
  compiled: Compiled,
  walk: Walk,
  told: readonly Finding[],
): Finding[] {
  const id = "updateConnection";
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
