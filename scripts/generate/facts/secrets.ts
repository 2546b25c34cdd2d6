import { isSecretName } from "../../../src/secrets.js";
import { entries, isObject, items, type Json, type JsonObject, text } from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";
import { closure, subschemas } from "../../openapi/walk.js";

/** What is secret of what a schema describes. */
export interface Secrets {
  /** The properties, at any depth, whose values are secret. */
  readonly secrets: string[];
  /** The other properties that the schema itself names: a text that is one of theirs is no secret. */
  readonly legible: string[];
  /** By the name of a secret property of the schema itself, what `x-public-properties` names in it. */
  readonly publicProperties?: Record<string, string[]>;
}

export function createSecretsOf(resolver: Resolver): (schema: Json | undefined) => Secrets {
  /** What schemas say without what their `$ref`s stand for: the bodies of a document share many. */
  const parts = new Map<JsonObject, ReturnType<typeof readPart>>();

  function readPart(root: JsonObject) {
    const schemas = [...closure([root], subschemas)];
    const secrets = schemas
      .flatMap(({ properties }) => entries(properties))
      .filter(([name, property]) => isSecretName(name) || isSecret(property));
    const refers = schemas.flatMap(refsOf).map((ref) => resolver.target(ref)?.node);
    return { names: secrets.map(([name]) => name), refers: refers.filter(isObject) };
  }

  function partOf(root: JsonObject) {
    const part = parts.get(root) ?? readPart(root);
    parts.set(root, part);
    return part;
  }

  /** Whether a schema says that its value, or what that holds without names, is secret. */
  function isSecret(property: Json): boolean {
    const nodes = closure<Json | undefined>([property], (node) => {
      const schema = resolver.follow(node);
      if (!isObject(schema)) return [];
      const { allOf, anyOf, oneOf, items: each, additionalProperties: more } = schema;
      return [schema, each, more, ...[allOf, anyOf, oneOf].flatMap(items)];
    });
    return [...nodes].some(
      (node) => isObject(node) && (node.writeOnly === true || node.format === "password"),
    );
  }

  return (schema) => {
    const roots = closure(isObject(schema) ? [schema] : [], (root) => partOf(root).refers);
    const secrets = [...new Set([...roots].flatMap((root) => partOf(root).names))].sort();
    const properties = partsOf(schema, resolver).flatMap((part) => entries(part.properties));
    const names = new Set(properties.map(([name]) => name));
    const legible = [...names].filter((name) => !secrets.includes(name)).sort();
    const named = properties.flatMap(([name, property]) => {
      const schema = resolver.follow(property);
      const list = isObject(schema) ? items(schema["x-public-properties"]).map(text) : [];
      const texts = list.filter((each) => each !== undefined);
      return secrets.includes(name) && texts.length > 0 ? [[name, texts] as const] : [];
    });
    if (named.length === 0) return { secrets, legible };
    return { secrets, legible, publicProperties: Object.fromEntries(named) };
  };
}

/** The parts that a schema is put together of, each of which may list properties. */
export function partsOf(schema: Json | undefined, resolver: Resolver): JsonObject[] {
  const parts = closure<Json | undefined>([schema], (node) => {
    const part = resolver.follow(node);
    return isObject(part) ? [part, ...[part.allOf, part.anyOf, part.oneOf].flatMap(items)] : [];
  });
  return [...parts].filter(isObject);
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
