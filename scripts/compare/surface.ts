import type ts from "typescript";

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

export function readSurface(side: Compiled, checker: ts.TypeChecker, anatomy: Anatomy): Surface {
  const { exports } = side;
  const { itemsOf, propertiesOf, structureOf } = anatomy;

  function find(name: string): ts.Symbol {
    const symbol = exports.get(name);
    if (symbol !== undefined) return symbol;
    throw new PipelineError(`${side.label}: has no "${name}" in spec.ts, and cannot be compared`);
  }

  /** The type of what a constant is written as: it may be declared to be less. */
  function valueOf(name: string): ts.Type {
    const declaration = find(name).valueDeclaration as ts.VariableDeclaration;
    return checker.getTypeAtLocation(declaration.initializer ?? declaration);
  }
  const declared = (name: string): ts.Type => checker.getDeclaredTypeOfSymbol(find(name));
  const partOf = (type: ts.Type | undefined, name: string): ts.Type | undefined =>
    type && propertiesOf(type).get(name)?.type;
  /** Reads each property of a constant. */
  const mapOf = <T>(name: string, read: (type: ts.Type, key: string) => T): Map<string, T> =>
    new Map([...propertiesOf(valueOf(name))].map(([key, { type }]) => [key, read(type, key)]));

  /** The text of a constant, or of all constants in a list; empty where there is none. */
  function text(type: ts.Type | undefined): string {
    if (type === undefined) return "";
    if (type.isStringLiteral()) return type.value;
    return structureOf(type) === "tuple" ? itemsOf(type).map(text).join(", ") : "";
  }

  const [inputs, results] = [declared("Inputs"), declared("Results")];
  function readOperation(facts: ts.Type, id: string): OperationSurface {
    const [input, result] = [partOf(inputs, id), partOf(results, id)];
    if (input === undefined || result === undefined) {
      throw new PipelineError(`${side.label}: has no types of the operation ${id} in spec.ts`);
    }
    return {
      input,
      result,
      method: text(partOf(facts, "method")),
      path: text(partOf(facts, "path")),
      requestType: text(partOf(partOf(facts, "body"), "mediaType")),
      responseTypes: text(partOf(partOf(facts, "success"), "mediaTypes")),
    };
  }

  return {
    zones: mapOf("zones", text),
    defaultZone: text(valueOf("defaultZone")),
    operations: mapOf("operations", readOperation),
    auth: [...mapOf("auth", text).values()].join(": ").trim(),
    names: new Set(exports.keys()),
  };
}
