import { type NodeType, one, type Under, under } from "./grammar.js";
import { isObject, type Json, type JsonObject, own } from "./json.js";
import { pointerTo } from "./refuse.js";

/** What a `$ref` stands for, and what kind of node is kept at that place. */
export interface Target {
  readonly node: Json;
  readonly type: NodeType;
}

export interface Resolver {
  /** What an internal `$ref` points at; undefined where that is nothing, or data. */
  readonly target: (ref: string) => Target | undefined;
  /** The schema that a discriminator's mapping means: by its name or like a `$ref`. */
  readonly schema: (to: string) => Json | undefined;
  /** The node itself, or what its `$ref` stands for, through as many as there are. */
  readonly follow: (node: Json | undefined) => Json | undefined;
}

/** Resolves the `$ref`s of one document, each distinct one once. */
export function createResolver(document: JsonObject): Resolver {
  const known = new Map<string, Target | undefined>();

  function target(ref: string): Target | undefined {
    if (!known.has(ref)) known.set(ref, find(document, ref));
    return known.get(ref);
  }

  function follow(node: Json | undefined): Json | undefined {
    if (!isObject(node) || typeof node.$ref !== "string") return node;
    const seen = new Set<Json>();
    let here: Json | undefined = node;
    while (isObject(here) && typeof here.$ref === "string") {
      // One that leads back to itself stands for nothing.
      if (seen.has(here)) return undefined;
      seen.add(here);
      here = target(here.$ref)?.node;
    }
    return here;
  }

  function schema(to: string): Json | undefined {
    const found = target(refTo(["components", "schemas", to])) ?? target(to);
    return found?.type === "schema" ? follow(found.node) : undefined;
  }

  return { target, schema, follow };
}

/** The keys in a JSON pointer as a `$ref` writes it (`#/a/b`); undefined where it is none. */
export function keysOfRef(ref: string): string[] | undefined {
  if (!ref.startsWith("#/")) return undefined;
  try {
    return ref
      .slice(2)
      .split("/")
      .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"));
  } catch {
    return undefined;
  }
}

/** A `$ref` to the node that these keys lead to, in the spelling that every reader decodes alike. */
export function refTo(keys: readonly string[]): string {
  return `#${pointerTo(keys).slice(1).replace(/[%#]/g, encodeURIComponent)}`;
}

function find(document: JsonObject, ref: string): Target | undefined {
  const keys = keysOfRef(ref);
  if (keys === undefined) return undefined;
  let value: Json | undefined = document;
  // What the value is: a node, or a list or map of nodes, of a type.
  let { holds, type }: Pick<Under, "holds" | "type"> = { holds: "node", type: "document" };
  for (const key of keys) {
    if (Array.isArray(value)) {
      value = /^(0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
      holds = "node";
      continue;
    }
    const child: Under | undefined = holds === "map" ? one(type) : under(type, key);
    if (!isObject(value) || child === undefined) return undefined;
    value = own(value, key);
    holds = Array.isArray(value) ? "list" : child.holds;
    type = child.type;
  }
  if (holds !== "node" || value === undefined || value === null) return undefined;
  return { node: value, type };
}
