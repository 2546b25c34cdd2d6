import { beyond, methods, type NodeType } from "../../openapi/grammar.js";
import { entries, isObject, items, type Json, type JsonObject, text } from "../../openapi/json.js";
import { at, keysOf, type Place, pointerOf, pointerTo, refuse } from "../../openapi/refuse.js";
import { createResolver, type Resolver } from "../../openapi/resolver.js";
import { type Broken, walk } from "../../openapi/walk.js";
import { checkTemplate } from "./path-template.js";
import { checkReferences } from "./references.js";

/**
 * A document without the operations, paths, components and webhooks that are wrong for themselves, and
 * a line on each. What refers to one of them goes too, so this looks again until all is sound.
 */
export function withoutBroken(document: JsonObject) {
  const leftOut: string[] = [];
  const gone: string[][] = [];
  for (let sound = document, isFirst = true; ; isFirst = false) {
    const broken: string[][] = [];
    const surveyed = survey(sound, (part, { keys = [], message }) => {
      const reason = isFirst ? message : "refers to what is left out";
      broken.push(keysOf(part));
      leftOut.push(...linesOn(document, keysOf(part), `${pointerTo(keys)} ${reason}`));
    });
    leftOut.push(...(broken.length === 0 ? surveyed.leftOut : []));
    if (broken.length === 0) return { ...surveyed, leftOut, gone };
    gone.push(...broken);
    sound = broken.reduce(without, sound);
  }
}

/** A mapping without what it has at this place. */
export function without(node: JsonObject, [key = "", ...inner]: readonly string[]): JsonObject {
  const changed = entries(node).flatMap(([name, value]): [string, Json][] => {
    if (name !== key) return [[name, value]];
    return inner.length === 0 || !isObject(value) ? [] : [[name, without(value, inner)]];
  });
  return Object.fromEntries(changed);
}

/** A line on each operation that goes with a part, or on the part itself where it has none. */
function linesOn({ paths }: JsonObject, keys: readonly string[], reason: string): string[] {
  const [area, path = "", method] = keys;
  const pathItem = area === "paths" && isObject(paths) ? paths[path] : undefined;
  const operations = entries(pathItem).filter(([key]) =>
    method === undefined ? methods.includes(key) : key === method,
  );
  const labels = operations.map(([key, operation]) => {
    const id = isObject(operation) ? text(operation.operationId) : undefined;
    const where = `${key.toUpperCase()} ${path}`;
    return id === undefined ? where : `${id} (${where})`;
  });
  if (labels.length === 0) labels.push(pointerTo(keys));
  return labels.map((label) => `${label} is left out: ${reason}`);
}

/** Walks through the whole document once, and refuses what has not its shape or points out of it. */
export function survey(document: JsonObject, broken?: Broken) {
  const resolver = createResolver(document);
  const version = text(document.openapi) ?? "";
  const leftOut: string[] = [];
  const ignore = (place: Place, message: string): void => {
    leftOut.push(`${pointerOf(place)} ${message}`);
  };
  /** The schemas that a `$ref` points at. */
  const referred = new Set<JsonObject>();
  /** The schemas of what is sent, and of what is received. */
  const sent = new Set<Json>();
  const received = new Set<Json>();
  const discriminated = new Set<JsonObject>();
  const operationIds = new Map<Json, Place | undefined>();

  function visit(node: JsonObject, type: NodeType, place: Place | undefined): void {
    if (type === "schema") normalise(node, !version.startsWith("3.0"));
    for (const key of (version.startsWith("3.2") && beyond[type]) || []) {
      if (node[key] !== undefined) ignore(at(place, key), "is of OpenAPI 3.2, and is ignored");
    }
    if (type === "pathItem") checkPath(node, place, resolver);
    checkReferences(node, type, place, resolver, ignore);
    if (type === "operation") checkName(node, place);
    if (type === "parameter") checkParameter(node, place);
    if (type === "schema" && isObject(node.discriminator)) discriminated.add(node);
    if (type === "schema" && typeof node.$ref === "string") {
      const target = resolver.target(node.$ref)?.node;
      if (isObject(target)) referred.add(target);
    }
    if (type === "requestBody") addSchemas(node, sent);
    if (type === "response") addSchemas(node, received);
  }

  /** The types are named after operations, callbacks' and webhooks' included. */
  function checkName({ operationId = null }: JsonObject, place: Place | undefined): void {
    if (operationId === null) {
      if (isPath(place?.parent)) refuse(place, "has no operationId");
      return;
    }
    if (typeof operationId !== "string" || operationId.trim() === "") {
      refuse(at(place, "operationId"), "expected a name");
    }
    if (operationIds.has(operationId)) {
      const first = pointerOf(operationIds.get(operationId));
      refuse(at(place, "operationId"), `${JSON.stringify(operationId)} is taken by ${first}`, true);
    }
    operationIds.set(operationId, place);
  }

  walk(document, visit, broken);
  const schemas = { referred, sent, received, discriminated };
  return { document, resolver, schemas, leftOut };
}

/** The keywords that say which values a schema allows, as far as types can tell. */
const constraints = [
  ..."type enum const properties additionalProperties patternProperties required".split(" "),
  ..."items prefixItems allOf anyOf oneOf not $ref".split(" "),
];

/** Spells in one way what means the same, for all that reads a schema after this. */
function normalise(schema: JsonObject, hasSiblings: boolean): void {
  const { $ref } = schema;
  const isOpen = (key: string): boolean => schema[key] === undefined || key === "$ref";
  if (hasSiblings && $ref !== undefined && ![...constraints, "nullable"].every(isOpen)) {
    // From OpenAPI 3.1 on, what stands beside a `$ref` holds as well.
    schema.allOf = [{ $ref }, ...items(schema.allOf)];
    delete schema.$ref;
  }
  // Alone, it adds nothing but null to what else there is to choose.
  const isNull = (one: Json): boolean =>
    isObject(one) && one.nullable === true && constraints.every((key) => one[key] === undefined);
  for (const choice of [schema.anyOf, schema.oneOf].map(items)) {
    choice.forEach((one, index) => isNull(one) && (choice[index] = { type: "null" }));
  }
}

function checkPath(pathItem: JsonObject, place: Place | undefined, resolver: Resolver): void {
  if (isPath(place)) checkTemplate(place.key, place);
  const own = ["parameters", "servers", ...methods].find((key) => pathItem[key] !== undefined);
  if (typeof pathItem.$ref === "string" && own !== undefined) {
    refuse(at(place, own), "stands beside a $ref, which takes its place");
  }
  checkTwice(pathItem, place, resolver);
}

function isPath(place: Place | undefined): place is Place {
  return place?.parent?.key === "paths" && place.parent.parent === undefined;
}

/** A path item has each parameter once: no type could have it twice. */
function checkTwice(pathItem: JsonObject, place: Place | undefined, resolver: Resolver): void {
  const parameters = items(pathItem.parameters)
    .map(resolver.follow)
    .map((one) => isObject(one) && JSON.stringify([one.in, one.name]));
  const twice = parameters.findIndex((one, index) => one && parameters.indexOf(one) < index);
  if (twice === -1) return;
  refuse(at(at(place, "parameters"), twice), `is ${String(parameters[twice])} for the second time`);
}

function checkParameter({ $ref, name, in: where }: JsonObject, place: Place | undefined): void {
  if ($ref !== undefined) return;
  if (typeof name !== "string" || name === "") refuse(place, "has no name");
  if (!["path", "query", "header", "cookie"].includes(text(where) ?? "")) {
    refuse(place, "is not in the path, the query, a header or a cookie");
  }
}

function addSchemas({ content }: JsonObject, schemas: Set<Json>): void {
  for (const [, mediaType] of entries(content)) {
    if (isObject(mediaType) && mediaType.schema !== undefined) schemas.add(mediaType.schema);
  }
}
