import { isObject, items, type Json, type JsonObject } from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";

/** A `$ref` by which a schema would be made of itself, and the keyword that it stands under. */
export type Cuts = ReadonlyMap<JsonObject, "allOf" | "other">;

/**
 * TypeScript works out a type at once, except what is inside a property. So a schema may hold itself
 * in a property, but not be a choice between itself and something else, nor a list of itself. This
 * finds the `$ref`s that close such a circle, one for each.
 */
export function findEagerCycles(schemas: Iterable<JsonObject>, resolver: Resolver): Cuts {
  const cuts = new Map<JsonObject, "allOf" | "other">();
  const open = new Set<JsonObject>();
  const done = new Set<JsonObject>();

  function visit(schema: JsonObject): void {
    open.add(schema);
    for (const { node, ref, keyword } of eagerRefs(schema)) {
      const target = resolver.target(ref)?.node;
      if (!isObject(target)) continue;
      if (open.has(target)) cuts.set(node, keyword);
      else if (!done.has(target)) visit(target);
    }
    open.delete(schema);
    done.add(schema);
  }

  // A base that lists its heirs is entered first, so that it is the heirs' `allOf` that is cut.
  const hasChoices = (schema: JsonObject): boolean =>
    schema.oneOf !== undefined || schema.anyOf !== undefined;
  const all = [...schemas];
  for (const schema of [...all.filter(hasChoices), ...all]) {
    if (!done.has(schema)) visit(schema);
  }
  return cuts;
}

/** The `$ref`s of a schema that are not inside a property. */
function* eagerRefs(
  node: Json | undefined,
  keyword: "allOf" | "other" = "other",
): Generator<{ node: JsonObject; ref: string; keyword: "allOf" | "other" }> {
  if (!isObject(node)) return;
  if (typeof node.$ref === "string") {
    yield { node, ref: node.$ref, keyword };
    return;
  }
  for (const part of items(node.allOf)) yield* eagerRefs(part, "allOf");
  for (const parts of [node.anyOf, node.oneOf, node.prefixItems, node.items]) {
    for (const part of Array.isArray(parts) ? parts : [parts]) yield* eagerRefs(part);
  }
}
