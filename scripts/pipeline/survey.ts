import type { Place } from "./fail.js";
import type { NodeType } from "./grammar.js";
import { entries, isObject, type Json, type JsonObject } from "./json.js";
import { checkReferences } from "./references.js";
import type { Resolver } from "./resolver.js";
import { walk } from "./walk.js";

/** What one walk through a document finds out for the steps after it. */
export interface Survey {
  /** The schemas that a `$ref` points at. */
  readonly referred: ReadonlySet<JsonObject>;
  /** The schemas of what is sent, and of what is received. */
  readonly sent: ReadonlySet<Json>;
  readonly received: ReadonlySet<Json>;
}

/** Walks through the whole document once, and refuses what has not its shape or points out of it. */
export function survey(document: JsonObject, resolver: Resolver): Survey {
  const referred = new Set<JsonObject>();
  const sent = new Set<Json>();
  const received = new Set<Json>();

  function visit(node: JsonObject, type: NodeType, place: Place | undefined): void {
    checkReferences(node, type, place, resolver);
    if (type === "schema" && typeof node.$ref === "string") {
      const target = resolver.target(node.$ref)?.node;
      if (isObject(target)) referred.add(target);
    } else if (type === "requestBody" || type === "response") {
      for (const [, content] of entries(node.content)) {
        if (!isObject(content)) continue;
        (type === "requestBody" ? sent : received).add(content.schema ?? {});
      }
    }
  }

  walk(document, visit);
  return { referred, sent, received };
}
