import { isObject, items, type Json, type JsonObject } from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";

/** The kinds of JSON value, in the order in which they are written down. */
export const allKinds = ["object", "array", "string", "number", "boolean", "null"] as const;
export type Kind = (typeof allKinds)[number];

/** Tells which kinds of JSON value a schema allows: all of them where it says nothing. */
export type KindsOf = (schema: Json | undefined) => readonly Kind[];

export function createKindsOf(resolver: Resolver): KindsOf {
  const known = new Map<JsonObject, readonly Kind[]>();

  function kindsOf(node: Json | undefined): readonly Kind[] {
    const schema = resolver.follow(node);
    if (schema === false) return [];
    if (!isObject(schema)) return allKinds;
    const before = known.get(schema);
    if (before !== undefined) return before;
    // A schema that is made of itself allows, seen from inside, whatever the rest of it allows.
    known.set(schema, allKinds);
    const limits = [typeKinds(schema), valueKinds(schema), ...items(schema.allOf).map(kindsOf)];
    for (const choices of [items(schema.oneOf), items(schema.anyOf)]) {
      if (choices.length > 0) limits.push(choices.flatMap(kindsOf));
    }
    const kinds = allKinds.filter(
      (kind) =>
        (kind === "null" && schema.nullable === true) ||
        limits.every((limit) => limit.includes(kind)),
    );
    known.set(schema, kinds);
    return kinds;
  }

  return kindsOf;
}

/** What `type` allows, or the keywords that stand for one. */
function typeKinds(schema: JsonObject): readonly Kind[] {
  const { type } = schema;
  const names = typeof type === "string" ? [type] : items(type);
  const kinds = names.map((name) => (name === "integer" ? "number" : name));
  if (kinds.length > 0) {
    const isKind = (kind: Json): kind is Kind => (allKinds as readonly Json[]).includes(kind);
    return kinds.every(isKind) ? kinds : allKinds;
  }
  if (schema.properties !== undefined || schema.additionalProperties !== undefined)
    return ["object"];
  return schema.items === undefined ? allKinds : ["array"];
}

/** What the values in `enum` or `const` are. */
function valueKinds(schema: JsonObject): readonly Kind[] {
  if (Object.hasOwn(schema, "const")) return [kindOf(schema.const ?? null)];
  return Array.isArray(schema.enum) ? schema.enum.map(kindOf) : allKinds;
}

function kindOf(value: Json): Kind {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as "object" | "string" | "number" | "boolean";
}
