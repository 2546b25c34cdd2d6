import { createAnatomy } from "./anatomy.js";
import { compareConnectionRequest } from "./connection-request.js";
import { createCounterparts } from "./counterparts.js";
import { changed, type Finding, type Level, sorted, verdictOf } from "./finding.js";
import { compareOperations } from "./operations.js";
import { createPair } from "./pair.js";
import { compile } from "./program.js";
import { createRelations } from "./relations.js";
import { createShow } from "./show.js";
import type { Side } from "./side.js";
import { createCompareStructures } from "./structures.js";
import { readSurface } from "./surface.js";
import { createCompareTypes } from "./types.js";
import { createWalk } from "./walk.js";
import { compareZones } from "./zones.js";

/** What became of the old side, and what the next version must be. */
export interface Comparison {
  readonly verdict: Level;
  readonly findings: readonly Finding[];
}

/** Compares two `generated/` folders with the eyes of a service that uses the facade. */
export function compare(oldSide: Side, newSide: Side): Comparison {
  const program = compile(oldSide, newSide);
  const { checker } = program;
  const anatomy = createAnatomy(checker);
  const old = readSurface(program.old, checker, anatomy);
  const next = readSurface(program.new, checker, anatomy);
  const show = createShow(checker, anatomy);
  const structures = createCompareStructures(anatomy, show);
  const relations = createRelations(anatomy);
  const pair = createPair(checker, anatomy, relations);
  const counterparts = createCounterparts(anatomy, relations, structures);
  const types = createCompareTypes(anatomy, relations, pair, counterparts, show);
  const walk = createWalk(types, anatomy);
  const findings = compareOperations(old, next, walk);
  findings.push(
    ...compareConnectionRequest(old, next, program.new, walk, findings),
    ...compareZones(old, next),
  );
  if (old.auth !== next.auth) {
    findings.push({ operation: null, place: "auth", ...changed("patch", old.auth, next.auth) });
  }
  return { verdict: verdictOf(findings), findings: sorted(findings) };
}
