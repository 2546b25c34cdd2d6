import { isSecretName } from "../../../src/secrets.js";
import { entries, isObject, items, type Json, type JsonObject, text } from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";
import { subschemas } from "../../openapi/subschemas.js";

/** Lists the properties, at any depth of what a schema describes, whose values are secret. */
export type SecretsOf = (schema: Json | undefined) => string[];

/** What one schema says, without what its `$ref`s stand for. */
interface Part {
  readonly secrets: ReadonlySet<string>;
  readonly refers: ReadonlySet<JsonObject>;
}

export function createSecretsOf(resolver: Resolver): SecretsOf {
  const parts = new Map<JsonObject, Part>();

  function partOf(root: JsonObject): Part {
    let part = parts.get(root);
    if (part === undefined) {
      part = read(root);
      parts.set(root, part);
    }
    return part;
  }

  function read(root: JsonObject): Part {
    const secrets = new Set<string>();
    const refers = new Set<JsonObject>();
    const schemas = new Set<Json>([root]);
    // A set gives what is added to it while it is read, so this ends when there is nothing new.
    for (const schema of schemas) {
      if (!isObject(schema)) continue;
      for (const [name, property] of entries(schema.properties)) {
        if (isSecretName(name) || isSecret(property)) secrets.add(name);
      }
      for (const ref of refsOf(schema)) {
        const target = resolver.target(ref)?.node;
        if (isObject(target)) refers.add(target);
      }
      for (const inner of subschemas(schema)) schemas.add(inner);
    }
    return { secrets, refers };
  }

  /** Whether a schema says that its value, or what that holds without names, is secret. */
  function isSecret(node: Json): boolean {
    const schemas = new Set<Json | undefined>([node]);
    for (const inner of schemas) {
      const schema = resolver.follow(inner);
      if (!isObject(schema)) continue;
      if (schema.writeOnly === true || schema.format === "password") return true;
      const { allOf, anyOf, oneOf } = schema;
      for (const part of [allOf, anyOf, oneOf].flatMap(items)) schemas.add(part);
      schemas.add(schema.items).add(schema.additionalProperties);
    }
    return isObject(node) && node.writeOnly === true;
  }

  return (schema) => {
    const secrets = new Set<string>();
    const reached = new Set(isObject(schema) ? [schema] : []);
    for (const root of reached) {
      const part = partOf(root);
      for (const name of part.secrets) secrets.add(name);
      for (const target of part.refers) reached.add(target);
    }
    return [...secrets].sort();
  };
}

/** The schemas that a schema names: by `$ref`, or as what its discriminator tells apart. */
function refsOf({ $ref, discriminator }: JsonObject): string[] {
  const mapped = isObject(discriminator) ? entries(discriminator.mapping) : [];
  return [$ref, ...mapped.map(([, to]) => to)].flatMap((to) => {
    const ref = text(to);
    if (ref === undefined) return [];
    return ref.startsWith("#") ? [ref] : [`#/components/schemas/${ref}`];
  });
}
