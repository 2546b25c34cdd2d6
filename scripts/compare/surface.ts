import ts from "typescript";

import { PipelineError } from "../openapi/refuse.js";
import type { Anatomy } from "./anatomy.js";
import { type Compiled, facade } from "./program.js";

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
  /** The body of `updateConnection` as the facade types it; undefined where it cannot. */
  readonly connectionRequest: ts.Type | undefined;
}

export function readSurface(side: Compiled, checker: ts.TypeChecker, anatomy: Anatomy): Surface {
  const exports = side.exportsOf("generated/spec.ts");
  const { itemsOf, propertiesOf, structureOf } = anatomy;

  function find(name: string): ts.Symbol {
    const symbol = exports.get(name);
    if (symbol !== undefined) return symbol;
    throw new PipelineError(`${side.label}: has no "${name}" in spec.ts, and cannot be compared`);
  }

  const value = (name: string): ts.Type => checker.getTypeOfSymbol(find(name));
  const members = (name: string): ReadonlyMap<string, ts.Type> =>
    typesIn(checker.getDeclaredTypeOfSymbol(find(name)));

  function typesIn(type: ts.Type | undefined): ReadonlyMap<string, ts.Type> {
    if (type === undefined) return new Map();
    return new Map([...propertiesOf(type)].map(([name, { type }]) => [name, type] as const));
  }

  /** The text of a constant, or of all constants in a list; empty where there is none. */
  function text(type: ts.Type | undefined): string {
    if (type === undefined) return "";
    if (type.isStringLiteral()) return type.value;
    return structureOf(type) === "tuple" ? itemsOf(type).map(text).join(", ") : "";
  }

  function readOperation(id: string, facts: ReadonlyMap<string, ts.Type>): OperationSurface {
    const [input, result] = [inputs.get(id), results.get(id)];
    if (input === undefined || result === undefined) {
      throw new PipelineError(`${side.label}: has no types of the operation ${id} in spec.ts`);
    }
    return {
      input,
      result,
      method: text(facts.get("method")),
      path: text(facts.get("path")),
      requestType: text(typesIn(facts.get("body")).get("mediaType")),
      responseTypes: text(typesIn(facts.get("success")).get("mediaTypes")),
    };
  }

  const [inputs, results] = [members("Inputs"), members("Results")];
  const operations = [...typesIn(value("operations"))].map(
    ([id, facts]) => [id, readOperation(id, typesIn(facts))] as const,
  );
  const request = side.exportsOf(facade).get("ConnectionRequest");
  const isMade = request !== undefined && side.problemOf(facade) === undefined;
  return {
    zones: new Map([...typesIn(value("zones"))].map(([name, url]) => [name, text(url)])),
    defaultZone: text(value("defaultZone")),
    operations: new Map(operations),
    auth: [...typesIn(value("auth")).values()].map(text).join(": ").trim(),
    connectionRequest: isMade ? checker.getDeclaredTypeOfSymbol(request) : undefined,
  };
}
