import type { Auth } from "./auth.js";
import type { Description } from "./describe.js";
import { type Json, type JsonObject, put } from "./json.js";
import { keyLiteral, literal, stringLiteral } from "./literal.js";
import type { Zones } from "./zones.js";

/** The first line of every generated file, whatever file it was generated from. */
export const banner = "// Generated from openapi/peaka.yaml by `npm run generate`. Do not edit.";

/** What the document says of itself, and the hash of the file that it was read from. */
export interface SpecFacts {
  readonly title: string;
  readonly version: string;
  readonly sha256: string;
}

/** Writes `generated/spec.ts`: what the facade needs to know of the API at run time. */
export function emitSpec(
  spec: SpecFacts,
  zones: Zones,
  auth: Auth,
  operations: ReadonlyMap<string, Description>,
): string {
  const { title, version, sha256 } = spec;
  const [defaultZone = ""] = zones.keys();
  const { header, prefix, scheme } = auth;
  return `${banner}

import type { operations as Documented } from "./paths.js";

/** The document that this folder was generated from. */
export const spec = ${literal({ title, version, sha256 })} as const;

/** The base URL of each zone, by zone name. */
export const zones = /* @__PURE__ */ Object.freeze(${literal(fromMap(zones))} as const);

/** The zone of the spec's first server. */
export const defaultZone = ${literal(defaultZone)};

/** How a request carries the API key (security scheme ${comment(scheme)}). */
export const auth = ${literal({ header, prefix })} as const;

/** Every operation that the facade can carry, by operationId. */
export const operations = ${literal(fromMap(operations, operationData))} as const;

/** The kinds of JSON that a schema can ask for. */
export type JsonKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/** What the facade knows of an operation at run time. */
export interface Operation {
  readonly method: string;
  /** The path template. */
  readonly path: string;
  readonly parameters: Readonly<
    Record<string, { in: "path" | "query"; required: boolean; style?: string; explode?: boolean }>
  >;
  readonly body?: { mediaType: string; kinds: readonly JsonKind[]; required: boolean };
  /** Media types to accept, kinds of JSON to expect, and whether there may be no content. */
  readonly success: { mediaTypes: readonly string[]; kinds: readonly JsonKind[]; empty: boolean };
  /** The properties of the body that hold secrets. */
  readonly secrets: readonly string[];
}

/** What each operation takes: its path and query parameters by name, beside \`body\`. */
export interface Inputs {
${members(operations, inputType)}}

/** What each operation resolves with. */
export interface Results {
${members(operations, resultType)}}
`;
}

/** Writes `generated/examples.ts`: the document's examples, as data. */
export function emitExamples(examples: ReadonlyMap<string, JsonObject>): string {
  return `${banner}

/** The examples of the spec, by operationId: for tests, the demo and the editor's completions. */
export const examples = ${literal(fromMap(examples))} as const;
`;
}

function members(
  operations: ReadonlyMap<string, Description>,
  typeOf: (documented: string, description: Description) => string,
): string {
  return [...operations]
    .map(([id, description]) => {
      const type = typeOf(`Documented[${stringLiteral(id)}]`, description);
      return `  ${keyLiteral(id)}: ${type};\n`;
    })
    .join("");
}

/** The type of an operation's input, in terms of openapi-typescript's. */
function inputType(documented: string, { parameters, body }: Description): string {
  const parts: string[] = [];
  for (const place of ["path", "query"]) {
    const names = [...parameters].filter(([, parameter]) => parameter.in === place);
    if (names.length === 0) continue;
    const all = `${documented}["parameters"][${stringLiteral(place)}]`;
    const chosen = names.map(([name]) => stringLiteral(name)).join(" | ");
    parts.push(`Pick<${place === "path" ? all : `NonNullable<${all}>`}, ${chosen}>`);
  }
  if (body !== undefined) {
    const all = `${documented}["requestBody"]`;
    const content = `["content"][${stringLiteral(body.key)}]`;
    parts.push(
      body.required ? `{ body: ${all}${content} }` : `{ body?: NonNullable<${all}>${content} }`,
    );
  }
  return parts.length === 0 ? "Record<string, never>" : parts.join(" & ");
}

/** The type of an operation's result, in terms of openapi-typescript's. */
function resultType(documented: string, { success }: Description): string {
  const types = success.keys.map(([status, key]) => {
    const response = /^\d+$/.test(status) ? status : stringLiteral(status);
    return `${documented}["responses"][${response}]["content"][${stringLiteral(key)}]`;
  });
  return [...types, ...(success.empty ? ["undefined"] : [])].join(" | ");
}

function operationData(description: Description): JsonObject {
  const { method, path, parameters, body, success, secrets } = description;
  return {
    method,
    path,
    parameters: fromMap(parameters, (parameter) => ({ ...parameter })),
    ...(body && {
      body: { mediaType: body.mediaType, kinds: [...body.kinds], required: body.required },
    }),
    success: {
      mediaTypes: [...success.mediaTypes],
      kinds: [...success.kinds],
      empty: success.empty,
    },
    secrets: [...secrets],
  };
}

function fromMap<T extends Json>(map: ReadonlyMap<string, T>): JsonObject;
function fromMap<T>(map: ReadonlyMap<string, T>, data: (value: T) => Json): JsonObject;
function fromMap<T>(map: ReadonlyMap<string, T>, data = (value: T) => value as Json): JsonObject {
  const object: JsonObject = {};
  for (const [key, value] of map) put(object, key, data(value));
  return object;
}

/** Text inside a comment: it cannot end the comment. */
function comment(text: string): string {
  return text.replaceAll("*/", "*\\/").replace(/\s+/g, " ");
}
