/** The kinds of node that OpenAPI 3.0 and 3.1 have; what it keeps no node in is "other". */
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

/**
 * What a key holds: a node, a list of nodes (`[]`), nodes by name (`{}`), nodes by name among which
 * there may be extensions (`{x-}`), or data, in which a `$ref` is a key like any other.
 */
type Content = NodeType | `${NodeType}${"[]" | "{}" | "{x-}"}` | "data";

/** The methods that a path item can have, in the order in which OpenAPI lists them. */
export const methods: readonly string[] = "get put post delete options head patch trace".split(" ");

const parameterLike = {
  schema: "schema",
  content: "mediaType{}",
  examples: "example{}",
  example: "data",
  default: "data",
} as const;

/** What each kind of node holds, by key; `*` stands for every other key. */
const grammar: Readonly<Record<NodeType, Readonly<Record<string, Content>>>> = {
  document: { components: "components", paths: "pathItem{x-}", webhooks: "pathItem{}" },
  components: {
    schemas: "schema{}",
    responses: "response{}",
    parameters: "parameter{}",
    examples: "example{}",
    requestBodies: "requestBody{}",
    headers: "header{}",
    securitySchemes: "securityScheme{}",
    links: "link{}",
    callbacks: "callback{}",
    pathItems: "pathItem{}",
  },
  pathItem: {
    parameters: "parameter[]",
    ...Object.fromEntries(methods.map((method) => [method, "operation"])),
  },
  operation: {
    parameters: "parameter[]",
    requestBody: "requestBody",
    responses: "response{x-}",
    callbacks: "callback{}",
  },
  parameter: parameterLike,
  header: parameterLike,
  requestBody: { content: "mediaType{}" },
  mediaType: {
    schema: "schema",
    examples: "example{}",
    example: "data",
    encoding: "encoding{}",
  },
  encoding: { headers: "header{}" },
  response: { headers: "header{}", content: "mediaType{}", links: "link{}" },
  schema: {
    allOf: "schema[]",
    anyOf: "schema[]",
    oneOf: "schema[]",
    prefixItems: "schema[]",
    items: "schema",
    additionalItems: "schema",
    unevaluatedItems: "schema",
    contains: "schema",
    properties: "schema{}",
    patternProperties: "schema{}",
    additionalProperties: "schema",
    unevaluatedProperties: "schema",
    propertyNames: "schema",
    dependentSchemas: "schema{}",
    not: "schema",
    if: "schema",
    then: "schema",
    else: "schema",
    contentSchema: "schema",
    $defs: "schema{}",
    definitions: "schema{}",
    discriminator: "discriminator",
    example: "data",
    examples: "data",
    default: "data",
    enum: "data",
    const: "data",
  },
  discriminator: {},
  example: { value: "data" },
  link: { parameters: "data", requestBody: "data" },
  callback: { "*": "pathItem" },
  securityScheme: {},
  other: {},
};

/** What a node holds under one of its keys. */
export interface Under {
  readonly holds: "node" | "list" | "map";
  readonly type: NodeType;
  /** True for a map in which a name that starts with `x-` is an extension. */
  readonly extensible: boolean;
}

/** How a node holds what is under one of its keys; undefined where that is data or an extension. */
export function under(type: NodeType, key: string): Under | undefined {
  const { byKey, others } = parsed[type];
  const known = byKey.get(key);
  if (known !== undefined || byKey.has(key)) return known;
  return key.startsWith("x-") ? undefined : others;
}

interface ParsedTable {
  readonly byKey: ReadonlyMap<string, Under | undefined>;
  readonly others: Under | undefined;
}

/** The grammar, taken apart once. */
const parsed = Object.fromEntries(
  Object.entries(grammar).map(([type, table]): [string, ParsedTable] => [
    type,
    {
      byKey: new Map(Object.entries(table).map(([key, content]) => [key, parse(content)])),
      others: parse(table["*"] ?? "other"),
    },
  ]),
) as Readonly<Record<NodeType, ParsedTable>>;

function parse(content: Content): Under | undefined {
  if (content === "data") return undefined;
  const type = content.replace(/\W.*/, "") as NodeType;
  const extensible = content.endsWith("{x-}");
  if (content.endsWith("[]")) return { holds: "list", type, extensible };
  return { holds: content.endsWith("}") ? "map" : "node", type, extensible };
}
