import {
  entries,
  isObject,
  items,
  type Json,
  type JsonObject,
} from "../../scripts/openapi/json.js";
import { follow, type Documented } from "./documented.js";

/** An input of an operation: with all that it can hold, or with no more than it must. */
export function inputOf(
  document: JsonObject,
  { parameters, body }: Documented,
  isWhole: boolean,
): JsonObject {
  const offered = parameters.filter(({ in: place }) => place === "path" || place === "query");
  const input = offered
    .filter(({ required }) => isWhole || required === true)
    .map(({ name, schema, in: place }) => {
      const value = sampleOf(document, schema);
      // A path takes nothing that could end its segment.
      const isText = place === "path" && typeof value === "string";
      return [name, isText ? value.replace(/[?#;%]/g, "~") : value] as const;
    });
  const hasBody = body && (isWhole || body.required);
  return Object.fromEntries<Json>(
    hasBody ? [...input, ["body", sampleOf(document, body.schema)]] : input,
  );
}

/** A value that a schema allows. */
export function sampleOf(document: JsonObject, schema: Json): Json {
  return valueOf(document, schema, []) ?? null;
}

/** Undefined where the schema is one of those that it is inside of: there would be no end. */
function valueOf(document: JsonObject, node: Json, inside: readonly Json[]): Json | undefined {
  const schema = follow(document, node);
  if (inside.includes(schema)) return undefined;
  const within = [...inside, schema];
  const { allOf, oneOf, anyOf, discriminator, properties, type } = schema;
  const [choice] = [...items(oneOf), ...items(anyOf)];
  const parts = [...items(allOf), ...(choice === undefined ? [] : [choice])]
    .map((part) => valueOf(document, part, within))
    .filter((part) => part !== undefined);
  const [part] = parts;
  if (part !== undefined && !isObject(part)) return part;
  const kind = items(type)[0] ?? type;
  if (part === undefined && kind !== "object" && properties === undefined) {
    return plainOf(document, schema, kind, within);
  }
  const value = Object.assign({}, ...parts) as JsonObject;
  for (const [name, property] of entries(properties)) {
    const sample = valueOf(document, property, within);
    if (sample !== undefined) value[name] = sample;
  }
  if (isObject(schema.additionalProperties)) {
    value.more = valueOf(document, schema.additionalProperties, within) ?? null;
  }
  if (isObject(discriminator) && isObject(choice)) {
    const [, name = ""] = /([^/]+)$/.exec(choice.$ref as string) ?? [];
    value[discriminator.propertyName as string] = name;
  }
  return value;
}

function plainOf(
  document: JsonObject,
  schema: JsonObject,
  kind: Json | undefined,
  within: readonly Json[],
): Json {
  const [listed] = items(schema.enum);
  if (listed !== undefined) return listed;
  if (kind === "array") {
    const item = valueOf(document, schema.items ?? {}, within);
    return item === undefined ? [] : [item, item];
  }
  if (kind === "integer" || kind === "number") return 7;
  if (kind === "boolean") return true;
  // Of any kind, or text: with what means something in a path and in a query.
  return kind === "null" ? null : "é b&c=d?e#f+g";
}
