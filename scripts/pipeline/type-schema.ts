import { commentsOf } from "./comments.js";
import type { Cuts } from "./eager-cycles.js";
import { entries, isObject, items, type Json, type JsonObject, put, text } from "./json.js";
import {
  looseConst,
  looseEnum,
  looseItems,
  looseProperties,
  looseRequired,
  looseType,
} from "./loosen.js";
import { disguiseName } from "./names.js";
import { keysOfRef, refTo, type Resolver } from "./resolver.js";

/** Copies schemas as openapi-typescript gets them. */
export interface SchemaCopier {
  copy(schema: Json): JsonObject;
  /** The component schemas, with those that a `$ref` points at in other places. */
  components(): JsonObject;
}

export function createSchemaCopier(
  document: JsonObject,
  resolver: Resolver,
  cuts: Cuts,
  demands: (schema: JsonObject, name: string) => boolean,
): SchemaCopier {
  const { components } = document;
  const declared = entries(isObject(components) ? components.schemas : undefined);
  /** What becomes a component schema, by its name there. */
  const schemas = new Map<string, Json>(declared);
  const names = new Map<string, string>();

  function copy(schema: Json): JsonObject {
    // Openapi-typescript stumbles over `true` and `false` in places; what they say is no stricter.
    if (!isObject(schema)) return {};
    if (typeof schema.$ref === "string") return copyRef(schema, schema.$ref);
    return {
      ...commentsOf(schema),
      ...ownPart(schema),
      ...(schema.nullable === true && { nullable: true }),
      ...copyLists(schema),
      ...discriminatorOf(schema),
    };
  }

  /** What a schema says without its parts. */
  function ownPart(schema: JsonObject): JsonObject {
    const part: JsonObject = {};
    const set = (key: string, value: Json | undefined): void => {
      if (value !== undefined) part[key] = value;
    };
    set("type", looseType(schema.type));
    set("enum", looseEnum(schema));
    set("const", looseConst(schema));
    if (schema.readOnly === true) part.readOnly = true;
    if (isObject(schema.properties)) part.properties = copyMap(schema.properties);
    const { additionalProperties, patternProperties } = looseProperties(schema);
    if (isObject(additionalProperties)) part.additionalProperties = copy(additionalProperties);
    else set("additionalProperties", additionalProperties);
    if (isObject(patternProperties)) part.patternProperties = copyMap(patternProperties);
    const required = looseRequired(schema, demands, resolver);
    if (required.length > 0) part.required = required.map(disguiseName);
    return part;
  }

  function copyLists(schema: JsonObject): JsonObject {
    const part: JsonObject = {};
    const tuple = looseItems(schema);
    if (tuple.items !== undefined) part.items = copy(tuple.items);
    if (tuple.prefixItems !== undefined) part.prefixItems = items(tuple.prefixItems).map(copy);
    for (const key of ["allOf", "anyOf", "oneOf"]) {
      if (Array.isArray(schema[key])) part[key] = schema[key].map(copy);
    }
    return part;
  }

  function copyMap(map: JsonObject): JsonObject {
    const part: JsonObject = {};
    for (const [name, schema] of Object.entries(map)) put(part, disguiseName(name), copy(schema));
    return part;
  }

  function copyRef(node: JsonObject, ref: string): JsonObject {
    const cut = cuts.get(node);
    if (cut !== undefined) {
      // An heir still has what its base says itself; a choice of itself may be anything.
      const target = resolver.follow(node);
      return cut === "allOf" && isObject(target) ? ownPart(target) : {};
    }
    const copied: JsonObject = commentsOf(node);
    if (node.readOnly === true) copied.readOnly = true;
    copied.$ref = refTo(["components", "schemas", disguiseName(nameOf(ref))]);
    return copied;
  }

  /** The component schema that a `$ref` means; what is not one of the document's becomes one. */
  function nameOf(ref: string): string {
    const keys = keysOfRef(ref) ?? [];
    if (keys[0] === "components" && keys[1] === "schemas" && keys.length === 3)
      return keys[2] ?? "";
    const path = refTo(keys);
    let name = names.get(path);
    if (name === undefined) {
      name = keys.join("/").replace(/^components\/schemas\//, "");
      while (schemas.has(name)) name += "'";
      names.set(path, name);
      schemas.set(name, resolver.target(ref)?.node ?? {});
    }
    return name;
  }

  /** A discriminator, where all that it tells apart are component schemas. */
  function discriminatorOf({ discriminator, oneOf }: JsonObject): JsonObject {
    if (!isObject(discriminator) || typeof discriminator.propertyName !== "string") return {};
    const copied: JsonObject = { propertyName: disguiseName(discriminator.propertyName) };
    const refs = items(oneOf).map((choice) => (isObject(choice) ? text(choice.$ref) : undefined));
    if (isObject(discriminator.mapping)) {
      const mapping: JsonObject = {};
      for (const [value, name] of Object.entries(discriminator.mapping)) {
        const ref = schemas.has(text(name) ?? "") ? `#/components/schemas/${text(name)}` : name;
        put(mapping, value, ref);
        refs.push(text(ref));
      }
      copied.mapping = mapping;
    }
    // Openapi-typescript reads a name with other characters in more than one way.
    const isSimple = refs.every(
      (ref) => ref === undefined || /^#\/components\/schemas\/[\w.-]+$/.test(ref),
    );
    return isSimple ? { discriminator: copied } : {};
  }

  function all(): JsonObject {
    const copied: JsonObject = {};
    // A map gives what is added to it while it is read.
    for (const [name, schema] of schemas) put(copied, disguiseName(name), copy(schema));
    return copied;
  }

  return { copy, components: all };
}
