import { entries, isObject, type Json } from "../../openapi/json.js";

/** JSON as one entry of a `content` offers it. */
export interface JsonContent {
  /** The entry's key. */
  readonly key: string;
  /** The media type to send or accept: the key, or application/json where that is a wildcard. */
  readonly mediaType: string;
  readonly schema: Json | undefined;
  readonly example: Json | undefined;
  readonly examples: Json | undefined;
}

/** The entries of a `content` that are JSON, in order; a wildcard is one where nothing names JSON. */
export function jsonContents(content: Json | undefined): JsonContent[] {
  const named = entries(content).filter(([key]) => isJson(key));
  const chosen = named.length > 0 ? named : entries(content).filter(([key]) => isWildcard(key));
  return chosen.map(([key, node]) => {
    const { schema, example, examples } = isObject(node) ? node : {};
    const mediaType = isWildcard(key) ? "application/json" : key.trim();
    return { key, mediaType, schema, example, examples };
  });
}

/** The JSON to send, of several: application/json itself before its relatives. */
export function preferredContent(contents: readonly JsonContent[]): JsonContent | undefined {
  return contents.find(({ mediaType }) => essence(mediaType) === "application/json") ?? contents[0];
}

function isJson(mediaType: string): boolean {
  return /^[\w.!#$&^+-]+\/(json|[\w.!#$&^+-]+\+json)$/.test(essence(mediaType));
}

function isWildcard(mediaType: string): boolean {
  return /^(\*|application)\/(\*|\*\+json)$/.test(essence(mediaType));
}

/** A media type without its parameters. */
function essence(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}
