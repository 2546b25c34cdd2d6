import { type NodeType, under } from "./grammar.js";
import { isObject, type Json, type JsonObject, own } from "./json.js";

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
  return `#/${keys
    .map((key) =>
      key.replaceAll("~", "~0").replaceAll("/", "~1").replace(/[%#]/g, encodeURIComponent),
    )
    .join("/")}`;
}

function find(document: JsonObject, ref: string): Target | undefined {
  let node: Json | undefined = document;
  let type: NodeType | undefined = "document";
  /** The type of the nodes in the list or map that we are in. */
  let inside: NodeType | undefined;
  for (const key of keysOfRef(ref) ?? [""]) {
    if (Array.isArray(node)) node = /^(0|[1-9]\d*)$/.test(key) ? node[Number(key)] : undefined;
    else node = isObject(node) ? own(node, key) : undefined;
    if (inside !== undefined) {
      type = inside;
      inside = undefined;
      continue;
    }
    const child: ReturnType<typeof under> = type === undefined ? undefined : under(type, key);
    type = child?.holds === "node" && !Array.isArray(node) ? child.type : undefined;
    if (child !== undefined && type === undefined) inside = child.type;
  }
  return node === undefined || node === null || type === undefined ? undefined : { node, type };
}
