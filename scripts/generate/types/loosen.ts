import { isObject, items, type Json, type JsonObject, own, put, text } from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";
import type { Demands } from "./directions.js";
import { disguiseName } from "./text.js";

// openapi-typescript makes types that are, here and there, stricter than the schema, or not valid
// TypeScript. Each rule here says less to it, so that the type allows at least what the schema does.

const typeNames: readonly Json[] = "object array string number integer boolean null".split(" ");

/** A `type` that JSON Schema does not know says nothing; it would be taken for an object. */
export function looseType(type: Json | undefined): Json | undefined {
  const names = items(Array.isArray(type) ? type : [type ?? null]);
  return names.length > 0 && names.every((name) => typeNames.includes(name)) ? type : undefined;
}

/** The values of an `enum` that have a literal type: others would be taken for schemas. */
export function looseEnum({ enum: values, type }: JsonObject): Json[] | undefined {
  return type !== "object" && Array.isArray(values) && values.every(isLiteral) ? values : undefined;
}

function isLiteral(value: Json): boolean {
  return value === null || Number.isFinite(value) || /^(string|boolean)$/.test(typeof value);
}

export function looseConst({ const: value }: JsonObject): Json | undefined {
  return value !== undefined && isLiteral(value) ? value : undefined;
}

/** What a schema says of properties that it does not list. */
interface MoreProperties {
  readonly additionalProperties?: true | JsonObject;
  readonly patternProperties?: JsonObject;
}

/**
 * An index signature holds for the listed properties too, and for names that match no pattern. Where
 * the schema lets those be anything else, so does the type.
 */
export function looseProperties(schema: JsonObject): MoreProperties {
  const { properties, patternProperties, additionalProperties: more } = schema;
  const isListed = isObject(properties) && Object.keys(properties).length > 0;
  const typed = isObject(more) ? { additionalProperties: isListed ? (true as const) : more } : {};
  if (!isObject(patternProperties)) return more === true ? { additionalProperties: true } : typed;
  const isOpen = more !== false && !isObject(more);
  if (isListed || isOpen) return { additionalProperties: true };
  return { ...typed, patternProperties };
}

/** A tuple type has just so many items, which the schema of a tuple seldom demands. */
export function looseItems(schema: JsonObject): { items?: Json; prefixItems?: Json[] } {
  const { items: all, prefixItems } = schema;
  // Before 2020, the list was under `items`, and `additionalItems` closed it.
  const [first, rest] = Array.isArray(all) ? [all, schema.additionalItems] : [prefixItems, all];
  if (!Array.isArray(first)) return all === undefined || all === null ? {} : { items: all };
  const isExact = rest === false && Number(schema.minItems ?? 0) >= first.length;
  return isExact ? { prefixItems: first } : {};
}

/** A property is required only where it has one type to require it of. */
export function looseRequired(schema: JsonObject, demands: Demands, resolver: Resolver): string[] {
  if (!Array.isArray(schema.required)) return [];
  const names = schema.required.filter((name) => typeof name === "string");
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

/** Copies the discriminator of a schema, where all that it tells apart are component schemas. */
export function looseDiscriminator(
  { discriminator, oneOf }: JsonObject,
  isComponent: (name: string) => boolean,
): JsonObject | undefined {
  if (!isObject(discriminator)) return undefined;
  const { propertyName, mapping } = discriminator;
  if (typeof propertyName !== "string") return undefined;
  const copied: JsonObject = { propertyName: disguiseName(propertyName) };
  const refs = items(oneOf).map((choice) => (isObject(choice) ? text(choice.$ref) : undefined));
  if (isObject(mapping)) {
    const refsByValue: JsonObject = {};
    for (const [value, to] of Object.entries(mapping)) {
      const name = text(to) ?? "";
      const ref = isComponent(name) ? `#/components/schemas/${name}` : name;
      put(refsByValue, value, ref);
      refs.push(ref);
    }
    copied.mapping = refsByValue;
  }
  return refs.every((ref) => ref === undefined || isSimple(ref)) ? copied : undefined;
}

/** Openapi-typescript reads names of other characters in more than one way. */
function isSimple(ref: string): boolean {
  return /^#\/components\/schemas\/[\w.-]+$/.test(ref);
}
