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

/** What a node holds under one of its keys. */
export interface Under {
  readonly holds: "node" | "list" | "map";
  readonly type: NodeType;
  /** True for a map in which a name that starts with `x-` is an extension. */
  readonly extensible: boolean;
}

/** The methods that a path item can have, in the order in which OpenAPI lists them. */
export const methods: readonly string[] = "get put post delete options head patch trace".split(" ");

/** A node of this type. */
export const one = (type: NodeType): Under => ({ holds: "node", type, extensible: false });
const list = (type: NodeType): Under => ({ holds: "list", type, extensible: false });
const map = (type: NodeType, extensible = false): Under => ({ holds: "map", type, extensible });
/** No node: a `$ref` in it is a key like any other. */
const data = undefined;
type Table = Readonly<Record<string, Under | undefined>>;
const each = (keys: string, held: Under | undefined): Table =>
  Object.fromEntries(keys.split(" ").map((key) => [key, held]));

const parameterLike: Table = {
  schema: one("schema"),
  content: map("mediaType"),
  examples: map("example"),
  ...each("example default", data),
};

/** What each kind of node holds, by key. */
const grammar: Readonly<Record<NodeType, Table>> = {
  document: {
    components: one("components"),
    paths: map("pathItem", true),
    webhooks: map("pathItem"),
  },
  components: {
    schemas: map("schema"),
    responses: map("response"),
    parameters: map("parameter"),
    examples: map("example"),
    requestBodies: map("requestBody"),
    headers: map("header"),
    securitySchemes: map("securityScheme"),
    links: map("link"),
    callbacks: map("callback"),
    pathItems: map("pathItem"),
  },
  pathItem: { parameters: list("parameter"), ...each(methods.join(" "), one("operation")) },
  operation: {
    parameters: list("parameter"),
    requestBody: one("requestBody"),
    responses: map("response", true),
    callbacks: map("callback"),
  },
  parameter: parameterLike,
  header: parameterLike,
  requestBody: { content: map("mediaType") },
  mediaType: {
    schema: one("schema"),
    examples: map("example"),
    example: data,
    encoding: map("encoding"),
  },
  encoding: { headers: map("header") },
  response: { headers: map("header"), content: map("mediaType"), links: map("link") },
  schema: {
    ...each("allOf anyOf oneOf prefixItems", list("schema")),
    ...each("items additionalItems unevaluatedItems contains", one("schema")),
    ...each("additionalProperties unevaluatedProperties propertyNames", one("schema")),
    ...each("not if then else contentSchema", one("schema")),
    ...each("properties patternProperties dependentSchemas $defs definitions", map("schema")),
    discriminator: one("discriminator"),
    ...each("example examples default enum const", data),
  },
  discriminator: {},
  example: { value: data },
  link: { parameters: data, requestBody: data },
  callback: {},
  securityScheme: {},
  other: {},
};

/** How a node holds what is under one of its keys; undefined where that is data or an extension. */
export function under(type: NodeType, key: string): Under | undefined {
  const table = grammar[type];
  if (Object.hasOwn(table, key)) return table[key];
  if (key.startsWith("x-")) return undefined;
  return type === "callback" ? callbackPath : unknownNode;
}

const callbackPath = one("pathItem");
const unknownNode = one("other");
