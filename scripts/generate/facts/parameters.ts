import { isObject, type JsonObject, text } from "../../openapi/json.js";
import type { Auth } from "../read/auth.js";
import type { Operation } from "../read/operations.js";
import { placeholdersOf } from "../read/path-template.js";
import { allKinds, type KindsOf } from "./kinds.js";
import { leaveOut } from "./unsupported.js";

/** Where a parameter goes, and how. */
export interface ParameterFacts {
  readonly in: "path" | "query";
  readonly required: boolean;
  /** These two of query parameters only. */
  readonly style?: string;
  readonly explode?: boolean;
}

const queryStyles = ["form", "spaceDelimited", "pipeDelimited"];

/**
 * The parameters that the facade offers, by name; leaves the operation out where it cannot. Optional ones
 * that it does not offer go into `skipped`.
 */
export function parameterFacts(
  { parameters, path }: Operation,
  auth: Auth,
  kindsOf: KindsOf,
  skipped: string[],
): ReadonlyMap<string, ParameterFacts> {
  const offered = new Map<string, ParameterFacts>();
  for (const parameter of parameters) {
    const name = text(parameter.name) ?? "";
    const where = text(parameter.in);
    const required = parameter.required === true;
    const style = text(parameter.style) ?? "form";
    if (where === "header" || where === "cookie") {
      if (isSetAnyway(name, where, auth)) continue;
      if (required) leaveOut(`it requires the ${where} parameter "${name}"`);
      skipped.push(`the optional ${where} parameter "${name}"`);
      continue;
    }
    if (name === "body") leaveOut('it has a parameter named "body"');
    if (offered.has(name)) leaveOut(`it has two parameters named "${name}"`);
    if (where === "path") {
      checkPathParameter(name, parameter, kindsOf);
      offered.set(name, { in: "path", required: true });
    } else if (isPlainQuery(parameter, style, kindsOf)) {
      const explode = parameter.explode ?? style === "form";
      offered.set(name, { in: "query", required, style, explode: explode === true });
    } else if (required) {
      leaveOut(`it requires the query parameter "${name}", an object or in an encoding of its own`);
    } else {
      skipped.push(
        `the optional query parameter "${name}", an object or in an encoding of its own,`,
      );
    }
  }
  checkPlaceholders(path, offered);
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
  if (style !== "simple") leaveOut(`its path parameter "${name}" has the style ${style}`);
  if (isObject(parameter.content))
    leaveOut(`its path parameter "${name}" has an encoding of its own`);
  const kinds = kindsOf(parameter.schema);
  // Of all kinds means that nothing is said.
  const isLimited = kinds.length < allKinds.length;
  if (isLimited && kinds.some((kind) => ["object", "array", "boolean"].includes(kind)))
    leaveOut(`its path parameter "${name}" is not text or a number`);
}

/** A query parameter is a plain value or a list of them: for an object, servers agree on no form. */
function isPlainQuery(parameter: JsonObject, style: string, kindsOf: KindsOf): boolean {
  const isObjectAlone = kindsOf(parameter.schema).every((kind) => /^(?:object|null)$/.test(kind));
  return parameter.content === undefined && queryStyles.includes(style) && !isObjectAlone;
}

/** The template's placeholders and the path parameters must be the same, one for one. */
function checkPlaceholders(path: string, offered: ReadonlyMap<string, ParameterFacts>): void {
  const placeholders = placeholdersOf(path);
  for (const name of placeholders) {
    if (offered.get(name)?.in === "path") continue;
    leaveOut(`its path has {${name}}, which no path parameter declares`);
  }
  if (new Set(placeholders).size < placeholders.length)
    leaveOut("its path has a placeholder twice");
  for (const [name, parameter] of offered) {
    if (parameter.in !== "path") continue;
    if (!placeholders.includes(name)) {
      leaveOut(`its path has no {${name}}, which a path parameter declares`);
    }
    // The characters with which a URI template would ask for another expansion.
    if (/^[.;]|\*$/.test(name)) leaveOut(`its placeholder {${name}} is not a plain name`);
  }
}
