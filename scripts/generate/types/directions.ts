import { isObject, items, type Json, type JsonObject, own } from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";
import { closure, subschemas } from "../../openapi/walk.js";

/** Tells whether a schema may demand a property that it lists as required. */
export type Demands = (schema: JsonObject, name: string) => boolean;

/**
 * A required property that is read-only is not demanded of who sends the schema, nor is a required
 * one that is write-only promised to who receives it. The types have one form for both directions,
 * so in a schema that is sent (or received) such a property becomes optional.
 */
export function createDemands(
  sent: Iterable<Json>,
  received: Iterable<Json>,
  resolver: Resolver,
): Demands {
  const rules = [
    { flag: "readOnly", schemas: reachable(sent, resolver) },
    { flag: "writeOnly", schemas: reachable(received, resolver) },
  ];

  /** Whether the property of that name, wherever the schema takes it from, has the flag. */
  function has(schema: JsonObject, name: string, flag: string): boolean {
    const parts = closure([schema], ({ allOf, anyOf, oneOf }) =>
      [allOf, anyOf, oneOf].flatMap(items).map(resolver.follow).filter(isObject),
    );
    return [...parts].some(({ properties }) => {
      const property = isObject(properties) ? own(properties, name) : undefined;
      return [property, resolver.follow(property)].some(
        (node) => isObject(node) && node[flag] === true,
      );
    });
  }

  return (schema, name) =>
    !rules.some(({ flag, schemas }) => schemas.has(schema) && has(schema, name, flag));
}

/** All schemas that these are made of, through every `$ref`. */
function reachable(roots: Iterable<Json>, resolver: Resolver): ReadonlySet<JsonObject> {
  return closure([...roots].filter(isObject), (schema) => {
    const target = typeof schema.$ref === "string" ? resolver.follow(schema) : undefined;
    return isObject(target) ? [target, ...subschemas(schema)] : subschemas(schema);
  });
}
