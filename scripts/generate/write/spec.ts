import { isSecretName } from "../../../src/secrets.js";
import { entries, isObject, type Json, type JsonObject } from "../../openapi/json.js";
import type { Facts } from "../facts/facts.js";
import { allKinds } from "../facts/kinds.js";
import type { Reading } from "../read/read.js";
import { keyLiteral, literal, typeMembers } from "./literal.js";

/** The code of `generated/spec.ts`: what the facade needs to know of the API, at run time and in types. */
export function specCode(
  { identity, zones, auth }: Reading,
  digests: { readonly sha256: string; readonly overlay?: string },
  facts: ReadonlyMap<string, Facts>,
  examples: ReadonlyMap<string, JsonObject>,
): string {
  const { header, prefix, scheme } = auth;
  const [defaultZone = ""] = zones.keys();
  const operations = [...facts].map(([id, { runtime }]) => [id, runtime] as const);
  const inputs = typeMembers(facts, inputType);
  const results = typeMembers(facts, resultType);
  // An import that nothing needs would be an error to strict compilers.
  const needsTypes = `${inputs}${results}`.includes("Documented[");
  return `${needsTypes ? 'import type { operations as Documented } from "./paths.js";\n' : ""}
/** The document that this folder was generated from, and the digests of its files. */
export const spec = ${literal({ ...identity, ...digests })} as const;

/** The base URL of each zone, by zone name. */
export const zones = /* @__PURE__ */ Object.freeze({
${zoneMembers(zones)}} as const);

/** The zone of the spec's first server. */
export const defaultZone = ${literal(defaultZone)} as const;

/** How a request carries the API key (security scheme ${inComment(scheme)}). */
export const auth = ${literal({ header, prefix })} as const;

/** Every operation that the facade can carry, by operationId. */
export const operations = ${literal(Object.fromEntries(operations))} as const;

${factTypes}

/** What each operation takes: its path and query parameters by name, beside \`body\`. */
export interface Inputs {
${inputs}}

/** What each operation resolves with. */
export interface Results {
${results}}

/** What the examples of each operation's request look like, for the editor's completions. */
export interface RequestExamples {
${typeMembers(examples, (_, example) => requestExamplesType(example))}}
`;
}

/** The code of `generated/examples.ts`: the document's examples, as data. */
export function examplesCode(examples: ReadonlyMap<string, JsonObject>): string {
  return `/** The examples of the spec, by operationId: for tests and the demo. */
export const examples = ${literal(Object.fromEntries(examples))} as const;
`;
}

/** The types of the facts themselves, for who reads those of any operation. */
const factTypes = `/** The kinds of JSON that a schema can ask for. */
export type JsonKind = ${allKinds.map(literal).join(" | ")};

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
  /** The other properties that the body itself has: what stands in one of them is no secret. */
  readonly legible: readonly string[];
  /** By the name of a secret property of the body, the properties in it that may be public. */
  readonly publicProperties?: Readonly<Record<string, readonly string[]>>;
}`;

/** Each with a comment, for editors and the reference. */
function zoneMembers(zones: ReadonlyMap<string, string>): string {
  const comment = "  /** The base URL of this zone, as the spec's servers give it. */\n";
  return [...zones]
    .map(([name, url]) => `${comment}  ${keyLiteral(name)}: ${literal(url)},\n`)
    .join("");
}

/** The type of an operation's input, in terms of openapi-typescript's `operations`. */
function inputType(id: string, { runtime, bodyKey }: Facts): string {
  const { parameters, body } = runtime;
  const operation = `Documented[${literal(id)}]`;
  const parts: string[] = [];
  for (const place of ["path", "query"] as const) {
    const names = Object.entries(parameters).filter(([, parameter]) => parameter.in === place);
    if (names.length === 0) continue;
    const documented = `${operation}["parameters"]["${place}"]`;
    const chosen = names.map(([name]) => nameType(name)).join(" | ");
    // All query parameters together are optional where each one is.
    parts.push(`Pick<${place === "path" ? documented : `NonNullable<${documented}>`}, ${chosen}>`);
  }
  if (body !== undefined && bodyKey !== undefined) {
    const content = `["content"][${literal(bodyKey)}]`;
    const documented = `${operation}["requestBody"]`;
    parts.push(
      body.required
        ? `{ body: ${documented}${content} }`
        : `{ body?: NonNullable<${documented}>${content} }`,
    );
  }
  return parts.length === 0 ? "Record<string, never>" : parts.join(" & ");
}

/** The type of an operation's result, in terms of openapi-typescript's `operations`. */
function resultType(id: string, { runtime, contents }: Facts): string {
  const types = contents.map(({ status, key }) => {
    const response = /^\d+$/.test(status) ? status : literal(status);
    return `Documented[${literal(id)}]["responses"][${response}]["content"][${literal(key)}]`;
  });
  return [...types, ...(runtime.success.empty ? ["undefined"] : [])].join(" | ");
}

/** The type of a property's name: openapi-typescript writes a number for a name that is one. */
function nameType(name: string): string {
  return /^\d/.test(name) && String(Number(name)) === name ? name : literal(name);
}

/**
 * The type of an operation's request examples, for the editor's completions: their texts, and the
 * names of the properties one level below. No value that is secret becomes part of the package.
 */
function requestExamplesType({ requests }: JsonObject): string {
  const shapes = entries(requests).map(([, example]) => shapeOf(example));
  return shapes.length === 0 ? "never" : [...new Set(shapes)].join(" | ");
}

function shapeOf(example: Json): string {
  if (!isObject(example)) return "unknown";
  return typeLiteral(example, (name, value) => {
    if (isObject(value)) return typeLiteral(value, () => "unknown");
    return typeof value === "string" && !isSecretName(name) ? literal(value) : "unknown";
  });
}

function typeLiteral(object: JsonObject, typeOf: (name: string, value: Json) => string): string {
  const types = entries(object).map(
    ([name, value]) => `${keyLiteral(name)}: ${typeOf(name, value)}`,
  );
  return `{ ${types.join("; ")} }`;
}

/** Text inside a comment of one line: neither of them does it end. */
function inComment(text: string): string {
  return literal(text).slice(1, -1).replaceAll("*/", "*\\/");
}
