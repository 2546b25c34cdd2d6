import type { Description } from "../describe/describe.js";
import { fromMap, type JsonObject } from "../../openapi/json.js";
import type { Auth } from "../read/auth.js";
import type { Identity } from "../read/identify.js";
import type { Zones } from "../read/zones.js";
import { banner } from "./banner.js";
import { keyLiteral, literal, typeMembers } from "./literal.js";
import { requestExamplesType } from "./request-examples.js";
import { factTypes, inputType, resultType } from "./operation-types.js";

/** Writes `generated/spec.ts`: what the facade needs to know of the API, at run time and in types. */
export function emitSpec(
  { title, version }: Identity,
  sha256: string,
  zones: Zones,
  { header, prefix, scheme }: Auth,
  operations: ReadonlyMap<string, Description>,
  examples: ReadonlyMap<string, JsonObject>,
): string {
  const [defaultZone = ""] = zones.keys();
  const inputs = typeMembers(operations, (id, facts) => inputType("Documented", id, facts));
  const results = typeMembers(operations, (id, facts) => resultType("Documented", id, facts));
  // An import that nothing needs would be an error to strict compilers.
  const needsTypes = `${inputs}${results}`.includes("Documented[");
  return `${banner}
${needsTypes ? '\nimport type { operations as Documented } from "./paths.js";\n' : ""}
/** The document that this folder was generated from. */
export const spec = ${literal({ title, version, sha256 })} as const;

/** The base URL of each zone, by zone name. */
export const zones = /* @__PURE__ */ Object.freeze({
${zoneMembers(zones)}} as const);

/** The zone of the spec's first server. */
export const defaultZone = ${literal(defaultZone)} as const;

/** How a request carries the API key (security scheme ${inComment(scheme)}). */
export const auth = ${literal({ header, prefix })} as const;

/** Every operation that the facade can carry, by operationId. */
export const operations = ${literal(fromMap(operations, factsOf))} as const;

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

/** Each with a comment, for editors and the reference. */
function zoneMembers(zones: Zones): string {
  const comment = "  /** The base URL of this zone, as the spec's servers give it. */\n";
  return [...zones]
    .map(([name, url]) => `${comment}  ${keyLiteral(name)}: ${literal(url)},\n`)
    .join("");
}

/** What the facade needs to know of an operation at run time. */
function factsOf({ method, path, parameters, body, success, secrets }: Description): JsonObject {
  const { mediaTypes, kinds, empty } = success;
  return {
    method,
    path,
    parameters: fromMap(parameters, (parameter) => ({ ...parameter })),
    ...(body && {
      body: { mediaType: body.mediaType, kinds: [...body.kinds], required: body.required },
    }),
    success: { mediaTypes: [...mediaTypes], kinds: [...kinds], empty },
    secrets: [...secrets],
  };
}

/** Text inside a comment of one line: neither of them does it end. */
function inComment(text: string): string {
  return literal(text).slice(1, -1).replaceAll("*/", "*\\/");
}
