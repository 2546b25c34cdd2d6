import { entries, isObject, type Json, type JsonObject, own, text } from "../../openapi/json.js";
import { keysOfRef, type Resolver } from "../../openapi/resolver.js";
import type { Facts } from "../facts/facts.js";
import { partsOf } from "../facts/secrets.js";
import type { Reading } from "../read/read.js";
import { docComment, keyLiteral, literal } from "./literal.js";

/** Names in `generated/spec.ts` that no component schema may take. */
const taken = new Set([
  ...["Documented", "Examples", "Inputs", "JsonKind", "NonNullable", "Open", "Operation", "Pick"],
  ...["OperationId", "OperationInput", "OperationResult", "Readonly", "Record", "Results"],
  ...["WithExamples", "Zone"],
]);

/** The name under which the type of a component schema is exported, where a schema is such a one. */
export function componentName(schema: Json | undefined): string | undefined {
  // What stands beside a `$ref` may say more.
  if (!isObject(schema) || Object.keys(schema).join() !== "$ref") return undefined;
  const [root, section, name = "", ...inner] = keysOfRef(text(schema.$ref) ?? "") ?? [];
  const isComponent = root === "components" && section === "schemas" && inner.length === 0;
  return isComponent && isExported(name) ? name : undefined;
}

function isExported(name: string): boolean {
  return /^[A-Z]\w*$/.test(name) && !taken.has(name);
}

/** The types of the component schemas, which editors complete where requests have examples of them. */
export function componentTypes(
  { document, resolver }: Reading,
  facts: ReadonlyMap<string, Facts>,
  examples: ReadonlyMap<string, JsonObject>,
): string {
  const schemas = entries(isObject(document.components) ? document.components.schemas : {});
  const shapes = new Map<string, Set<string>>();
  for (const [id, { bodySchema }] of facts) {
    const name = componentName(bodySchema);
    if (name === undefined) continue;
    for (const [, example] of entries(examples.get(id)?.requests)) {
      const shape = shapeOf(example, partsOf(bodySchema, resolver), resolver);
      if (shape !== undefined) shapes.set(name, (shapes.get(name) ?? new Set()).add(shape));
    }
  }
  const types = schemas.flatMap(([name, schema]) => {
    if (!isExported(name)) return [];
    const hasExamples = shapes.has(name);
    const type = hasExamples ? `WithExamples<"${name}">` : `components["schemas"]["${name}"]`;
    const words = (isObject(schema) && text(schema.description)) || `The schema ${name}.`;
    const comment = docComment([words, ...(hasExamples ? [completed] : [])]);
    return [`${comment}export type ${name} = ${type};\n`];
  });
  if (shapes.size > 0) {
    const members = [...shapes].map(([name, ofOne]) => `${name}: ${[...ofOne].join(" | ")};\n`);
    types.push(withExamples, `interface Examples {\n${members.join("")}}\n`);
  }
  return types.join("\n");
}

/** What is said of a type that has examples. */
const completed = `Any \`type\` is accepted, and anything in the objects beside it that the spec allows; of
those that the spec gives examples of, editors complete the names. An object of an interface or a class
of yours has to be spread, \`{ ...object }\`: TypeScript gives it no index signature.`;

const withExamples = `type WithExamples<Name extends keyof Examples> =
  | Open<components["schemas"][Name], Examples[Name]["type"]>
  | (Open<components["schemas"][Name], Examples[Name]["type"]> & Examples[Name]);
/** A plain \`string\` would swallow the types of the examples, and editors complete none of them. */
type Open<Body, Type> = {
  [Key in keyof Body]: Key extends "type" ? Type | (string & {}) : Body[Key];
};
`;

/** What an example tells of its type: the names in its objects, and no value, which may be secret. */
function shapeOf(
  example: Json,
  parts: readonly JsonObject[],
  resolver: Resolver,
): string | undefined {
  if (!isObject(example) || typeof example.type !== "string") return undefined;
  const declared = (name: string): Json[] =>
    parts.flatMap(({ properties }) => (isObject(properties) ? (own(properties, name) ?? []) : []));
  const types = declared("type").map(resolver.follow);
  const objects = entries(example).filter(
    ([name, at]) => isObject(at) && declared(name).length > 0,
  );
  if (objects.length === 0 || types.length === 0 || !types.every(isAnyText)) return undefined;
  const members = objects.map(([name, value]) => {
    const names = entries(value).map(([inner]) => `${keyLiteral(inner)}?: unknown`);
    return `; ${keyLiteral(name)}?: { ${names.join("; ")} }`;
  });
  return `{ type: ${literal(example.type)}${members.join("")} }`;
}

/** Whether a schema allows any text, and nothing else. */
function isAnyText(schema: Json | undefined): boolean {
  if (!isObject(schema) || schema.type !== "string" || schema.nullable === true) return false;
  return !["enum", "const", "allOf", "anyOf", "oneOf"].some((key) => key in schema);
}
