import { methods } from "../../openapi/grammar.js";
import { entries, isObject, items, type Json, type JsonObject, text } from "../../openapi/json.js";
import { at, refuse } from "../../openapi/refuse.js";
import type { Resolver } from "../../openapi/resolver.js";

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
  /** What it sends, resolved; undefined where that is nothing. */
  readonly body: JsonObject | undefined;
  /** What it answers by status, resolved. */
  readonly responses: readonly (readonly [status: string, JsonObject])[];
  /** Its own servers or the path item's; undefined where they are the document's. */
  readonly servers: Json | undefined;
}

/** Lists the operations of the document's paths, in order, and has a line on each without a name. */
export function listOperations(document: JsonObject, resolver: Resolver, leftOut: string[]) {
  const operations = new Map<string, Operation>();
  const paths = at(undefined, "paths");
  if (!isObject(document.paths)) refuse(undefined, "has no paths");
  for (const [path, node] of entries(document.paths)) {
    if (path.startsWith("x-")) continue;
    for (const operation of operationsOf(path, node, resolver)) {
      const { id, method } = operation;
      // A path item that stands apart need not name its operations.
      if (id === "") leftOut.push(`${method} ${path} cannot be called: it has no operationId`);
      if (id === "") continue;
      const first = operations.get(id);
      // Two paths may share one path item by `$ref`, but not a name for its operations.
      if (first !== undefined) {
        const place = at(at(paths, path), method.toLowerCase());
        refuse(place, `has the operationId "${id}" of ${first.method} ${first.path}`);
      }
      operations.set(id, operation);
    }
  }
  return [...operations.values()];
}

function operationsOf(path: string, node: Json, resolver: Resolver): Operation[] {
  const pathItem = resolver.follow(node);
  if (!isObject(pathItem)) return [];
  return methods.flatMap((method) => {
    const operation = pathItem[method];
    if (!isObject(operation)) return [];
    const body = resolver.follow(operation.requestBody);
    const responses = entries(operation.responses).flatMap(([status, response]) => {
      const resolved = resolver.follow(response);
      return isObject(resolved) ? [[status, resolved] as const] : [];
    });
    return {
      id: text(operation.operationId) ?? "",
      method: method.toUpperCase(),
      path,
      node: operation,
      parameters: parametersOf(pathItem, operation, resolver),
      body: isObject(body) ? body : undefined,
      responses,
      servers: operation.servers ?? pathItem.servers,
    };
  });
}

function parametersOf(pathItem: JsonObject, operation: JsonObject, resolver: Resolver) {
  const parameters = new Map<string, JsonObject>();
  for (const node of [pathItem, operation].flatMap((owner) => items(owner.parameters))) {
    const parameter = resolver.follow(node);
    if (!isObject(parameter)) continue;
    parameters.set(JSON.stringify([parameter.in, parameter.name]), parameter);
  }
  return [...parameters.values()];
}
