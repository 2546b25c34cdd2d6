import { isObject, type JsonObject, text } from "../../openapi/json.js";
import type { Auth } from "../read/auth.js";
import type { Operation } from "../read/operations.js";
import { placeholdersOf } from "../read/path-template.js";
import { allKinds, type KindsOf } from "./kinds.js";
import { Unsupported } from "./unsupported.js";

/** Where a parameter goes, and how. */
export interface ParameterFacts {
  readonly in: "path" | "query";
  readonly required: boolean;
  /** These two of query parameters only. */
  readonly style?: string;
  readonly explode?: boolean;
}

const queryStyles = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];

/** The parameters that the facade offers, by name; throws where it cannot carry one. */
export function parameterFacts(
  operation: Operation,
  auth: Auth,
  kindsOf: KindsOf,
): Map<string, ParameterFacts> {
  const offered = new Map<string, ParameterFacts>();
  for (const parameter of operation.parameters) {
    const name = text(parameter.name) ?? "";
    const where = text(parameter.in);
    const required = parameter.required === true;
    if (where === "header" || where === "cookie") {
      if (required && !isSetAnyway(name, where, auth)) {
        throw new Unsupported(`it requires the ${where} parameter "${name}"`);
      }
      continue;
    }
    if (name === "body") throw new Unsupported('it has a parameter named "body"');
    if (offered.has(name)) throw new Unsupported(`it has two parameters named "${name}"`);
    if (where === "path") {
      checkPathParameter(name, parameter, kindsOf);
      offered.set(name, { in: "path", required: true });
    } else {
      const style = text(parameter.style) ?? "form";
      if (parameter.content === undefined && queryStyles.includes(style)) {
        offered.set(name, { in: "query", required, style, explode: explodes(parameter, style) });
      } else if (required) {
        throw new Unsupported(
          `it requires the query parameter "${name}" in an encoding of its own`,
        );
      }
    }
  }
  checkPlaceholders(operation.path, offered);
  return offered;
}

/** OpenAPI has these headers described elsewhere: a parameter of such a name is to be ignored. */
function isSetAnyway(name: string, where: string, auth: Auth): boolean {
  const header = name.toLowerCase();
  return (
    where === "header" &&
    (/^(accept|content-type|authorization)$/.test(header) || header === auth.header)
  );
}

/** A path parameter is one plain value: text or a number. */
function checkPathParameter(name: string, parameter: JsonObject, kindsOf: KindsOf): void {
  const style = text(parameter.style) ?? "simple";
  if (style !== "simple")
    throw new Unsupported(`its path parameter "${name}" has the style ${style}`);
  if (isObject(parameter.content)) {
    throw new Unsupported(`its path parameter "${name}" has an encoding of its own`);
  }
  const kinds = kindsOf(parameter.schema);
  // Of all kinds means that nothing is said.
  const isLimited = kinds.length < allKinds.length;
  if (isLimited && kinds.some((kind) => ["object", "array", "boolean"].includes(kind))) {
    throw new Unsupported(`its path parameter "${name}" is not text or a number`);
  }
}

/** Unless the parameter says, `form` writes one pair for each item, and `deepObject` has no other way. */
function explodes(parameter: JsonObject, style: string): boolean {
  if (style === "deepObject") return true;
  return typeof parameter.explode === "boolean" ? parameter.explode : style === "form";
}

/** The template's placeholders and the path parameters must be the same, one for one. */
function checkPlaceholders(path: string, offered: ReadonlyMap<string, ParameterFacts>): void {
  const placeholders = placeholdersOf(path);
  for (const name of placeholders) {
    if (offered.get(name)?.in !== "path") {
      throw new Unsupported(`its path has {${name}}, which no path parameter declares`);
    }
  }
  if (new Set(placeholders).size !== placeholders.length) {
    throw new Unsupported("its path has a placeholder twice");
  }
  for (const [name, parameter] of offered) {
    if (parameter.in === "path" && !placeholders.includes(name)) {
      throw new Unsupported(`its path has no {${name}}, which a path parameter declares`);
    }
    // The characters with which a URI template would ask for another expansion.
    if (parameter.in === "path" && /^[.;]|\*$/.test(name)) {
      throw new Unsupported(`its placeholder {${name}} is not a plain name`);
    }
  }
}
