import { type NodeType, type Under, under } from "../../openapi/grammar.js";
import {
  entries,
  fromMap,
  isObject,
  items,
  type Json,
  type JsonObject,
  put,
} from "../../openapi/json.js";
import { keysOfRef, refTo, type Resolver } from "../../openapi/resolver.js";
import type { SchemaCopier } from "./schema.js";
import { commentsOf, disguise, disguiseName } from "./text.js";

/** What openapi-typescript makes types of, beside schemas. */
const typedNodes: ReadonlySet<string> = new Set(
  "pathItem operation parameter requestBody mediaType response header".split(" "),
);

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
        copy[key] = copyHeld(value, child);
      }
    }
    return copy;
  }

  function copyHeld(value: Json, { holds, type, extensible }: Under): Json {
    if (holds === "list") return items(value).map((item) => copyChild(item, type));
    if (holds === "node") return copyChild(value, type);
    const copy: JsonObject = {};
    for (const [name, node] of entries(value)) {
      if (extensible && name.startsWith("x-")) continue;
      put(copy, disguiseName(name), copyChild(node, type));
    }
    return copy;
  }

  function copyChild(value: Json, type: NodeType): JsonObject {
    return isObject(value) ? copyNode(value, type) : {};
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
      // A component that is a $ref to another has no type of its own, but as a path item.
      const follow = (node: Json): Json => resolver.follow(node) ?? {};
      const meant = child.type === "pathItem" ? map : fromMap(new Map(entries(map)), follow);
      copy[section] = copyHeld(meant, child);
    }
    return copy;
  }

  return {
    ...copyNode(document, "document"),
    openapi: document.openapi ?? "",
    info: { title: "", version: "" },
    components: { ...copyComponents(document.components), schemas: schemas.components() },
  };
}
