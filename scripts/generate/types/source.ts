import { type NodeType, type Under, under } from "../../openapi/grammar.js";
import { entries, isObject, items, type Json, type JsonObject, put } from "../../openapi/json.js";
import { keysOfRef, refTo, type Resolver } from "../../openapi/resolver.js";
import { commentsOf } from "./comments.js";
import { disguise, disguiseName } from "./names.js";
import type { SchemaCopier } from "./schema.js";

/** What openapi-typescript makes types of, beside schemas. */
const typedNodes: ReadonlySet<NodeType> = new Set<NodeType>([
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
      if (scalars.includes(key)) {
        copy[key] = disguise(value);
      } else if (child.type === "schema") {
        copy[key] = schemas.copy(value);
      } else if (typedNodes.has(child.type)) {
        copy[key] = copyUnder(value, child);
      }
    }
    return copy;
  }

  function copyUnder(value: Json, { holds, type, extensible }: Under): Json {
    if (holds === "map") return copyMap(value, type, extensible);
    if (holds === "list") return items(value).map((item) => copyChild(item, type));
    return copyChild(value, type);
  }

  function copyChild(value: Json, type: NodeType): JsonObject {
    return isObject(value) ? copyNode(value, type) : {};
  }

  function copyMap(map: Json, type: NodeType, extensible: boolean): JsonObject {
    const copy: JsonObject = {};
    for (const [name, node] of entries(map)) {
      if (extensible && name.startsWith("x-")) continue;
      put(copy, disguiseName(name), copyChild(node, type));
    }
    return copy;
  }

  /** A `$ref` to a component stays one; what stands anywhere else is put in its place. */
  function copyRef(node: JsonObject, ref: string, type: NodeType): JsonObject {
    const keys = keysOfRef(ref) ?? [];
    if (keys[0] === "components" && keys.length === 3) {
      return { ...commentsOf(node), $ref: refTo(keys.map(disguiseName)) };
    }
    return copyChild(resolver.target(ref)?.node ?? {}, type);
  }

  function copyComponents(components: Json | undefined): JsonObject {
    const copy: JsonObject = {};
    for (const [section, map] of entries(components)) {
      const child = under("components", section);
      if (child === undefined || !typedNodes.has(child.type)) continue;
      const copied: JsonObject = {};
      for (const [name, node] of entries(map)) {
        // A component that is a $ref to another has no type of its own, but as a path item.
        const meant = child.type === "pathItem" ? node : (resolver.follow(node) ?? {});
        put(copied, disguiseName(name), copyChild(meant, child.type));
      }
      copy[section] = copied;
    }
    return copy;
  }

  const { openapi, paths, webhooks, components } = document;
  return {
    openapi: openapi ?? "",
    info: { title: "", version: "" },
    paths: copyMap(paths ?? {}, "pathItem", true),
    ...(isObject(webhooks) && { webhooks: copyMap(webhooks, "pathItem", false) }),
    components: { ...copyComponents(components), schemas: schemas.components() },
  };
}
