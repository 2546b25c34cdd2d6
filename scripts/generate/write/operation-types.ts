import { text } from "../../openapi/json.js";
import type { Facts } from "../facts/facts.js";
import { componentName } from "./component-types.js";
import { docComment, keyLiteral, literal } from "./literal.js";

/** The types of what operations take and give, each in terms of openapi-typescript's. */
export function operationTypes(facts: ReadonlyMap<string, Facts>): string {
  const inputs = [...facts].map(
    ([id, of]) => `${wordsOf(of)}${keyLiteral(id)}: ${inputType(id, of)};\n`,
  );
  const results = [...facts].map(([id, of]) => `${keyLiteral(id)}: ${resultType(id, of)};\n`);
  return `/** What each operation takes: its path and query parameters by name, beside \`body\`. */
export interface Inputs {
${inputs.join("")}}

/** What each operation resolves with. */
export interface Results {
${results.join("")}}

/** The \`operationId\` of an operation. */
export type OperationId = keyof Inputs;

/** What an operation takes: its path and query parameters by name, beside \`body\`. */
export type OperationInput<Id extends OperationId> = Inputs[Id];

/** What an operation resolves with; \`undefined\` where the spec promises no content. */
export type OperationResult<Id extends OperationId> = Results[Id];
`;
}

/** What the document says of an operation, which editors show of its method. */
function wordsOf({ node }: Facts): string {
  const said = [node.summary, node.description].map((words) => text(words) ?? "");
  return docComment(said, node.deprecated === true ? ["@deprecated"] : []);
}

/** The type of an operation's input, in terms of openapi-typescript's `operations`. */
function inputType(id: string, { runtime, bodyKey, bodySchema }: Facts): string {
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
    const request = `${operation}["requestBody"]`;
    const documented = body.required ? `${request}${content}` : `NonNullable<${request}>${content}`;
    const type = componentName(bodySchema) ?? documented;
    parts.push(`{ body${body.required ? "" : "?"}: ${type} }`);
  }
  return parts.length === 0 ? "Record<string, never>" : parts.join(" & ");
}

/** The type of an operation's result, in terms of openapi-typescript's `operations`. */
function resultType(id: string, { runtime, contents }: Facts): string {
  const types = contents.map(({ status, key, node }) => {
    const response = /^\d+$/.test(status) ? status : literal(status);
    const documented = `["responses"][${response}]["content"][${literal(key)}]`;
    return componentName(node.schema) ?? `Documented[${literal(id)}]${documented}`;
  });
  return [...new Set(types), ...(runtime.success.empty ? ["undefined"] : [])].join(" | ");
}

/** The type of a property's name: openapi-typescript writes a number for a name that is one. */
function nameType(name: string): string {
  return /^\d/.test(name) && String(Number(name)) === name ? name : literal(name);
}
