import ts from "typescript";

import { entries, isObject, items, type Json, own, text } from "../openapi/json.js";
import { PipelineError } from "../openapi/refuse.js";
import type { Anatomy } from "./anatomy.js";
import type { Compiled } from "./program.js";

/** One operation, as a service sees it. */
export interface OperationSurface {
  readonly input: ts.Type;
  readonly result: ts.Type;
  readonly method: string;
  /** The path template. */
  readonly path: string;
  /** The media type that is sent; empty where nothing is. */
  readonly requestType: string;
  /** The media types that are accepted, in one text. */
  readonly responseTypes: string;
}

/** What services see of one side, and what is hidden from them. */
export interface Surface {
  /** The base URL of each zone. */
  readonly zones: ReadonlyMap<string, string>;
  readonly defaultZone: string;
  readonly operations: ReadonlyMap<string, OperationSurface>;
  /** How the API key is sent. */
  readonly auth: string;
  /** The names of all that `spec.ts` exports. */
  readonly names: ReadonlySet<string>;
}

export function readSurface(
  side: Compiled,
  checker: ts.TypeChecker,
  { propertiesOf }: Anatomy,
): Surface {
  const exports = side.exports;

  function find(name: string): ts.Symbol {
    const symbol = exports.get(name);
    if (symbol !== undefined) return symbol;
    throw new PipelineError(`${side.label}: has no "${name}" in spec.ts, and cannot be compared`);
  }

  const constant = (name: string): Json => dataOf(find(name).valueDeclaration);
  const typeOf = (name: string, id: string): ts.Type => {
    const type = propertiesOf(checker.getDeclaredTypeOfSymbol(find(name))).get(id)?.type;
    if (type !== undefined) return type;
    throw new PipelineError(`${side.label}: has no types of the operation ${id} in spec.ts`);
  };
  const operations = entries(constant("operations")).map(([id, facts]) => {
    const operation: OperationSurface = {
      input: typeOf("Inputs", id),
      result: typeOf("Results", id),
      method: textAt(facts, "method"),
      path: textAt(facts, "path"),
      requestType: textAt(facts, "body", "mediaType"),
      responseTypes: textAt(facts, "success", "mediaTypes"),
    };
    return [id, operation] as const;
  });
  const auth = constant("auth");
  return {
    zones: new Map(entries(constant("zones")).map(([name, url]) => [name, textAt(url)])),
    defaultZone: textAt(constant("defaultZone")),
    operations: new Map(operations),
    auth: `${textAt(auth, "header")}: ${textAt(auth, "prefix")}`.trim(),
    names: new Set(exports.keys()),
  };
}

/** The text at a place in data, or all texts in a list there; empty where there is none. */
function textAt(data: Json, ...keys: readonly string[]): string {
  const [key, ...inner] = keys;
  if (key !== undefined) return textAt((isObject(data) && own(data, key)) || "", ...inner);
  return text(data) ?? items(data).map(text).join(", ");
}

/** The data that code says; the type of a constant may say less of it. */
function dataOf(node: ts.Node | undefined): Json {
  if (node === undefined) return null;
  if (ts.isVariableDeclaration(node)) return dataOf(node.initializer);
  if (ts.isAsExpression(node)) return dataOf(node.expression);
  if (ts.isCallExpression(node)) return dataOf(node.arguments[0]);
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(dataOf);
  if (!ts.isObjectLiteralExpression(node)) return null;
  const properties = node.properties.filter(ts.isPropertyAssignment);
  const named = properties.map(({ name, initializer }): [string, Json] => [
    ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "",
    dataOf(initializer),
  ]);
  return Object.fromEntries(named);
}
