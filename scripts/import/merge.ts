import { isDeepStrictEqual } from "node:util";

import { under } from "../openapi/grammar.js";
import {
  entries,
  isObject,
  items,
  type Json,
  type JsonObject,
  own,
  put,
  text,
} from "../openapi/json.js";
import { listOperations } from "./operations.js";
import { mergedOrder } from "./order.js";
import { mergeServers } from "./servers.js";
import { idOf, type Unit } from "./unit.js";

/** Keys of the root that say how all the rest is meant: the source has the last word on them. */
export const rootKeys: readonly string[] = [
  "openapi",
  "jsonSchemaDialect",
  "info",
  "servers",
  "security",
];

/** What of the two documents makes up the merged one, by the ids of units. */
export interface Choice {
  readonly taken: ReadonlyMap<string, Unit>;
  readonly kept: ReadonlyMap<string, Unit>;
}

/**
 * Merges two documents. Every node of the result that is the same in the present document is that very
 * node, and every other that the source has as it is, is the source's: by this their text is found.
 */
export function merge(present: JsonObject, source: JsonObject, choice: Choice): JsonObject {
  const { taken, kept } = choice;

  /** Merges what holds units by name; undefined where none is left. */
  function mergeUnits(area: string, group: string, ours?: Json, theirs?: Json): Json | undefined {
    const merged = mergeMaps(ours, theirs, (name, our, their) => {
      const unit: Unit = [area, group, name];
      if (taken.has(idOf(unit))) return preferred(our, their);
      return kept.has(idOf(unit)) ? our : undefined;
    });
    return Object.keys(merged).length === 0 ? undefined : merged;
  }

  const paths = mergeMaps(present.paths, source.paths, (path, our, their) =>
    path.startsWith("x-") ? our : mergeUnits("paths", path, our, their),
  );
  const components = mergeMaps(present.components, source.components, (kind, our, their) =>
    under("components", kind)?.holds === "map" ? mergeUnits("components", kind, our, their) : our,
  );
  return mergeMaps(present, source, (key, our, their) => {
    if (key === "paths") return paths;
    if (key === "components") return Object.keys(components).length > 0 ? components : undefined;
    if (key === "tags") return mergeTags(our, their, { paths, components });
    if (key === "servers") return preferred(our, mergeServers(our, their));
    return rootKeys.includes(key) ? preferred(our, their) : our;
  });
}

/** Merges two mappings by key; gives back the present one, or the only one, where it is the result. */
function mergeMaps(
  present: Json | undefined,
  source: Json | undefined,
  pick: (key: string, our: Json | undefined, their: Json | undefined) => Json | undefined,
): JsonObject {
  const ours = isObject(present) ? present : {};
  const theirs = isObject(source) ? source : {};
  const merged: JsonObject = {};
  for (const key of mergedOrder(Object.keys(ours), Object.keys(theirs))) {
    const value = pick(key, own(ours, key), own(theirs, key));
    if (value !== undefined) put(merged, key, value);
  }
  const whole = isObject(present) ? ours : theirs;
  return isMadeOf(whole, merged) ? whole : merged;
}

/** Whether two mappings have the very same nodes under the same keys, in the same order. */
function isMadeOf(whole: JsonObject, merged: JsonObject): boolean {
  const keys = Object.keys(merged);
  return (
    isDeepStrictEqual(Object.keys(whole), keys) &&
    keys.every((key) => own(whole, key) === own(merged, key))
  );
}

/** The tags that operations have: the source's where it has them. */
function mergeTags(our: Json | undefined, their: Json | undefined, document: JsonObject) {
  const used = new Set(listOperations(document).flatMap(({ node }) => items(node.tags)));
  const [ours, theirs] = [tagsByName(our), tagsByName(their)];
  const tags = mergedOrder([...ours.keys()], [...theirs.keys()])
    .filter((name) => used.has(name))
    .map((name) => preferred(ours.get(name), theirs.get(name) ?? ours.get(name)) ?? null);
  if (tags.length === 0) return undefined;
  return preferred(our, preferred(their, tags));
}

function tagsByName(tags: Json | undefined): Map<string, Json> {
  return new Map(
    items(tags).map((tag) => [text(Object.fromEntries(entries(tag)).name) ?? "", tag]),
  );
}

/** What the source says, as the present document says it where that is the same. */
function preferred(our: Json | undefined, their: Json | undefined): Json | undefined {
  return isDeepStrictEqual(our, their) ? our : their;
}
