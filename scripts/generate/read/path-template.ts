import { type Place, refuse } from "../../openapi/refuse.js";

const placeholder = /\{([^{}]*)\}/g;

/** The names in the braces of a path template, in order. */
export function placeholdersOf(path: string): string[] {
  return [...path.matchAll(placeholder)].map((match) => match[1] ?? "");
}

/**
 * Refuses a path that is not sent as it is written: what a URL parser would read otherwise, such as
 * `?` or `..`, would take a request to another place than the one that the spec names.
 */
export function checkTemplate(path: string, place: Place): void {
  if (!path.startsWith("/")) refuse(place, "is a path that does not start with /");
  const filled = `https://host${path.replace(placeholder, "x")}`;
  if (/[{}]/.test(filled)) refuse(place, "is a path with a brace that has no partner");
  if (path.includes("//")) refuse(place, "is a path with an empty segment (//)");
  const url = URL.canParse(filled) ? new URL(filled) : undefined;
  if (url?.href !== filled || url.search !== "" || url.hash !== "" || /[?#]/.test(filled)) {
    refuse(place, "is a path that a URL reads otherwise: look for ?, #, \\, . or .., and spaces");
  }
}
