import { createAnatomy } from "./anatomy.js";
import type { Side } from "./base.js";
import {
  added,
  type Change,
  changed,
  type Comparison,
  conclude,
  type Finding,
  gone,
} from "./finding.js";
import { compareOperations } from "./operations.js";
import { compile, publicNames } from "./program.js";
import { readSurface, type Surface } from "./surface.js";
import { createWalk } from "./types.js";

/** Compares two `generated/` folders with the eyes of a service that uses the facade. */
export function compare(oldSide: Side, newSide: Side): Comparison {
  const program = compile(oldSide, newSide);
  const anatomy = createAnatomy(program.checker);
  const old = readSurface(program.old, program.checker, anatomy);
  const next = readSurface(program.new, program.checker, anatomy);
  const walk = createWalk(anatomy);
  const findings = compareOperations(old, next, walk);
  const lost = publicNames().filter((name) => old.names.has(name) && !next.names.has(name));
  findings.push(
    ...compareZones(old, next),
    ...lost.map((name) => ({ operation: null, place: name, ...gone("major", name, "gone") })),
  );
  if (old.auth !== next.auth) {
    findings.push({ operation: null, place: "auth", ...changed("patch", old.auth, next.auth) });
  }
  return conclude(findings);
}

/** Compares the zones, which services name, and which one is meant where they name none. */
function compareZones(old: Surface, next: Surface): Finding[] {
  const changes: (readonly [place: string, change: Change])[] = [];
  const fresh = new Map([...next.zones].filter(([name]) => !old.zones.has(name)));
  let { defaultZone } = old;
  for (const [name, url] of old.zones) {
    const place = `zones.${name}`;
    const newUrl = next.zones.get(name);
    const [newName] = [...fresh].find(([, newUrl]) => newUrl === url) ?? [];
    if (newUrl !== undefined) {
      const what = new URL(url).host === new URL(newUrl).host ? "path" : "host";
      const message = `${url} → ${newUrl}: another ${what}, which firewalls and proxies have to let through`;
      if (newUrl !== url) changes.push([place, changed("patch", url, newUrl, message)]);
    } else if (newName === undefined) {
      changes.push([place, gone("major", url, "gone")]);
    } else {
      const message = `renamed to ${newName}, which has the same URL`;
      changes.push([place, changed("major", name, newName, message)]);
      fresh.delete(newName);
      if (name === old.defaultZone) defaultZone = newName;
    }
  }
  for (const [name, url] of fresh) changes.push([`zones.${name}`, added("minor", url, "new")]);
  if (defaultZone !== next.defaultZone) {
    changes.push(["defaultZone", changed("major", old.defaultZone, next.defaultZone)]);
  }
  return changes.map(([place, change]) => ({ operation: null, place, ...change }));
}
