import { type NodeType, type Under, under } from "../../openapi/grammar.js";
import { entries, isObject, items, type Json, type JsonObject } from "../../openapi/json.js";
import { keysOfRef, refTo } from "../../openapi/resolver.js";
import type { Reading } from "../read/read.js";
import { createComponentSchemas } from "./component-schemas.js";
import { createDemands } from "./directions.js";
import { createDiscriminators } from "./discriminators.js";
import { findEagerCycles } from "./eager-cycles.js";
import { loosen } from "./loosen.js";
import { commentsOf, disguise, disguiseName } from "./text.js";

/** What openapi-typescript makes types of, beside schemas. */
const typedNodes: ReadonlySet<string> = new Set(
  "schema pathItem operation parameter requestBody mediaType response header".split(" "),
);

/** The scalars that it reads, of nodes other than schemas. */
const scalars = ["operationId", "name", "in", "required"];

/** The keywords with which a schema is made of others. */
const composing = new Set("allOf anyOf oneOf items prefixItems nullable".split(" "));

/**
 * The document as openapi-typescript gets it: what it makes types of, and nothing that a tool might
 * follow, or take for code. It is a copy, since openapi-typescript changes what it is given.
 */
export function typeSource({ document, schemas, resolver }: Reading): JsonObject {
  const cuts = findEagerCycles(schemas.referred, resolver);
  const demands = createDemands(schemas.sent, schemas.received, resolver);
  const components = isObject(document.components) ? document.components : {};
  const limits = createDiscriminators(components.schemas, schemas.discriminated, demands, resolver);
  const made = createComponentSchemas(components.schemas, copySchema);

  function copy(value: Json, type: NodeType): JsonObject {
    if (type === "schema") return copySchema(value);
    if (!isObject(value)) return {};
    if (typeof value.$ref === "string") return copyRef(value, value.$ref, type);
    const copied = commentsOf(value);
    for (const key of scalars) {
      const scalar = value[key] ?? null;
      if (scalar !== null) copied[key] = disguise(scalar);
    }
    return Object.assign(copied, copyHeld(value, type));
  }

  /** Copies the nodes that a node holds and that there are types of. */
  function copyHeld(node: JsonObject, type: NodeType): JsonObject {
    const copied: JsonObject = {};
    for (const [key, value] of Object.entries(node)) {
      const child = under(type, key);
      if (child === undefined || value === null || !typedNodes.has(child.type)) continue;
      copied[key] = copyUnder(value, child);
    }
    return copied;
  }

  function copyUnder(value: Json, { holds, type, extensible }: Under): Json {
    if (holds === "list") return items(value).map((item) => copy(item, type));
    if (holds === "node") return copy(value, type);
    const named = entries(value).filter(([name]) => !(extensible && name.startsWith("x-")));
    return Object.fromEntries(named.map(([name, node]) => [disguiseName(name), copy(node, type)]));
  }

  /** A `$ref` to a component stays one; what stands anywhere else is put in its place. */
  function copyRef(node: JsonObject, ref: string, type: NodeType): JsonObject {
    const keys = keysOfRef(ref) ?? [];
    if (keys[0] === "components" && keys.length === 3) {
      return { ...commentsOf(node), $ref: refTo(keys.map(disguiseName)) };
    }
    return copy(resolver.target(ref)?.node ?? {}, type);
  }

  function copySchema(schema: Json): JsonObject {
    // Openapi-typescript stumbles over `true` and `false` in places; what they say is no stricter.
    if (!isObject(schema)) return {};
    if (typeof schema.$ref === "string") return copySchemaRef(schema, schema.$ref);
    const copied = { ...commentsOf(schema), ...copyKeywords(loosen(schema, demands, resolver)) };
    const ofItself = limits.ofComponent(schema);
    if (ofItself.length > 0) copied.allOf = [...items(copied.allOf), ...ofItself];
    for (const key of isObject(schema.discriminator) ? ["oneOf", "anyOf"] : []) {
      if (!Array.isArray(copied[key])) continue;
      copied[key] = copied[key].map((choice, index) => {
        const isCut = !isObject(choice) || choice.$ref === undefined;
        const ofChoice = isCut ? [] : limits.ofChoice(schema, items(schema[key])[index]);
        return ofChoice.length > 0 ? { allOf: [choice, ...ofChoice] } : choice;
      });
    }
    // Openapi-typescript makes a choice of all that stands beside `anyOf`, too.
    const { anyOf, ...others } = copied;
    const isBeside = ["allOf", "properties", "additionalProperties"].some((key) => others[key]);
    return anyOf && isBeside ? { ...others, allOf: [...items(others.allOf), { anyOf }] } : copied;
  }

  function copyKeywords(schema: JsonObject): JsonObject {
    return { ...schema, ...copyHeld(schema, "schema") };
  }

  function copySchemaRef(node: JsonObject, ref: string): JsonObject {
    const cut = cuts.get(node);
    // A choice of itself, or a list of itself, may hold anything.
    if (cut === "other") return {};
    const copied = commentsOf(node);
    if (node.readOnly === true) copied.readOnly = true;
    copied.$ref = cut === "allOf" ? refToOwnPart(ref) : refToSchema(ref);
    return copied;
  }

  /** A `$ref` to the component schema that a `$ref` means; what is none of the document's becomes one. */
  function refToSchema(ref: string): string {
    return made.refTo(ref, () => copySchema(resolver.target(ref)?.node ?? {}));
  }

  /** A `$ref` to what an heir has of its base, where the base is also a choice between its heirs. */
  function refToOwnPart(ref: string): string {
    return made.refTo(`${ref}/own`, () => {
      const base = resolver.follow({ $ref: ref });
      const keywords = isObject(base) ? Object.entries(loosen(base, demands, resolver)) : [];
      return copyKeywords(Object.fromEntries(keywords.filter(([key]) => !composing.has(key))));
    });
  }

  function copyComponents(): JsonObject {
    const copied: JsonObject = {};
    for (const [section, map] of Object.entries(components)) {
      const child = under("components", section);
      if (child === undefined || child.type === "schema" || !typedNodes.has(child.type)) continue;
      // A component that is a $ref to another has no type of its own, but as a path item.
      const isFollowed = child.type !== "pathItem";
      const meant = entries(map).map(([name, node]): [string, Json] => [
        disguiseName(name),
        copy(isFollowed ? (resolver.follow(node) ?? {}) : node, child.type),
      ]);
      copied[section] = Object.fromEntries(meant);
    }
    return copied;
  }

  return {
    ...copy(document, "document"),
    openapi: document.openapi ?? "",
    info: { title: "", version: "" },
    components: { ...copyComponents(), schemas: made.all() },
  };
}
