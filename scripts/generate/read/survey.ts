import { entries, isObject, type Json, type JsonObject, text } from "../../openapi/json.js";
import { at, type Place, pointerOf, refuse } from "../../openapi/refuse.js";
import type { Resolver } from "../../openapi/resolver.js";
import { walk } from "../../openapi/walk.js";
import { checkReferences } from "./references.js";

/** What one walk through a document finds out for the steps after it. */
export interface Survey {
  /** The schemas that a `$ref` points at. */
  readonly referred: ReadonlySet<JsonObject>;
  /** The schemas of what is sent, and of what is received. */
  readonly sent: ReadonlySet<Json>;
  readonly received: ReadonlySet<Json>;
}

/** Walks through the whole document once, and refuses what has not its shape or points out of it. */
export function survey(document: JsonObject, resolver: Resolver): Survey {
  const referred = new Set<JsonObject>();
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
