import { isObject, type JsonObject, text } from "../../openapi/json.js";
import { at, refuse } from "../../openapi/refuse.js";

/** What a document says it is. */
export interface Identity {
  readonly title: string;
  readonly version: string;
}

/** Reads what a document says it is, and refuses one that is not OpenAPI 3.0 to 3.2. */
export function identify(document: JsonObject): Identity {
  const { openapi, swagger, info } = document;
  if (swagger !== undefined) {
    refuse(at(undefined, "swagger"), "is Swagger 2: convert it to OpenAPI 3 first");
  }
  if (openapi === undefined) refuse(undefined, "is not OpenAPI: it has no openapi version");
  if (!/^3\.[012](\.\d+)?$/.test(text(openapi) ?? "")) {
    refuse(
      at(undefined, "openapi"),
      `is ${JSON.stringify(openapi)}: it must be text of the form "3.0.x", "3.1.x" or "3.2.x"`,
    );
  }
  if (!isObject(info)) refuse(undefined, "has no info");
  const { title, version } = info;
  if (typeof title !== "string") refuse(at(undefined, "info"), "has no title");
  if (typeof version !== "string") refuse(at(undefined, "info"), "has no version");
  return { title, version };
}
