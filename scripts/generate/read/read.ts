import { entries, isObject, type Json, type JsonObject, text } from "../../openapi/json.js";
import { at, type Place, pointerOf, refuse } from "../../openapi/refuse.js";
import { createResolver, type Resolver } from "../../openapi/resolver.js";
import { walk } from "../../openapi/walk.js";
import { readAuth } from "./auth.js";
import { identify } from "./identify.js";
import { listOperations } from "./operations.js";
import { checkReferences } from "./references.js";
import { readZones } from "./zones.js";

/** What a document says, as far as the steps after this one go by it. */
export type Reading = ReturnType<typeof readDocument>;

/** Reads a whole document, and refuses one that nothing can be generated from. */
export function readDocument(document: JsonObject) {
  const identity = identify(document);
  const resolver = createResolver(document);
  const schemas = survey(document, resolver);
  const zones = readZones(document);
  const auth = readAuth(document, resolver);
  const operations = listOperations(document, resolver);
  return { document, identity, resolver, schemas, zones, auth, operations };
}

/** Walks through the whole document once, and refuses what has not its shape or points out of it. */
function survey(document: JsonObject, resolver: Resolver) {
  /** The schemas that a `$ref` points at. */
  const referred = new Set<JsonObject>();
  /** The schemas of what is sent, and of what is received. */
  const sent = new Set<Json>();
  const received = new Set<Json>();
  const operationIds = new Map<Json, Place | undefined>();

  walk(document, (node, type, place) => {
    checkReferences(node, type, place, resolver);
    if (type === "operation") checkUnique(node, place);
    if (type === "parameter") checkParameter(node, place);
    if (type === "schema" && typeof node.$ref === "string") {
      const target = resolver.target(node.$ref)?.node;
      if (isObject(target)) referred.add(target);
    }
    if (type === "requestBody") addSchemas(node, sent);
    if (type === "response") addSchemas(node, received);
  });

  /** The types are named after operations, callbacks' and webhooks' included. */
  function checkUnique({ operationId }: JsonObject, place: Place | undefined): void {
    if (operationId === undefined) return;
    if (operationIds.has(operationId)) {
      const first = pointerOf(operationIds.get(operationId));
      refuse(at(place, "operationId"), `${JSON.stringify(operationId)} is taken by ${first}`);
    }
    operationIds.set(operationId, place);
  }

  return { referred, sent, received };
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
