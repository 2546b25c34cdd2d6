import {
  entries,
  isObject,
  type Json,
  type JsonObject,
  own,
  put,
  text,
} from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";
import type { Operation } from "../read/operations.js";
import { allKinds, type Kind, type KindsOf } from "./kinds.js";
import { leaveOut } from "./unsupported.js";

/** JSON as one entry of a `content` offers it. */
interface JsonContent {
  /** The entry's key. */
  readonly key: string;
  /** The media type to send or accept: the key, or application/json where that is a wildcard. */
  readonly mediaType: string;
  /** The Media Type Object. */
  readonly node: JsonObject;
}

/** What an operation sends. */
export interface BodyFacts {
  readonly mediaType: string;
  readonly kinds: readonly Kind[];
  readonly required: boolean;
  /** The key under which the types have it. */
  readonly key: string;
  readonly schema: Json | undefined;
}

/** What an operation gives where it succeeds. */
export interface SuccessFacts {
  /** The media types to accept. */
  readonly mediaTypes: readonly string[];
  readonly kinds: readonly Kind[];
  /** True where a success may have no content. */
  readonly empty: boolean;
  /** The responses, and the keys of their contents, under which the types have the result. */
  readonly contents: readonly { readonly status: string; readonly key: string }[];
}

/** The JSON that an operation sends; undefined where it sends nothing. */
export function bodyFacts({ method, body }: Operation, kindsOf: KindsOf): BodyFacts | undefined {
  if (body === undefined) return undefined;
  const content = requestContent(body);
  if (content === undefined) leaveOut("its request body is not JSON");
  if (method === "GET" || method === "HEAD") leaveOut(`fetch sends no body with ${method}`);
  const { key, mediaType, node } = content;
  const { schema } = node;
  return { mediaType, kinds: kindsOf(schema), required: body.required === true, key, schema };
}

/** All successes of an operation as one: they are told apart by what arrives. */
export function successFacts(operation: Operation, kindsOf: KindsOf): SuccessFacts {
  const responses = successesOf(operation);
  if (responses.length === 0) leaveOut("it promises no success (2xx)");
  if (operation.method === "HEAD") return { mediaTypes: [], kinds: [], empty: true, contents: [] };
  const mediaTypes = new Set<string>();
  const kinds = new Set<Kind>();
  const contents: { status: string; key: string }[] = [];
  let empty = false;
  for (const [status, response] of responses) {
    const found = jsonContents(response.content);
    if (found.length === 0 && entries(response.content).length > 0)
      leaveOut("its success is not JSON");
    empty ||= found.length === 0;
    for (const { key, mediaType, node } of found) {
      contents.push({ status, key });
      mediaTypes.add(mediaType);
      for (const kind of kindsOf(node.schema)) kinds.add(kind);
    }
  }
  const ordered = allKinds.filter((kind) => kinds.has(kind));
  return { mediaTypes: [...mediaTypes], kinds: ordered, empty, contents };
}

/** Collects the examples of one operation's parameters, request and successful responses. */
export function examplesOf(operation: Operation, resolver: Resolver): JsonObject {
  const parameters: JsonObject = {};
  for (const parameter of operation.parameters) {
    if (parameter.in !== "path" && parameter.in !== "query") continue;
    const [example] = examplesIn(parameter, resolver);
    if (example !== undefined) put(parameters, text(parameter.name) ?? "", example[1]);
  }
  const requests: JsonObject = {};
  const sent = operation.body && requestContent(operation.body);
  add(requests, examplesIn(sent?.node, resolver));
  const responses: JsonObject = {};
  for (const [, response] of successesOf(operation)) {
    for (const { node } of jsonContents(response.content)) {
      add(responses, examplesIn(node, resolver));
    }
  }
  return { parameters, requests, responses };
}

/** The examples of a parameter or a media type by name; the one without a name is "example". */
function examplesIn(node: JsonObject | undefined, resolver: Resolver): [string, Json][] {
  const found: [string, Json][] = [];
  if (node?.example !== undefined) found.push(["example", node.example]);
  for (const [name, inner] of entries(node?.examples)) {
    const example = resolver.follow(inner);
    const value = isObject(example) ? own(example, "value") : undefined;
    if (value !== undefined) found.push([name, value]);
  }
  return found;
}

/** Adds examples under their names; where a name is taken, under the next free one. */
function add(examples: JsonObject, more: readonly [string, Json][]): void {
  for (const [name, value] of more) {
    let free = name;
    for (let count = 2; Object.hasOwn(examples, free); count += 1) free = `${name} ${count}`;
    put(examples, free, value);
  }
}

/** The JSON to send, of several media types: application/json itself before its relatives. */
function requestContent({ content }: JsonObject): JsonContent | undefined {
  const contents = jsonContents(content);
  return contents.find(({ mediaType }) => essence(mediaType) === "application/json") ?? contents[0];
}

/** The 2xx responses of an operation by status, or where there are none, what it says of all others. */
function successesOf({ responses }: Operation): Operation["responses"] {
  const successes = responses.filter(([status]) => /^2(\d\d|XX)$/i.test(status));
  return successes.length > 0 ? successes : responses.filter(([status]) => status === "default");
}

/** The entries of a `content` that are JSON, in order; a wildcard is one where nothing names JSON. */
function jsonContents(content: Json | undefined): JsonContent[] {
  const named = entries(content).filter(([key]) => isJson(key));
  const chosen = named.length > 0 ? named : entries(content).filter(([key]) => isWildcard(key));
  return chosen.map(([key, node]) => {
    const mediaType = isWildcard(key) ? "application/json" : key.trim();
    return { key, mediaType, node: isObject(node) ? node : {} };
  });
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
