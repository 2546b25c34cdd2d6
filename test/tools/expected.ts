import { type Json, type JsonObject } from "../../scripts/openapi/json.js";
import type { Arrived } from "./gateway/contract.js";
import type { Documented, Parameter } from "./documented.js";

/** What matters of a request: both what is expected and what arrived can be written so. */
export interface Written {
  method: string;
  path: string;
  query: [name: string, value: string][];
  accept: string | undefined;
  contentType: string | undefined;
  body: Json | undefined;
}

/** The request that a document asks for, given this input. */
export function expectedOf(
  { method, path, parameters, body, accepted }: Documented,
  input: JsonObject,
): Written {
  const isSent = body !== undefined && input.body !== undefined;
  return {
    method,
    path: path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(text(input[name]))),
    query: parameters
      .filter((parameter) => parameter.in === "query" && Object.hasOwn(input, parameter.name))
      .flatMap((parameter) => pairsOf(parameter, input[parameter.name] ?? null))
      .sort(byName),
    // Any, where nothing is said.
    accept: accepted.length > 0 ? accepted.join(", ") : "*/*",
    contentType: isSent ? body.mediaType : undefined,
    body: isSent ? input.body : undefined,
  };
}

/** The request that arrived, below the path of the base URL. */
export function writtenOf({ method, url, headers, body }: Arrived): Written {
  const [path = "", query = ""] = url.split("?", 2);
  return {
    method,
    path: path.replace("/gate/v1", ""),
    query: [...new URLSearchParams(query)].sort(byName),
    accept: headers.accept,
    contentType: headers["content-type"],
    body: body === "" ? undefined : (JSON.parse(body) as Json),
  };
}

function pairsOf(parameter: Parameter, value: Json): Written["query"] {
  const { name, style = "form", explode = style === "form" } = parameter;
  const separator = style === "spaceDelimited" ? " " : style === "pipeDelimited" ? "|" : ",";
  if (!Array.isArray(value)) return [[name, text(value)]];
  return explode
    ? value.map((item) => [name, text(item)])
    : [[name, value.map(text).join(separator)]];
}

/** The order of the parameters says nothing; that of one parameter's values does, and is kept. */
function byName([one]: [string, string], [other]: [string, string]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
