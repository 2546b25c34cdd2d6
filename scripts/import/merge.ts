import { isDeepStrictEqual } from "node:util";

import { under } from "../openapi/grammar.js";
import { isObject, items, type Json, type JsonObject, own, put, text } from "../openapi/json.js";
import { listOperations } from "./operations.js";
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
 * Merges two documents. Each unit of the result is the very node of the document that it comes from: the
 * present one's where both say the same.
 */
export function merge(present: JsonObject, source: JsonObject, choice: Choice): JsonObject {
  const { taken, kept } = choice;

  /** Merges what holds units by name; undefined where none is left. */
  function mergeUnits(area: string, group: string, ours?: Json, theirs?: Json): Json | undefined {
    const merged = mergeMaps(ours, theirs, (name, our, their) => {
      const id = idOf([area, group, name]);
      if (taken.has(id)) return preferred(our, their);
      return kept.has(id) ? our : undefined;
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

/** Merges two mappings by key. */
function mergeMaps(
  present: Json | undefined,
  source: Json | undefined,
  pick: (key: string, our: Json | undefined, their: Json | undefined) => Json | undefined,
): JsonObject {
  const [ours, theirs] = [present, source].map((node) => (isObject(node) ? node : {}));
  const merged: JsonObject = {};
  for (const key of mergedOrder(Object.keys(ours ?? {}), Object.keys(theirs ?? {}))) {
    const value = pick(key, own(ours ?? {}, key), own(theirs ?? {}, key));
    if (value !== undefined) put(merged, key, value);
  }
  return merged;
}

/**
 * The keys of two mappings in one order: the present ones keep theirs, and each new one comes after the
 * key that it follows in the source, or before the one that it precedes, or else at the end.
 */
function mergedOrder(present: readonly string[], source: readonly string[]): string[] {
  const known = new Set(present);
  const first: string[] = [];
  const followers = new Map<string, string[]>();
  let group = first;
  for (const key of source) {
    if (known.has(key)) followers.set(key, (group = []));
    else group.push(key);
  }
  const leader = source.find((key) => known.has(key));
  if (leader === undefined) return [...present, ...first];
  return present.flatMap((key) => [
    ...(key === leader ? first : []),
    key,
    ...(followers.get(key) ?? []),
  ]);
}

/**
 * The source's servers. A zone name that the present spec gives a server of the same URL by `x-zone` is
 * kept: it stands there because upstream gives none.
 */
function mergeServers(our: Json | undefined, their: Json | undefined): Json | undefined {
  if (!Array.isArray(their)) return their;
  const named = items(our)
    .filter(isObject)
    .filter((server) => server["x-zone"] !== undefined);
  const zones = new Map(named.map((server) => [server.url, server["x-zone"]]));
  return their.map((server) => {
    if (!isObject(server) || server["x-zone"] !== undefined) return server;
    const zone = zones.get(server.url);
    return zone === undefined ? server : { ...server, "x-zone": zone };
  });
}

/** The tags that operations have: the source's where it has them. */
function mergeTags(our: Json | undefined, their: Json | undefined, document: JsonObject) {
  const used = new Set(listOperations(document).flatMap(({ node }) => items(node.tags)));
  const [ours, theirs] = [tagsByName(our), tagsByName(their)];
  const tags = mergedOrder([...ours.keys()], [...theirs.keys()])
    .filter((name) => used.has(name))
    .map((name) => theirs.get(name) ?? ours.get(name) ?? null);
  return tags.length === 0 ? undefined : preferred(our, tags);
}

function tagsByName(tags: Json | undefined): Map<string, Json> {
  return new Map(items(tags).map((tag) => [(isObject(tag) && text(tag.name)) || "", tag]));
}

/** What the source says, as the present document says it where that is the same. */
function preferred(our: Json | undefined, their: Json | undefined): Json | undefined {
  return isDeepStrictEqual(our, their) ? our : their;
}
