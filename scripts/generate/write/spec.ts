import type { JsonObject } from "../../openapi/json.js";
import { commentText } from "../../openapi/visible.js";
import type { Facts } from "../facts/facts.js";
import { allKinds } from "../facts/kinds.js";
import type { Reading } from "../read/read.js";
import { componentTypes } from "./component-types.js";
import { keyLiteral, literal } from "./literal.js";
import { operationTypes } from "./operation-types.js";

/** The code of `generated/spec.ts`: what the facade needs to know of the API, at run time and in types. */
export function specCode(
  reading: Reading,
  digests: { readonly sha256: string; readonly overlay?: string },
  facts: ReadonlyMap<string, Facts>,
  examples: ReadonlyMap<string, JsonObject>,
): string {
  const { identity, zones, auth } = reading;
  const { header, prefix, scheme } = auth;
  const [defaultZone = ""] = zones.keys();
  const operations = [...facts].map(([id, { runtime }]) => [id, runtime] as const);
  const types = operationTypes(facts) + "\n" + componentTypes(reading, facts, examples);
  // An import that nothing needs would be an error to strict compilers.
  const imported = [
    ...(types.includes("components[") ? ["components"] : []),
    ...(types.includes("Documented[") ? ["operations as Documented"] : []),
  ];
  // As constants: what every object has would give names like "constructor" a type of its own.
  return `${imported.length > 0 ? `import type { ${imported.join(", ")} } from "./paths.js";\n` : ""}
/** The document that this folder was generated from, and the digests of its files. */
export const spec = ${literal({ ...identity, ...digests })} as const;

/** The base URL of each zone, by zone name. */
export const zones = /* @__PURE__ */ Object.freeze({
${zoneMembers(zones)}} as const);

/** A zone of the API: the region in which the data lives. The spec's servers name them. */
export type Zone = keyof typeof zones;

/** The zone of the spec's first server. */
export const defaultZone = ${literal(defaultZone)} as const;

/** How a request carries the API key (security scheme ${inComment(scheme)}). */
export const auth = ${literal({ header, prefix })} as const;

/** Every operation that the facade can carry, by operationId. */
export const operations: Readonly<Record<string, Operation>> = ${literal(Object.fromEntries(operations))} as const;

${factTypes}

${types}`;
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

/** Text inside a comment of one line: neither of them does it end. */
function inComment(text: string): string {
  return literal(commentText(text)).slice(1, -1).replaceAll("*/", "*\\/");
}
