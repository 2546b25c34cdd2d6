import { methods } from "../openapi/grammar.js";
import { entries, isObject, type JsonObject, text } from "../openapi/json.js";
import { at, refuse } from "../openapi/refuse.js";
import { createResolver } from "../openapi/resolver.js";
import type { Unit } from "./unit.js";

/** An operation as it stands in a document that may hold others which are wrong. */
export interface Listed {
  /** Undefined where it has none. */
  readonly id: string | undefined;
  /** The method and the path, as messages tell them. */
  readonly where: string;
  readonly node: JsonObject;
  /** What has to be taken to have it. */
  readonly unit: Unit;
}

/** Lists the operations of a document's paths, in order, whether or not each of them is sound. */
export function listOperations(document: JsonObject): Listed[] {
  if (document.paths === undefined) refuse(undefined, "has no paths");
  if (!isObject(document.paths)) refuse(at(undefined, "paths"), "expected a mapping");
  const resolver = createResolver(document);
  const paths = entries(document.paths).filter(([path]) => !path.startsWith("x-"));
  return paths.flatMap(([path, node]) => {
    const pathItem = resolver.follow(node);
    if (!isObject(pathItem)) return [];
    return methods.flatMap((method) => {
      const operation = pathItem[method];
      if (!isObject(operation)) return [];
      const unit: Unit = ["paths", path, pathItem === node ? method : "$ref"];
      const where = `${method.toUpperCase()} ${path}`;
      return { id: text(operation.operationId), where, node: operation, unit };
    });
  });
}
