import type { JsonObject } from "../../../scripts/openapi/json.js";

/** An API of these paths, with what every spec needs. */
export function apiWith(paths: JsonObject, components: JsonObject = {}): JsonObject {
  return {
    openapi: "3.0.3",
    info: { title: "Things", version: "1" },
    servers: [{ url: "https://api.example", description: "EU Zone" }],
    security: [{ key: [] }],
    paths,
    components: { securitySchemes: { key: { type: "http", scheme: "bearer" } }, ...components },
  };
}

/** An operation, which answers with a schema where one is given. */
export function operation(
  operationId: string,
  changes: JsonObject = {},
  $ref?: string,
): JsonObject {
  const answer: JsonObject = { "204": { description: "done" } };
  if ($ref !== undefined) {
    answer["200"] = { description: "", content: { "application/json": { schema: { $ref } } } };
  }
  return { operationId, responses: answer, ...changes };
}

/** The same without one of its keys. */
export function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
