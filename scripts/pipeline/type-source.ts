import { commentsOf } from "./comments.js";
import { type NodeType, under } from "./grammar.js";
import { isObject, items, type Json, type JsonObject, put } from "./json.js";
import { disguiseName } from "./names.js";
import { keysOfRef, refTo, type Resolver } from "./resolver.js";
import type { SchemaCopier } from "./type-schema.js";

/** What openapi-typescript makes types of, beside schemas. */
const typedNodes: ReadonlySet<NodeType> = new Set<NodeType>([
  "components",
  "pathItem",
  "operation",
  "parameter",
  "requestBody",
  "mediaType",
  "response",
  "header",
]);

/** The scalars that it reads. */
const scalars = ["operationId", "name", "in", "required"];

/**
 * The document as openapi-typescript gets it: what it makes types of, and nothing that a tool might
 * follow, or take for code. It is a copy, since openapi-typescript changes what it is given.
 */
export function typeSource(
  document: JsonObject,
  resolver: Resolver,
  schemas: SchemaCopier,
): JsonObject {
  function copyNode(node: JsonObject, type: NodeType): JsonObject {
    if (typeof node.$ref === "string") return copyRef(node, node.$ref, type);
    const copy = commentsOf(node);
    for (const [key, value] of Object.entries(node)) {
      const child = under(type, key);
      if (child === undefined || value === null) continue;
      if (scalars.includes(key))
        copy[key] = typeof value === "string" ? disguiseName(value) : value;
      else if (child.type === "schema" && child.holds === "node") copy[key] = schemas.copy(value);
      else if (!typedNodes.has(child.type)) continue;
      else if (child.holds === "map") copy[key] = copyMap(value, child.type, child.extensible);
      else if (child.holds === "list")
        copy[key] = items(value).map((item) => copyChild(item, child.type));
      else copy[key] = copyChild(value, child.type);
    }
    return copy;
  }

  function copyChild(value: Json, type: NodeType): JsonObject {
    return isObject(value) ? copyNode(value, type) : {};
  }

  function copyMap(map: Json, type: NodeType, extensible: boolean): JsonObject {
    const copy: JsonObject = {};
    if (!isObject(map)) return copy;
    for (const [name, node] of Object.entries(map)) {
      if (!extensible || !name.startsWith("x-"))
        put(copy, disguiseName(name), copyChild(node, type));
    }
    return copy;
  }

  /** A `$ref` to a component stays one; what stands anywhere else is put in its place. */
  function copyRef(node: JsonObject, ref: string, type: NodeType): JsonObject {
    const keys = keysOfRef(ref) ?? [];
    if (keys[0] === "components" && keys.length === 3)
      return { ...commentsOf(node), $ref: refTo(keys.map(disguiseName)) };
    return copyChild(resolver.target(ref)?.node ?? {}, type);
  }

  const { openapi, paths, webhooks, components } = document;
  return {
    openapi: openapi ?? "",
    info: { title: "", version: "" },
    paths: copyMap(paths ?? {}, "pathItem", true),
    ...(isObject(webhooks) && { webhooks: copyMap(webhooks, "pathItem", false) }),
    components: {
      ...copyChild(components ?? {}, "components"),
      schemas: schemas.components(),
    },
  };
}
