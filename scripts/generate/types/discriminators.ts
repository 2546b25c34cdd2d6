import {
  entries,
  isObject,
  items,
  type Json,
  type JsonObject,
  own,
  text,
} from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";
import { closure } from "../../openapi/walk.js";
import type { Demands } from "./directions.js";
import { disguiseName } from "./text.js";

/**
 * What discriminators say of the schemas that they tell apart: which values their property has there, as
 * schemas to add to those, and none where a value that the document allows might be another.
 */
export function createDiscriminators(
  schemas: Json | undefined,
  holders: readonly JsonObject[],
  demands: Demands,
  resolver: Resolver,
) {
  const names = new Map(entries(schemas).map(([name, schema]) => [schema, name]));
  /** The components that are made of a schema, itself included. */
  const heirs = new Map<JsonObject, JsonObject[]>();
  for (const schema of holders.length > 0 ? [...names.keys()].filter(isObject) : []) {
    for (const part of partsOf(schema)) heirs.set(part, [...(heirs.get(part) ?? []), schema]);
  }

  /** The schemas all of which hold for a schema, itself first. */
  function partsOf(schema: JsonObject): JsonObject[] {
    const next = ({ allOf }: JsonObject) => items(allOf).map(resolver.follow).filter(isObject);
    return [...closure([schema], next)];
  }

  /** The values that mappings have for a schema. */
  function mapped(holders: readonly JsonObject[], schema: JsonObject): string[] {
    const mappings = holders.map(({ discriminator }) => (discriminator as JsonObject).mapping);
    const isIts = ([, to]: [string, Json]) => resolver.schema(text(to) ?? "") === schema;
    return mappings
      .flatMap(entries)
      .filter(isIts)
      .map(([value]) => value);
  }

  function limit(
    schema: JsonObject,
    holder: JsonObject,
    values: readonly string[],
    isMapped: boolean,
  ): JsonObject[] {
    const { propertyName: name, defaultMapping } = holder.discriminator as JsonObject;
    const parts = partsOf(schema);
    const others = parts.filter((part) => part !== holder);
    if (typeof name !== "string" || defaultMapping !== undefined) return [];
    if (!parts.every(isObjectOnly) || others.some((part) => choicesOf(part).length > 0)) return [];
    const declared = parts.flatMap((part) => {
      const property = isObject(part.properties) ? own(part.properties, name) : undefined;
      const texts = textsOf(resolver.follow(property));
      return texts === undefined ? [] : [{ texts, isOwn: part === schema || !names.has(part) }];
    });
    // Where nothing is mapped, what a schema says of its own property counts, and not its name.
    if (!isMapped && declared.some(({ isOwn }) => isOwn)) return [];
    const possible = [...new Set(values)].filter((value) =>
      declared.every(({ texts }) => texts.includes(value)),
    );
    if (possible.length === 0) return [];
    const isRequired = parts.some(
      (part) => items(part.required).includes(name) && demands(part, name),
    );
    const property = disguiseName(name);
    const literals = { type: "string", enum: possible.map(disguiseName) };
    const properties = Object.fromEntries([[property, literals]]);
    return [{ type: "object", properties, ...(isRequired && { required: [property] }) }];
  }

  /** What a component that inherits a discriminator adds for itself and its heirs. */
  function ofComponent(schema: JsonObject): JsonObject[] {
    if (holders.length === 0 || !names.has(schema)) return [];
    const inherited = partsOf(schema).filter((part) => part !== schema && holders.includes(part));
    return inherited.flatMap((holder) => {
      if (mapped([holder], schema).length === 0) return [];
      const values = (heirs.get(schema) ?? []).flatMap((heir) => {
        const own = mapped(alike(holder), heir);
        return own.length > 0 ? own : [names.get(heir) ?? ""];
      });
      return limit(schema, holder, values, true);
    });
  }

  /** What a choice adds to one of those that it lists. */
  function ofChoice(holder: JsonObject, choice: Json | undefined): JsonObject[] {
    const schema = resolver.follow(choice);
    if (!isObject(schema) || schema === choice || !names.has(schema)) return [];
    const listed = choicesOf(holder).map(resolver.follow);
    const unlisted = (heirs.get(schema) ?? []).filter((heir) => !listed.includes(heir));
    const own = mapped([holder], schema);
    const implied =
      own.length > 0 ? [] : [...mapped(alike(holder), schema), names.get(schema) ?? ""];
    const values = [...own, ...implied, ...unlisted.flatMap((heir) => mapped([holder], heir))];
    const limits = limit(schema, holder, values, own.length > 0);
    return JSON.stringify(limits) === JSON.stringify(ofComponent(schema)) ? [] : limits;
  }

  /** The schemas with a discriminator by the same property. */
  function alike({ discriminator }: JsonObject): JsonObject[] {
    const { propertyName = null } = discriminator as JsonObject;
    return holders.filter(
      (holder) => propertyName === (holder.discriminator as JsonObject).propertyName,
    );
  }

  return { ofComponent, ofChoice };
}

function choicesOf({ oneOf, anyOf }: JsonObject): Json[] {
  return [oneOf, anyOf].flatMap(items);
}

function isObjectOnly({ type, nullable }: JsonObject): boolean {
  return nullable !== true && (type === undefined || type === "object");
}

/** The texts that a property can be, none where it can be something else; undefined where it is any. */
function textsOf(property: Json | undefined): readonly Json[] | undefined {
  if (!isObject(property)) return undefined;
  const { type, nullable, enum: values, const: value, allOf, anyOf, oneOf } = property;
  const isText = nullable !== true && (type === undefined || type === "string");
  if (!isText || [allOf, anyOf, oneOf].some(Array.isArray)) return [];
  const texts = value === undefined ? values : [value];
  if (!Array.isArray(texts)) return undefined;
  return texts.every((each) => typeof each === "string") ? texts : [];
}
