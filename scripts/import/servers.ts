import { isObject, items, type Json, type JsonObject } from "../openapi/json.js";

/**
 * The source's servers. A zone name that the present spec gives a server of the same URL by `x-zone` is
 * kept: it stands there because upstream gives none.
 */
export function mergeServers(our: Json | undefined, their: Json | undefined): Json | undefined {
  const zones = new Map<Json | undefined, Json>();
  for (const server of items(our)) {
    if (isObject(server) && server["x-zone"] !== undefined) zones.set(server.url, server["x-zone"]);
  }
  const isNameless = (server: Json): server is JsonObject =>
    isObject(server) && server["x-zone"] === undefined && zones.has(server.url);
  if (!Array.isArray(their) || !their.some(isNameless)) return their;
  return their.map((server) =>
    isNameless(server) ? { ...server, "x-zone": zones.get(server.url) ?? null } : server,
  );
}
