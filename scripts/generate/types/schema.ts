import { entries, isObject, type Json, type JsonObject, put } from "../../openapi/json.js";
import { keysOfRef, refTo, type Resolver } from "../../openapi/resolver.js";
import type { Demands } from "./directions.js";
import type { Cuts } from "./eager-cycles.js";
import {
  looseConst,
  looseDiscriminator,
  looseEnum,
  looseItems,
  looseProperties,
  looseRequired,
  looseType,
} from "./loosen.js";
import { commentsOf, disguise, disguiseName } from "./text.js";

export type SchemaCopier = ReturnType<typeof createSchemaCopier>;

/** Copies schemas as openapi-typescript gets them. */
export function createSchemaCopier(
  document: JsonObject,
  resolver: Resolver,
  cuts: Cuts,
  demands: Demands,
) {
  const declared = isObject(document.components) ? document.components.schemas : undefined;
  /** How each component schema is made, by name. */
  const making = new Map(
    entries(declared).map(([name, schema]) => [name, (): JsonObject => copy(schema)] as const),
  );
  /** The names of those that the document does not have, by their places in it. */
  const added = new Map<string, string>();
  /** What each `$ref` of the document becomes. */
  const refs = new Map<string, string>();

  function copy(schema: Json): JsonObject {
    // Openapi-typescript stumbles over `true` and `false` in places; what they say is no stricter.
    if (!isObject(schema)) return {};
    if (typeof schema.$ref === "string") return copyRef(schema, schema.$ref);
    const copied = copyOwnPart(schema, commentsOf(schema));
    if (schema.nullable === true) copied.nullable = true;
    const tuple = looseItems(schema);
    if (tuple.items !== undefined) copied.items = copy(tuple.items);
    if (tuple.prefixItems !== undefined) copied.prefixItems = tuple.prefixItems.map(copy);
    for (const key of ["allOf", "anyOf", "oneOf"]) {
      if (Array.isArray(schema[key])) copied[key] = schema[key].map(copy);
    }
    const discriminator = looseDiscriminator(schema, (name) => making.has(name));
    if (discriminator !== undefined) copied.discriminator = discriminator;
    return copied;
  }

  /** Adds to a copy what the schema says without the schemas that it is made of. */
  function copyOwnPart(schema: JsonObject, part: JsonObject = {}): JsonObject {
    const type = looseType(schema.type);
    if (type !== undefined) part.type = type;
    const values = looseEnum(schema);
    if (values !== undefined) part.enum = values.map(disguise);
    const value = looseConst(schema);
    if (value !== undefined) part.const = disguise(value);
    if (schema.readOnly === true) part.readOnly = true;
    if (isObject(schema.properties)) part.properties = copyMap(schema.properties);
    const { additionalProperties, patternProperties } = looseProperties(schema);
    if (additionalProperties !== undefined) {
      part.additionalProperties = additionalProperties === true || copy(additionalProperties);
    }
    if (patternProperties !== undefined) part.patternProperties = copyMap(patternProperties);
    const required = looseRequired(schema, demands, resolver);
    if (required.length > 0) part.required = required.map(disguiseName);
    return part;
  }

  function copyMap(map: JsonObject): JsonObject {
    const copied: JsonObject = {};
    for (const [name, schema] of Object.entries(map)) put(copied, disguiseName(name), copy(schema));
    return copied;
  }

  function copyRef(node: JsonObject, ref: string): JsonObject {
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
    let known = refs.get(ref);
    if (known === undefined) {
      const [root, section, name = "", ...inner] = keysOfRef(ref) ?? [];
      const isComponent = root === "components" && section === "schemas" && inner.length === 0;
      known = isComponent
        ? refToName(name)
        : add(ref, () => copy(resolver.target(ref)?.node ?? {}));
      refs.set(ref, known);
    }
    return known;
  }

  /** A `$ref` to what an heir has of its base, where the base is also a choice between its heirs. */
  function refToOwnPart(ref: string): string {
    const base = resolver.follow({ $ref: ref });
    return add(`${ref}/own`, () => (isObject(base) ? copyOwnPart(base) : {}));
  }

  /** Makes a component schema of what is at a place, once, however the place is spelled. */
  function add(ref: string, make: () => JsonObject): string {
    const keys = keysOfRef(ref) ?? [];
    const place = refTo(keys);
    let name = added.get(place);
    if (name === undefined) {
      name = keys.join("/").replace(/^components\/schemas\//, "");
      while (making.has(name)) name += "'";
      added.set(place, name);
      making.set(name, make);
    }
    return refToName(name);
  }

  /** Copies the component schemas, and with them those that copies need and that are none. */
  function components(): JsonObject {
    const copied: JsonObject = {};
    // A map gives what is added to it while it is read.
    for (const [name, make] of making) put(copied, disguiseName(name), make());
    return copied;
  }

  return { copy, components };
}

function refToName(name: string): string {
  return refTo(["components", "schemas", disguiseName(name)]);
}
