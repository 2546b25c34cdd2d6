import { isObject, items, type Json, type JsonObject, own } from "./json.js";
import type { Resolver } from "./resolver.js";

// openapi-typescript makes types that are, here and there, stricter than the schema, or not valid
// TypeScript. Each rule here says less to it, so that the type allows at least what the schema does.

const typeNames: readonly Json[] = [
  "object",
  "array",
  "string",
  "number",
  "integer",
  "boolean",
  "null",
];

/** A `type` that JSON Schema does not know says nothing; it would be taken for an object. */
export function looseType(type: Json | undefined): Json | undefined {
  const names = items(Array.isArray(type) ? type : [type ?? null]);
  return names.length > 0 && names.every((name) => typeNames.includes(name)) ? type : undefined;
}

/** The values of an `enum` that have a literal type: others would be taken for schemas. */
export function looseEnum({ enum: values, type }: JsonObject): Json | undefined {
  return type !== "object" && Array.isArray(values) && values.every(isLiteral) ? values : undefined;
}

function isLiteral(value: Json): boolean {
  return value === null || Number.isFinite(value) || /^(string|boolean)$/.test(typeof value);
}

export function looseConst({ const: value }: JsonObject): Json | undefined {
  return value !== undefined && isLiteral(value) ? value : undefined;
}

/** Names and types of properties beside those that are listed. */
interface MoreProperties {
  readonly additionalProperties?: Json;
  readonly patternProperties?: Json;
}

/**
 * An index signature holds for the listed properties too, and for names that match no pattern. Where
 * the schema lets those be anything else, so does the type.
 */
export function looseProperties(schema: JsonObject): MoreProperties {
  const { properties, patternProperties } = schema;
  const more = schema.additionalProperties ?? true;
  const isTyped = isObject(more) && Object.keys(more).length > 0;
  const isListed = isObject(properties) && Object.keys(properties).length > 0;
  if (isObject(patternProperties)) {
    if (isListed || more === true) return { additionalProperties: true };
    return isTyped ? { additionalProperties: more, patternProperties } : { patternProperties };
  }
  if (isTyped) return { additionalProperties: isListed ? true : more };
  return more === true && schema.additionalProperties === undefined
    ? {}
    : { additionalProperties: more !== false };
}

/** A tuple type has just so many items: a schema of a tuple seldom does. */
export function looseItems(schema: JsonObject): { prefixItems?: Json; items?: Json } {
  const { items: all, prefixItems } = schema;
  const first = prefixItems ?? (Array.isArray(all) ? all : undefined);
  if (!Array.isArray(first)) return all === undefined ? {} : { items: all };
  const isClosed = prefixItems === undefined ? schema.additionalItems === false : all === false;
  const isExact = isClosed && Number(schema.minItems ?? 0) >= first.length;
  return isExact ? { prefixItems: first } : {};
}

/** A property is required only where it has one type to require it of. */
export function looseRequired(
  schema: JsonObject,
  demands: (schema: JsonObject, name: string) => boolean,
  resolver: Resolver,
): string[] {
  const names = items(schema.required).filter((name) => typeof name === "string");
  const bases = items(schema.allOf).map(resolver.follow).filter(isObject);
  return names.filter(
    (name) =>
      demands(schema, name) &&
      !bases.some((base) => hasProperty(base, name) && !isPlain(base)) &&
      // openapi-typescript would find these in the prototype of whatever it looks at.
      (!(name in Object.prototype) || hasProperty(schema, name)),
  );
}

function hasProperty({ properties }: JsonObject, name: string): boolean {
  return isObject(properties) && own(properties, name) !== undefined;
}

/** Whether the type of a schema is one object type, so that its properties are its keys. */
function isPlain(schema: JsonObject): boolean {
  return (
    schema.nullable !== true &&
    !Array.isArray(schema.type) &&
    schema.anyOf === undefined &&
    schema.oneOf === undefined &&
    schema.enum === undefined &&
    schema.const === undefined
  );
}
