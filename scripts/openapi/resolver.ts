import { type NodeType, type Under, under } from "./grammar.js";
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
    let here = node;
    while (isObject(here) && typeof here.$ref === "string") here = target(here.$ref)?.node;
    return here;
  }

  return { target, follow };
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

/** A value on the way from the root: a node, or a list or map of nodes, of a type. */
type Position = Pick<Under, "holds" | "type"> & { readonly value: Json | undefined };

function find(document: JsonObject, ref: string): Target | undefined {
  const keys = keysOfRef(ref);
  if (keys === undefined) return undefined;
  let here: Position | undefined = { holds: "node", type: "document", value: document };
  for (const key of keys) here = here && step(here, key);
  if (here?.holds !== "node" || here.value === undefined || here.value === null) return undefined;
  return { node: here.value, type: here.type };
}

function step({ holds, type, value }: Position, key: string): Position | undefined {
  if (Array.isArray(value)) {
    const item = /^(0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
    return { holds: "node", type, value: item };
  }
  if (!isObject(value)) return undefined;
  const inner = own(value, key);
  if (holds === "map") return { holds: "node", type, value: inner };
  const child = under(type, key);
  if (child === undefined) return undefined;
  return { holds: Array.isArray(inner) ? "list" : child.holds, type: child.type, value: inner };
}
