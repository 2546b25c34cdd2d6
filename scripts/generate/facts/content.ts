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
  const found = responses.map(([status, { content }]) => {
    const contents = jsonContents(content).map((json) => ({ status, ...json }));
    if (contents.length === 0 && entries(content).length > 0) leaveOut("its success is not JSON");
    return contents;
  });
  const contents = found.flat();
  const kinds = new Set(contents.flatMap(({ node }) => kindsOf(node.schema)));
  return {
    mediaTypes: [...new Set(contents.map(({ mediaType }) => mediaType))],
    kinds: allKinds.filter((kind) => kinds.has(kind)),
    empty: found.some((ofOne) => ofOne.length === 0),
    contents,
  };
}

/** Collects the examples of one operation's parameters, request and successful responses. */
export function examplesOf(operation: Operation, resolver: Resolver): JsonObject {
  const parameters: JsonObject = {};
  for (const parameter of operation.parameters) {
    if (parameter.in !== "path" && parameter.in !== "query") continue;
    const [example] = examplesIn(parameter, resolver);
    if (example !== undefined) put(parameters, text(parameter.name) ?? "", example[1]);
  }
  const sent = operation.body && requestContent(operation.body);
  const received = successesOf(operation).flatMap(([, { content }]) => jsonContents(content));
  const requests = named(examplesIn(sent?.node, resolver));
  const responses = named(received.flatMap(({ node }) => examplesIn(node, resolver)));
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

/** Examples under their names; where a name is taken, under the next free one. */
function named(list: readonly [string, Json][]): JsonObject {
  const examples: JsonObject = {};
  for (const [name, value] of list) {
    let free = name;
    for (let count = 2; Object.hasOwn(examples, free); count += 1) free = `${name} ${count}`;
    put(examples, free, value);
  }
  return examples;
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
