import { entries, isObject, type Json, type JsonObject } from "../../scripts/openapi/json.js";

// A reading of OpenAPI of its own, so that the pipeline is not measured with its own rule.

/** One operation, as its document has it. */
export interface Documented {
  id: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body: { mediaType: string; schema: Json; required: boolean } | undefined;
  /** The media types of its successes that are JSON. */
  accepted: string[];
  /** The first of its successes. */
  success: { status: number; mediaType: string | undefined; schema: Json };
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  style?: string;
  explode?: boolean;
  schema: Json;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch"];

export function operationsOf(document: JsonObject): Documented[] {
  return entries(document.paths).flatMap(([path, item]) =>
    entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, node]) =>
        read(document, path, method, item as JsonObject, node as JsonObject),
      ),
  );
}

/** What a `$ref` stands for. */
export function follow(document: JsonObject, node: Json | undefined): JsonObject {
  const { $ref } = node as JsonObject;
  if (typeof $ref !== "string") return node as JsonObject;
  return $ref
    .split("/")
    .slice(1)
    .reduce<Json>((inner, key) => (inner as JsonObject)[key] ?? null, document) as JsonObject;
}

function read(
  document: JsonObject,
  path: string,
  method: string,
  item: JsonObject,
  node: JsonObject,
): Documented {
  const parameters = new Map<string, Parameter>();
  for (const each of [item.parameters ?? [], node.parameters ?? []].flat()) {
    const parameter = follow(document, each) as unknown as Parameter;
    parameters.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  const successes = entries(node.responses)
    .filter(([status]) => status.startsWith("2"))
    .map(([status, response]) => [Number(status.replace("XX", "00")), response] as const)
    .map(([status, response]) => [status, contentOf(follow(document, response))] as const);
  const [status = 0, first] = successes[0] ?? [];
  const request = isObject(node.requestBody) ? follow(document, node.requestBody) : undefined;
  const sent = request && contentOf(request);
  return {
    id: node.operationId as string,
    method: method.toUpperCase(),
    path,
    parameters: [...parameters.values()],
    body: sent && { ...sent, required: request.required === true },
    accepted: [
      ...new Set(
        successes.flatMap(([, content]) =>
          content && method !== "head"
            ? [content.mediaType.replace("*/*", "application/json")]
            : [],
        ),
      ),
    ],
    success: { status, mediaType: first?.mediaType, schema: first?.schema ?? null },
  };
}

/** Of a body or response, the JSON. */
function contentOf({ content }: JsonObject): { mediaType: string; schema: Json } | undefined {
  const json = entries(content).find(([mediaType]) => /[/+]json|^\*/.test(mediaType));
  return json && { mediaType: json[0], schema: (json[1] as JsonObject).schema ?? {} };
}
