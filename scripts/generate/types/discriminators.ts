import { entries, isObject, items, type Json, type JsonObject, own } from "../../openapi/json.js";
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
  holders: ReadonlySet<JsonObject>,
  demands: Demands,
  resolver: Resolver,
) {
  const names = new Map(entries(schemas).map(([name, schema]) => [schema, name]));
  /** The components that are made of a schema, itself included. */
  const heirs = new Map<JsonObject, JsonObject[]>();
  for (const schema of holders.size > 0 ? [...names.keys()].filter(isObject) : []) {
    for (const part of partsOf(schema)) heirs.set(part, [...(heirs.get(part) ?? []), schema]);
  }
  const mapped = [...holders].flatMap((holder) => {
    const { propertyName: property, mapping } = holder.discriminator as JsonObject;
    return entries(mapping).map(([value, to]) => {
      return { holder, property, value, schema: typeof to === "string" && resolver.schema(to) };
    });
  });

  /** The schemas all of which hold for a schema, itself first. */
  function partsOf(schema: JsonObject): JsonObject[] {
    const next = ({ allOf }: JsonObject) => items(allOf).map(resolver.follow).filter(isObject);
    return [...closure([schema], next)];
  }

  const isMapped = (schema: JsonObject, holder: JsonObject): boolean =>
    mapped.some((one) => one.schema === schema && one.holder === holder);

  /** The schema of a property that has the values of a schema and of its heirs, but for some others. */
  function limit(schema: JsonObject, holder: JsonObject, others: readonly unknown[]): JsonObject[] {
    const { propertyName: name, defaultMapping } = holder.discriminator as JsonObject;
    if (typeof name !== "string" || defaultMapping !== undefined) return [];
    const parts = partsOf(schema);
    if (!parts.every((part) => isObjectOnly(part, part === holder))) return [];
    const declared = parts.flatMap((part) => {
      const property = isObject(part.properties) ? own(part.properties, name) : undefined;
      const texts = textsOf(resolver.follow(property));
      return texts === undefined ? [] : [{ texts, isOwn: part === schema || !names.has(part) }];
    });
    // Where nothing is mapped, what a schema says of its own property counts, and not its name.
    if (!isMapped(schema, holder) && declared.some(({ isOwn }) => isOwn)) return [];
    const meant = (heirs.get(schema) ?? []).filter((heir) => !others.includes(heir));
    const values = meant.flatMap((heir) => [
      ...mapped
        .filter((one) => one.schema === heir && one.property === name)
        .map((one) => one.value),
      ...(isMapped(heir, holder) ? [] : [names.get(heir) ?? ""]),
    ]);
    const possible = values.filter((value) => declared.every(({ texts }) => texts.includes(value)));
    if (possible.length === 0) return [];
    const isRequired = parts.some(
      (part) => items(part.required).includes(name) && demands(part, name),
    );
    const property = disguiseName(name);
    const literals = { type: "string", enum: [...new Set(possible)].map(disguiseName) };
    const properties = Object.fromEntries([[property, literals]]);
    return [{ type: "object", properties, ...(isRequired && { required: [property] }) }];
  }

  /** What a component adds whose base has a discriminator. */
  function ofComponent(schema: JsonObject): JsonObject[] {
    if (!heirs.has(schema) || !names.has(schema)) return [];
    const bases = partsOf(schema).filter((part) => part !== schema && isMapped(schema, part));
    return bases.flatMap((base) => limit(schema, base, []));
  }

  /** What a choice that has a discriminator adds to one of those that it lists. */
  function ofChoice(holder: JsonObject, choice: Json | undefined): JsonObject[] {
    const schema = resolver.follow(choice);
    if (!isObject(schema) || schema === choice || !names.has(schema)) return [];
    const listed = [holder.oneOf, holder.anyOf].flatMap(items).map(resolver.follow);
    const limits = limit(
      schema,
      holder,
      listed.filter((each) => each !== schema),
    );
    return JSON.stringify(limits) === JSON.stringify(ofComponent(schema)) ? [] : limits;
  }

  return { ofComponent, ofChoice };
}

/** Whether a schema allows objects only, and is no choice unless it may be. */
function isObjectOnly({ type, nullable, oneOf, anyOf }: JsonObject, isChoice: boolean): boolean {
  const isObject = nullable !== true && (type === undefined || type === "object");
  return isObject && (isChoice || (oneOf === undefined && anyOf === undefined));
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
