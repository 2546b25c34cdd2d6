import { isObject, items, type Json, type JsonObject } from "../../openapi/json.js";
import { type Auth, usesAuth } from "../read/auth.js";
import type { Operation } from "../read/operations.js";
import { Unsupported } from "./unsupported.js";

/** Says what rules an operation out before its parts are looked at. */
export function checkRequirements(operation: Operation, document: JsonObject, auth: Auth): void {
  if (operation.method === "TRACE") throw new Unsupported("fetch does not send TRACE");
  if (!usesAuth(operation.node, auth)) throw new Unsupported("its security is not the document's");
  const own = urlsOf(operation.servers);
  if (own.length > 0 && JSON.stringify(own) !== JSON.stringify(urlsOf(document.servers))) {
    throw new Unsupported("its servers are not the document's");
  }
}

function urlsOf(servers: Json | undefined): Json[] {
  return items(servers).map((server) => (isObject(server) ? (server.url ?? null) : null));
}
