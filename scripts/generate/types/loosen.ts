import { isObject, items, type Json, type JsonObject, own } from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";
import type { Demands } from "./directions.js";
import { disguise, disguiseName } from "./text.js";

const typeNames: readonly Json[] = "object array string number integer boolean null".split(" ");

/**
 * Openapi-typescript makes types that are, here and there, stricter than the schema, or not valid
 * TypeScript. This says less to it, so that the type allows at least what the schema does.
 */
export function loosen(schema: JsonObject, demands: Demands, resolver: Resolver): JsonObject {
  const loose = { ...looseProperties(schema), ...looseItems(schema) };
  const { type, enum: values, const: value, readOnly, nullable } = schema;
  const types = Array.isArray(type) ? type : [type ?? null];
  // A type that JSON Schema does not know says nothing; it would be taken for an object.
  if (type && types.length > 0 && types.every((name) => typeNames.includes(name)))
    loose.type = type;
  // Values that have no literal type would be taken for schemas.
  if (type !== "object" && Array.isArray(values) && values.every(isLiteral)) {
    loose.enum = values.map(disguise);
  }
  if (value !== undefined && isLiteral(value)) loose.const = disguise(value);
  if (readOnly === true) loose.readOnly = true;
  if (nullable === true) loose.nullable = true;
  for (const key of ["allOf", "anyOf", "oneOf"]) {
    if (Array.isArray(schema[key])) loose[key] = schema[key];
  }
  const required = looseRequired(schema, demands, resolver);
  if (required.length > 0) loose.required = required.map(disguiseName);
  return loose;
}

function isLiteral(value: Json): boolean {
  return value === null || Number.isFinite(value) || /^(string|boolean)$/.test(typeof value);
}

/**
 * An index signature holds for the listed properties too, and for names that match no pattern. Where
 * the schema lets those be anything else, so does the type.
 */
function looseProperties(schema: JsonObject): JsonObject {
  const { properties, patternProperties, additionalProperties: more } = schema;
  const listed: JsonObject = isObject(properties) ? { properties } : {};
  const isListed = isObject(properties) && Object.keys(properties).length > 0;
  const hasPatterns = isObject(patternProperties);
  const isOpen = more === true || (hasPatterns && more !== false && !isObject(more));
  if (isOpen || (isListed && (hasPatterns || isObject(more)))) {
    return { ...listed, additionalProperties: true };
  }
  if (isObject(more)) listed.additionalProperties = more;
  return hasPatterns ? { ...listed, patternProperties } : listed;
}

/** A tuple type has just so many items, which the schema of a tuple seldom demands. */
function looseItems(schema: JsonObject): JsonObject {
  const { items: all, prefixItems } = schema;
  // Before 2020, the list was under `items`, and `additionalItems` closed it.
  const [first, rest] = Array.isArray(all) ? [all, schema.additionalItems] : [prefixItems, all];
  if (!Array.isArray(first)) return all === undefined || all === null ? {} : { items: all };
  const isExact = rest === false && Number(schema.minItems ?? 0) >= first.length;
  return isExact ? { prefixItems: first } : {};
}

/** A property is required only where it has one type to require it of. */
function looseRequired(schema: JsonObject, demands: Demands, resolver: Resolver): string[] {
  const bases = items(schema.allOf).map(resolver.follow).filter(isObject);
  return items(schema.required).filter(
    (name): name is string =>
      typeof name === "string" &&
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
  const choices = [schema.anyOf, schema.oneOf, schema.enum, schema.const];
  const isOne = choices.every((choice) => choice === undefined);
  return isOne && schema.nullable !== true && !Array.isArray(schema.type);
}
