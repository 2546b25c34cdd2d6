import { checkReferences } from "../generate/read/references.js";
import type { NodeType } from "../openapi/grammar.js";
import { entries, isObject, items, type Json, type JsonObject } from "../openapi/json.js";
import { inFile, type Named } from "../openapi/placed.js";
import { createResolver, keysOfRef } from "../openapi/resolver.js";
import { walk } from "../openapi/walk.js";
import { type Choice, rootKeys } from "./merge.js";
import type { Selection } from "./select.js";
import { idOf, isShared, nodeOf, type Unit, unitsOfPath } from "./unit.js";

/** Finds out what the selected operations of two documents reach, and so which units of each make it. */
export function choose(present: Named, source: Named, { taken, kept }: Selection): Choice {
  const theirs = inFile(source, () => {
    const root = entries(source.document).filter(([key]) => rootKeys.includes(key));
    const units = taken.map(({ unit }) => unit);
    return reach(source.document, root, [...units, ...impliedScheme(source.document)]);
  });
  const paths = new Set([...theirs.values()].map(([area, path]) => area === "paths" && path));
  /** What a path says of all its operations, the source says once it has one of them. */
  const isTheirs = (unit: Unit, id: string): boolean =>
    theirs.has(id) || (isShared(unit) && paths.has(unit[1]));
  const ours = inFile(present, () => {
    const apart = [...rootKeys, "paths", "components"];
    const root = entries(present.document).filter(([key]) => !apart.includes(key));
    const units = kept.map(({ unit }) => unit);
    return reach(present.document, root, units, isTheirs);
  });
  return { taken: theirs, kept: ours };
}

/** Where a document requires no security itself, the only scheme that it has is meant. */
function impliedScheme({ security, components }: JsonObject): Unit[] {
  if (security !== undefined && security !== null) return [];
  const schemes = isObject(components) ? entries(components.securitySchemes) : [];
  return schemes.length > 1 ? [] : schemes.map(([name]) => ["components", "securitySchemes", name]);
}

/**
 * The units that these units and parts of the document's root lead to, themselves included, through any
 * depth of references, by their ids; refuses a reference that leaves the document.
 */
function reach(
  document: JsonObject,
  root: readonly [string, Json][],
  units: readonly Unit[],
  /** Units that are not to be followed: another document has them. */
  isElsewhere: (unit: Unit, id: string) => boolean = () => false,
): ReadonlyMap<string, Unit> {
  const resolver = createResolver(document);
  const reached = new Map<string, Unit>();
  const waiting: JsonObject[] = [Object.fromEntries(root)];

  function add(unit: Unit): void {
    const node = nodeOf(document, unit);
    const id = idOf(unit);
    if (node === undefined || reached.has(id) || isElsewhere(unit, id)) return;
    reached.set(id, unit);
    const [area, group, name] = unit;
    waiting.push({ [area]: { [group]: { [name]: node } } });
    // What a path says of all its operations comes with each of them.
    if (area === "paths") unitsOfPath(document, group).filter(isShared).forEach(add);
  }

  units.forEach(add);
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    walk(part, (node, type, place) => {
      checkReferences(node, type, place, resolver);
      for (const unit of unitsNamedBy(node, type, document)) add(unit);
    });
  }
  return reached;
}

/** The units that a node itself points at or names. */
function unitsNamedBy(node: JsonObject, type: NodeType, document: JsonObject): Unit[] {
  const units = [node.$ref, node.$dynamicRef].flatMap((ref) => unitsAt(ref, document));
  if (type === "document" || type === "operation") {
    const names = items(node.security).flatMap((requirement) => entries(requirement));
    units.push(...names.map(([name]): Unit => ["components", "securitySchemes", name]));
  }
  if (type === "discriminator") {
    for (const [, to] of entries(node.mapping)) {
      units.push(...unitsAt(to, document));
      if (typeof to === "string") units.push(["components", "schemas", to]);
    }
  }
  return units;
}

/** The units that hold what a reference points at. */
function unitsAt(ref: Json | undefined, document: JsonObject): Unit[] {
  const [area, group, name] = (typeof ref === "string" ? keysOfRef(ref) : undefined) ?? [];
  if (area === "paths" && group !== undefined) {
    return name === undefined ? unitsOfPath(document, group) : [[area, group, name]];
  }
  if (area !== "components" || group === undefined || name === undefined) return [];
  return [[area, group, name]];
}
