import { entries, type Json, type JsonObject } from "./json.js";

/**
 * Where OpenAPI 3.0 and 3.1 keep the nodes that a `$ref` can stand for, and where they keep data,
 * in which a `$ref` is a key like any other. All steps that walk a document share this table.
 */
export type NodeType =
  | "document"
  | "components"
  | "pathItem"
  | "operation"
  | "parameter"
  | "requestBody"
  | "mediaType"
  | "encoding"
  | "response"
  | "header"
  | "schema"
  | "discriminator"
  | "example"
  | "link"
  | "callback"
  | "securityScheme"
  | "other";

export interface NodeGrammar {
  /** Keys that hold one node. */
  readonly nodes?: Readonly<Record<string, NodeType>>;
  /** Keys that hold a list of nodes. */
  readonly lists?: Readonly<Record<string, NodeType>>;
  /** Keys that hold nodes by name. */
  readonly maps?: Readonly<Record<string, NodeType>>;
  /** Those of the maps in which a name that starts with `x-` is an extension. */
  readonly extensible?: readonly string[];
  /** Keys that hold data. */
  readonly data?: readonly string[];
  /** The node is itself a map: every key that is not an extension holds a node of this type. */
  readonly every?: NodeType;
}

/** The methods that a path item can have, in the order in which OpenAPI lists them. */
export const methods = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
] as const;

const parameterLike: NodeGrammar = {
  nodes: { schema: "schema" },
  maps: { content: "mediaType", examples: "example" },
  data: ["example"],
};

export const grammar: Readonly<Record<NodeType, NodeGrammar>> = {
  document: {
    nodes: { components: "components" },
    maps: { paths: "pathItem", webhooks: "pathItem" },
    extensible: ["paths"],
  },
  components: {
    maps: {
      schemas: "schema",
      responses: "response",
      parameters: "parameter",
      examples: "example",
      requestBodies: "requestBody",
      headers: "header",
      securitySchemes: "securityScheme",
      links: "link",
      callbacks: "callback",
      pathItems: "pathItem",
    },
  },
  pathItem: {
    nodes: Object.fromEntries(methods.map((method) => [method, "operation" as const])),
    lists: { parameters: "parameter" },
  },
  operation: {
    nodes: { requestBody: "requestBody" },
    lists: { parameters: "parameter" },
    maps: { responses: "response", callbacks: "callback" },
    extensible: ["responses"],
  },
  parameter: parameterLike,
  header: parameterLike,
  requestBody: { maps: { content: "mediaType" } },
  mediaType: {
    nodes: { schema: "schema" },
    maps: { examples: "example", encoding: "encoding" },
    data: ["example"],
  },
  encoding: { maps: { headers: "header" } },
  response: { maps: { headers: "header", content: "mediaType", links: "link" } },
  schema: {
    nodes: {
      items: "schema",
      additionalProperties: "schema",
      additionalItems: "schema",
      unevaluatedItems: "schema",
      unevaluatedProperties: "schema",
      propertyNames: "schema",
      contains: "schema",
      contentSchema: "schema",
      not: "schema",
      if: "schema",
      then: "schema",
      else: "schema",
      discriminator: "discriminator",
    },
    lists: { allOf: "schema", anyOf: "schema", oneOf: "schema", prefixItems: "schema" },
    maps: {
      properties: "schema",
      patternProperties: "schema",
      dependentSchemas: "schema",
      $defs: "schema",
      definitions: "schema",
    },
    data: ["example", "examples", "default", "enum", "const"],
  },
  discriminator: {},
  example: { data: ["value"] },
  link: { data: ["parameters", "requestBody"] },
  callback: { every: "pathItem" },
  securityScheme: {},
  other: { every: "other" },
};

/** The types of node that a `$ref` may stand for. */
export const referable: ReadonlySet<NodeType> = new Set<NodeType>([
  "pathItem",
  "parameter",
  "requestBody",
  "response",
  "header",
  "schema",
  "example",
  "link",
  "callback",
  "securityScheme",
]);

/** What a node holds under one of its keys. */
export interface Under {
  readonly holds: "node" | "list" | "map";
  readonly type: NodeType;
  readonly extensible: boolean;
}

/** How a node holds what is under one of its keys; undefined where that is data or an extension. */
export function under(type: NodeType, key: string): Under | undefined {
  const { nodes, lists, maps, extensible, data, every } = grammar[type];
  if (key.startsWith("x-") || data?.includes(key) === true) return undefined;
  const find = (table?: Readonly<Record<string, NodeType>>): NodeType | undefined =>
    table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
  const list = find(lists);
  if (list !== undefined) return { holds: "list", type: list, extensible: false };
  const map = find(maps);
  if (map !== undefined) {
    return { holds: "map", type: map, extensible: extensible?.includes(key) ?? false };
  }
  return { holds: "node", type: every ?? find(nodes) ?? "other", extensible: false };
}

/** The schemas that a schema holds, under any keyword. */
export function subschemas(schema: JsonObject): Json[] {
  return Object.keys(schema).flatMap((key) => {
    const child = under("schema", key);
    if (child?.type !== "schema") return [];
    const value = schema[key] ?? [];
    if (child.holds === "map") return entries(value).map(([, inner]) => inner);
    return value;
  });
}
