import type { NodeType } from "../openapi/grammar.js";
import { entries, items, type Json, type JsonObject } from "../openapi/json.js";
import { createResolver, keysOfRef } from "../openapi/resolver.js";
import { walk } from "../openapi/walk.js";
import { checkReferences } from "../generate/read/references.js";
import { idOf, isShared, nodeOf, only, type Unit, unitsOfPath } from "./unit.js";

/**
 * The units that these units and parts of the document's root lead to, themselves included, through any
 * depth of references, by their ids; refuses a reference that leaves the document.
 */
export function reach(
  document: JsonObject,
  root: JsonObject,
  units: readonly Unit[],
  /** Units that are not to be followed: another document has them. */
  isElsewhere: (unit: Unit, id: string) => boolean = () => false,
): ReadonlyMap<string, Unit> {
  const resolver = createResolver(document);
  const reached = new Map<string, Unit>();
  const waiting: JsonObject[] = [root];

  function add(unit: Unit): void {
    const node = nodeOf(document, unit);
    const id = idOf(unit);
    if (node === undefined || reached.has(id) || isElsewhere(unit, id)) return;
    reached.set(id, unit);
    waiting.push(only(unit, node));
    // What a path says of all its operations comes with each of them.
    if (unit[0] === "paths") unitsOfPath(document, unit[1]).filter(isShared).forEach(add);
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
