import { at, type Place, refuse } from "./fail.js";
import { methods } from "./grammar.js";
import { entries, isObject, items, type Json, type JsonObject, text } from "./json.js";
import type { Resolver } from "./resolver.js";

/** One operation of the document's paths, with what its path item adds to it. */
export interface Operation {
  readonly id: string;
  /** Upper-case. */
  readonly method: string;
  /** The path template. */
  readonly path: string;
  readonly node: JsonObject;
  /** Its own parameters and the path item's, resolved; its own win. */
  readonly parameters: readonly JsonObject[];
  /** Its own servers or the path item's; undefined where they are the document's. */
  readonly servers: Json | undefined;
}

/** Lists the operations of the document's paths, in order, and refuses one that has no name. */
export function listOperations(document: JsonObject, resolver: Resolver): Operation[] {
  const operations: Operation[] = [];
  const ids = new Map<string, string>();
  const paths = at(undefined, "paths");
  if (!isObject(document.paths)) refuse(paths, "expected a mapping of paths");
  for (const [path, node] of entries(document.paths)) {
    if (path.startsWith("x-")) continue;
    const place = at(paths, path);
    checkTemplate(path, place);
    const pathItem = resolver.follow(node);
    if (!isObject(pathItem)) continue;
    for (const method of methods) {
      const operation = pathItem[method];
      if (!isObject(operation)) continue;
      const id = nameOf(operation, at(place, method));
      const first = ids.get(id);
      if (first !== undefined) {
        refuse(at(place, method), `has the operationId "${id}", as ${first} has`);
      }
      ids.set(id, `${method.toUpperCase()} ${path}`);
      operations.push({
        id,
        method: method.toUpperCase(),
        path,
        node: operation,
        parameters: parametersOf(pathItem, operation, at(place, method), resolver),
        servers: operation.servers ?? pathItem.servers,
      });
    }
  }
  return operations;
}

function nameOf(operation: JsonObject, place: Place): string {
  const id = operation.operationId;
  if (id === undefined || id === null) refuse(place, "has no operationId");
  if (typeof id !== "string" || id.trim() === "")
    refuse(at(place, "operationId"), "expected a name");
  return id;
}

/** A template is what the URL has: whatever a URL parser would read otherwise never reaches a call. */
function checkTemplate(path: string, place: Place): void {
  if (!path.startsWith("/")) refuse(place, "is a path that does not start with /");
  const plain = path.replace(/\{[^{}]*\}/g, "x");
  if (/[{}]/.test(plain)) refuse(place, "is a path with a brace that has no other");
  if (plain.includes("//")) refuse(place, "is a path with an empty segment (//)");
  const origin = "https://host";
  if (
    !URL.canParse(origin + plain) ||
    new URL(origin + plain).href !== origin + plain ||
    /[?#]/.test(plain)
  ) {
    refuse(place, "is a path with what a URL reads otherwise (such as ?, #, \\, .. or a space)");
  }
}

function parametersOf(
  pathItem: JsonObject,
  operation: JsonObject,
  place: Place,
  resolver: Resolver,
): JsonObject[] {
  const parameters = new Map<string, JsonObject>();
  for (const owner of [pathItem, operation]) {
    for (const node of items(owner.parameters)) {
      const parameter = resolver.follow(node);
      if (!isObject(parameter)) continue;
      const { name, in: where } = parameter;
      if (
        typeof name !== "string" ||
        name === "" ||
        !/^(path|query|header|cookie)$/.test(text(where) ?? "")
      ) {
        refuse(
          at(place, "parameters"),
          "has one without a name, or not in path, query, header or cookie",
        );
      }
      parameters.set(JSON.stringify([where, name]), parameter);
    }
  }
  return [...parameters.values()];
}
