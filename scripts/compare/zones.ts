import { added, changed, type Finding, gone } from "./finding.js";
import type { Surface } from "./surface.js";

/** Compares the zones, which services name, and which one is meant where they name none. */
export function compareZones(old: Surface, next: Surface): Finding[] {
  const findings: Finding[] = [];
  const renamed = findRenamed(old.zones, next.zones);
  for (const [name, url] of old.zones) {
    const place = `zones.${name}`;
    const newName = renamed.get(name);
    const newUrl = next.zones.get(name);
    if (newName !== undefined) {
      const message = `renamed to ${newName}, which has the same URL`;
      findings.push({ ...apiWide, place, ...changed("major", name, newName, message) });
    } else if (newUrl === undefined) {
      findings.push({ ...apiWide, place, ...gone("major", url, "gone") });
    } else if (newUrl !== url) {
      findings.push({ ...apiWide, place, ...changed("patch", url, newUrl) });
    }
  }
  const isRenamed = new Set(renamed.values());
  for (const [name, url] of next.zones) {
    if (old.zones.has(name) || isRenamed.has(name)) continue;
    findings.push({ ...apiWide, place: `zones.${name}`, ...added("minor", url, "new") });
  }
  if ((renamed.get(old.defaultZone) ?? old.defaultZone) !== next.defaultZone) {
    const change = changed("major", old.defaultZone, next.defaultZone);
    findings.push({ ...apiWide, place: "defaultZone", ...change });
  }
  return findings;
}

const apiWide = { operation: null };

/** The new names of zones that are gone, where there is a new one at the same URL. */
function findRenamed(old: Surface["zones"], next: Surface["zones"]): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  const fresh = [...next].filter(([name]) => !old.has(name));
  for (const [name, url] of old) {
    if (next.has(name)) continue;
    const taken = new Set(renamed.values());
    const [newName] = fresh.find(([name, newUrl]) => newUrl === url && !taken.has(name)) ?? [];
    if (newName !== undefined) renamed.set(name, newName);
  }
  return renamed;
}
