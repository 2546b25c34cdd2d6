import { entries, isObject, items, type Json, type JsonObject, own } from "../../openapi/json.js";
import { at, refuse } from "../../openapi/refuse.js";
import type { Resolver } from "../../openapi/resolver.js";

/** How a request carries the API key. */
export interface Auth {
  /** The name of the security scheme. */
  readonly scheme: string;
  /** The header's name, in lower case. */
  readonly header: string;
  /** What stands before the key in that header. */
  readonly prefix: string;
}

/** Headers that have another use, of which fetch or the facade takes care. */
const takenHeaders =
  /^(accept|connection|content-.*|cookie|expect|host|keep-alive|proxy-.*|sec-.*|te|trailer|transfer-encoding|upgrade)$/;

/** Reads how the document wants its requests authorised, and refuses what the facade cannot do. */
export function readAuth(document: JsonObject, resolver: Resolver): Auth {
  const { components } = document;
  const schemes = (isObject(components) && components.securitySchemes) || {};
  const place = at(undefined, "security");
  // Where the document itself requires nothing, the only scheme that it declares is meant.
  const security = document.security ?? [schemes];
  if (!Array.isArray(security)) refuse(place, "expected a list");
  const names = security.map(soleScheme).filter((name) => name !== undefined);
  if (names.length === 0 && (document.security ?? null) === null) {
    refuse(undefined, "has no security: it must name the scheme that carries the API key");
  }
  const reasons: string[] = [];
  for (const name of names) {
    const scheme = resolver.follow(isObject(schemes) ? own(schemes, name) : undefined);
    if (scheme === undefined) {
      refuse(place, `names "${name}", which components/securitySchemes does not have`);
    }
    const carrier = carrierOf(scheme);
    if (typeof carrier !== "string") return { scheme: name, ...carrier };
    reasons.push(`"${name}" is ${carrier}`);
  }
  const needs = "needs one scheme that is an http bearer token or an API key in a header";
  refuse(place, [needs, ...reasons].join("; "));
}

/** The scheme of a security requirement that needs that one and no other. */
function soleScheme(requirement: Json): string | undefined {
  const names = entries(requirement).map(([name]) => name);
  return names.length === 1 ? names[0] : undefined;
}

/** The header that carries a scheme's key, or what the scheme is instead. */
function carrierOf(scheme: Json): Omit<Auth, "scheme"> | string {
  if (!isObject(scheme)) return "no security scheme";
  const { type, scheme: httpScheme, in: place, name } = scheme;
  if (type === "http") {
    const isBearer = typeof httpScheme === "string" && httpScheme.toLowerCase() === "bearer";
    return isBearer
      ? { header: "authorization", prefix: "Bearer " }
      : `http ${JSON.stringify(httpScheme)}`;
  }
  if (type !== "apiKey") return `of type ${JSON.stringify(type)}`;
  if (place !== "header") return `an API key in ${JSON.stringify(place)}`;
  const header = typeof name === "string" ? name.toLowerCase() : "";
  if (!/^[!#$%&'*+.^_`|~\da-z-]+$/.test(header) || takenHeaders.test(header)) {
    return `an API key in the header ${JSON.stringify(name)}, which cannot carry it`;
  }
  return { header, prefix: "" };
}

/** Whether an operation is authorised as the document says, by its own word or without one. */
export function usesAuth(operation: JsonObject, auth: Auth): boolean {
  const { security } = operation;
  if (security === undefined || security === null) return true;
  return items(security).some((requirement) => soleScheme(requirement) === auth.scheme);
}
