import { isSecretName } from "../../src/secrets.js";
import { subschemas } from "./grammar.js";
import { entries, isObject, items, type Json, type JsonObject } from "./json.js";
import type { Resolver } from "./resolver.js";

/** Lists the properties, at any depth of what a schema describes, whose values are secret. */
export type SecretsOf = (schema: Json | undefined) => string[];

/** What one schema says itself, down to the `$ref`s in it. */
interface Part {
  readonly secrets: ReadonlySet<string>;
  readonly schemas: readonly JsonObject[];
}

export function createSecretsOf(resolver: Resolver): SecretsOf {
  const parts = new Map<JsonObject, Part>();

  function partOf(root: JsonObject): Part {
    const known = parts.get(root);
    if (known !== undefined) return known;
    const secrets = new Set<string>();
    const schemas: JsonObject[] = [];
    const visit = (node: Json | undefined): void => {
      if (!isObject(node)) return;
      for (const [name, property] of entries(node.properties)) {
        if (isSecretName(name) || isSecret(property, resolver)) secrets.add(name);
      }
      if (typeof node.$ref === "string") {
        const target = resolver.follow(node);
        if (isObject(target)) schemas.push(target);
      }
      for (const child of subschemas(node)) visit(child);
    };
    visit(root);
    const part = { secrets, schemas };
    parts.set(root, part);
    return part;
  }

  return (schema) => {
    const secrets = new Set<string>();
    const reached = new Set(isObject(schema) ? [schema] : []);
    // A set gives what is added to it while it is read, so this ends when nothing new is reached.
    for (const root of reached) {
      const part = partOf(root);
      for (const name of part.secrets) secrets.add(name);
      for (const next of part.schemas) reached.add(next);
    }
    return [...secrets].sort();
  };
}

/** Whether a schema says that its value, or an item of it, is secret. */
function isSecret(
  node: Json | undefined,
  resolver: Resolver,
  seen = new Set<JsonObject>(),
): boolean {
  const schema = resolver.follow(node);
  if (!isObject(schema) || seen.has(schema)) return false;
  seen.add(schema);
  if (schema.writeOnly === true || schema.format === "password") return true;
  return ["allOf", "anyOf", "oneOf"]
    .flatMap((key) => items(schema[key]))
    .concat(schema.items ?? [])
    .some((part) => isSecret(part, resolver, seen));
}
