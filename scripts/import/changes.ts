import { isDeepStrictEqual } from "node:util";

import { entries, isObject, items, type Json, type JsonObject } from "../openapi/json.js";
import { listOperations } from "./operations.js";
import { isShared } from "./unit.js";

/** A part of a document, by the name that messages have for it. */
type Part = readonly [name: string, node: Json, where?: string];

/** A line on each thing that an import adds, changes or removes. */
export function changesOf(before: JsonObject, after: JsonObject): string[] {
  const changesIn = (partsOf: (document: JsonObject) => readonly Part[]): string[] =>
    compare(partsOf(before), partsOf(after));
  return [
    ...changesIn(rootOf),
    ...changesIn(serversOf),
    ...compareServerOrder(before, after),
    ...changesIn(operationsOf),
    ...changesIn(pathsOf),
    ...changesIn(componentsOf),
  ];
}

function compare(before: readonly Part[], after: readonly Part[]): string[] {
  const [old, now] = [byName(before), byName(after)];
  const lines = [...now.values()].flatMap(([name, node, where]) => {
    const label = where === undefined ? name : `${name} (${where})`;
    const was = old.get(name);
    if (was === undefined) return [`added ${label}`];
    const [, oldNode, oldWhere = ""] = was;
    const moved = oldWhere === (where ?? "") ? [] : [`was ${oldWhere}`];
    if (moved.length === 0 && isDeepStrictEqual(oldNode, node)) return [];
    const details = [...moved, ...differences(oldNode, node)].join(", ");
    return [`changed ${label}${details === "" ? "" : `: ${details}`}`];
  });
  for (const [name, , where] of old.values()) {
    if (!now.has(name)) lines.push(`removed ${where === undefined ? name : `${name} (${where})`}`);
  }
  return lines;
}

function byName(parts: readonly Part[]): ReadonlyMap<string, Part> {
  return new Map(parts.map((part) => [part[0], part]));
}

/** The keys under which two mappings differ, or what a scalar was and is. */
function differences(before: Json, after: Json): string[] {
  if (isObject(before) && isObject(after)) {
    const [old, now] = [new Map(entries(before)), new Map(entries(after))];
    const keys = [...new Set([...now.keys(), ...old.keys()])];
    return keys.filter((key) => !isDeepStrictEqual(old.get(key), now.get(key)));
  }
  const hasParts = typeof before === "object" || typeof after === "object";
  return hasParts ? [] : [`${String(before)} to ${String(after)}`];
}

function rootOf(document: JsonObject): Part[] {
  return entries(document).filter(([key]) => !["servers", "paths", "components"].includes(key));
}

function serversOf({ servers }: JsonObject): Part[] {
  return items(servers).map((server) => [`server ${urlOf(server)}`, server]);
}

function operationsOf(document: JsonObject): Part[] {
  const operations = listOperations(document);
  return operations.map(({ id, where, node }) => [`operation ${id ?? where}`, node, where]);
}

/** What paths say of all their operations. */
function pathsOf({ paths }: JsonObject): Part[] {
  return entries(paths).flatMap(([path, pathItem]) => {
    const shared = entries(pathItem).filter(([key]) => isShared(["paths", path, key]));
    return shared.map(([key, node]): Part => [`${key} of path ${path}`, node]);
  });
}

function componentsOf({ components }: JsonObject): Part[] {
  return entries(components).flatMap(([kind, nodes]) =>
    entries(nodes).map(([name, node]): Part => [`component ${kind}/${name}`, node]),
  );
}

/** The first server is the default one, so that their order means something. */
function compareServerOrder(before: JsonObject, after: JsonObject): string[] {
  const [old, now] = [items(before.servers).map(urlOf), items(after.servers).map(urlOf)];
  const [oldDefault = "none", newDefault = "none"] = [old[0], now[0]];
  if (oldDefault !== newDefault) return [`changed default server: ${oldDefault} to ${newDefault}`];
  const stayed = old.filter((url) => now.includes(url));
  const stays = now.filter((url) => old.includes(url));
  if (isDeepStrictEqual(stayed, stays)) return [];
  return [`changed order of servers: ${now.join(", ")}`];
}

function urlOf(server: Json): string {
  return isObject(server) && typeof server.url === "string" ? server.url : JSON.stringify(server);
}
