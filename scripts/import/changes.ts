import { isDeepStrictEqual } from "node:util";

import { entries, isObject, items, type Json, type JsonObject } from "../openapi/json.js";
import { listOperations } from "./operations.js";
import { isShared } from "./unit.js";

/** A line on each thing that an import adds, changes or removes. */
export function changesOf(before: JsonObject, after: JsonObject): string[] {
  return [
    ...compare(rootOf(before), rootOf(after)),
    ...compare(serversOf(before), serversOf(after)),
    ...compareServerOrder(before, after),
    ...compareOperations(before, after),
    ...compare(pathsOf(before), pathsOf(after)),
    ...compare(componentsOf(before), componentsOf(after)),
  ];
}

/** Compares things by the names under which they are told. */
function compare(before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>): string[] {
  const lines: string[] = [];
  for (const [name, node] of after) {
    const old = before.get(name);
    if (old === undefined) lines.push(`added ${name}`);
    else if (!isDeepStrictEqual(old, node)) lines.push(`changed ${name}${difference(old, node)}`);
  }
  for (const name of before.keys()) if (!after.has(name)) lines.push(`removed ${name}`);
  return lines;
}

/** What is told in lines of its own. */
const apart: readonly string[] = ["servers", "paths", "components"];

function rootOf(document: JsonObject): Map<string, Json> {
  return new Map(Object.entries(document).filter(([key]) => !apart.includes(key)));
}

function serversOf({ servers }: JsonObject): Map<string, Json> {
  return new Map(items(servers).map((server) => [`server ${urlOf(server)}`, server]));
}

/** The first server is the default one, so that their order means something. */
function compareServerOrder(before: JsonObject, after: JsonObject): string[] {
  const [old, now] = [items(before.servers).map(urlOf), items(after.servers).map(urlOf)];
  const [oldDefault = "none", newDefault = "none"] = [old[0], now[0]];
  if (oldDefault !== newDefault) return [`changed default server: ${oldDefault} to ${newDefault}`];
  const stayed = old.filter((url) => now.includes(url));
  const isSame = isDeepStrictEqual(
    now.filter((url) => old.includes(url)),
    stayed,
  );
  return isSame ? [] : [`changed order of servers: ${now.join(", ")}`];
}

function urlOf(server: Json): string {
  return isObject(server) && typeof server.url === "string" ? server.url : JSON.stringify(server);
}

function compareOperations(before: JsonObject, after: JsonObject): string[] {
  const [old, now] = [operationsOf(before), operationsOf(after)];
  const lines: string[] = [];
  for (const [name, { where, node }] of now) {
    const was = old.get(name);
    if (was === undefined) {
      lines.push(`added operation ${name} (${where})`);
      continue;
    }
    const changes = keysChanged(was.node, node);
    if (was.where !== where) changes.unshift(`was ${was.where}`);
    if (changes.length > 0) {
      lines.push(`changed operation ${name} (${where}): ${changes.join(", ")}`);
    }
  }
  for (const [name, { where }] of old) {
    if (!now.has(name)) lines.push(`removed operation ${name} (${where})`);
  }
  return lines;
}

function operationsOf(document: JsonObject) {
  const operations = listOperations(document);
  return new Map(operations.map((operation) => [operation.id ?? operation.where, operation]));
}

/** What paths say of all their operations. */
function pathsOf({ paths }: JsonObject): Map<string, Json> {
  const named = entries(paths).flatMap(([path, node]) =>
    entries(node)
      .filter(([key]) => isShared(["paths", path, key]))
      .map(([key, value]) => [`${key} of path ${path}`, value] as const),
  );
  return new Map(named);
}

function componentsOf({ components }: JsonObject): Map<string, Json> {
  const named = entries(components).flatMap(([kind, nodes]) =>
    entries(nodes).map(([name, node]) => [`component ${kind}/${name}`, node] as const),
  );
  return new Map(named);
}

function difference(before: Json, after: Json): string {
  if (isObject(before) && isObject(after)) return `: ${keysChanged(before, after).join(", ")}`;
  if (typeof before === "object" || typeof after === "object") return "";
  return `: ${String(before)} to ${String(after)}`;
}

/** The keys under which two nodes differ. */
function keysChanged(before: JsonObject, after: JsonObject): string[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const keys = [...new Set([...now.keys(), ...old.keys()])];
  return keys.filter((key) => !isDeepStrictEqual(old.get(key), now.get(key)));
}
