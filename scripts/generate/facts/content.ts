import { entries, isObject, type Json, type JsonObject, own, text } from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";
import type { Operation } from "../read/operations.js";
import { allKinds, type KindsOf } from "./kinds.js";
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

/** The JSON that an operation sends, and its key in the types; undefined where it sends nothing. */
export function bodyFacts({ method, body }: Operation, kindsOf: KindsOf) {
  if (body === undefined) return undefined;
  const content = requestContent(body);
  if (content === undefined) leaveOut("its request body is not JSON");
  if (method === "GET" || method === "HEAD") leaveOut(`fetch sends no body with ${method}`);
  const { key, mediaType, node } = content;
  const facts = { mediaType, kinds: kindsOf(node.schema), required: body.required === true };
  return { facts, key, schema: node.schema };
}

/**
 * All successes of an operation as one, since what arrives tells which it is, and the statuses and
 * keys under which the types have the results.
 */
export function successFacts(operation: Operation, kindsOf: KindsOf) {
  const responses = successesOf(operation);
  if (responses.length === 0) leaveOut("it promises no success (2xx)");
  const isHead = operation.method === "HEAD";
  const found = responses.map(([status, { content }]) => {
    const contents = jsonContents(isHead ? undefined : content).map((json) => ({
      status,
      ...json,
    }));
    const isOther = !isHead && contents.length === 0 && entries(content).length > 0;
    if (isOther) leaveOut("its success is not JSON");
    return contents;
  });
  const contents = found.flat();
  const kinds = new Set(contents.flatMap(({ node }) => kindsOf(node.schema)));
  const facts = {
    mediaTypes: [...new Set(contents.map(({ mediaType }) => mediaType))],
    kinds: allKinds.filter((kind) => kinds.has(kind)),
    empty: found.some((ofOne) => ofOne.length === 0),
  };
  return { facts, contents };
}

/** Collects the examples of one operation's parameters, request and successful responses. */
export function examplesOf(operation: Operation, resolver: Resolver): JsonObject {
  const parameters = operation.parameters
    .filter(({ in: where }) => where === "path" || where === "query")
    .flatMap((parameter) => {
      const [example] = examplesIn(parameter, resolver);
      return example === undefined ? [] : [[text(parameter.name) ?? "", example[1]] as const];
    });
  const sent = operation.body && requestContent(operation.body);
  const received = successesOf(operation).flatMap(([, { content }]) => jsonContents(content));
  const requests = named(examplesIn(sent?.node, resolver));
  const responses = named(received.flatMap(({ node }) => examplesIn(node, resolver)));
  return { parameters: Object.fromEntries(parameters), requests, responses };
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
  const examples = new Map<string, Json>();
  for (const [name, value] of list) {
    let free = name;
    for (let count = 2; examples.has(free); count += 1) free = `${name} ${count}`;
    examples.set(free, value);
  }
  return Object.fromEntries(examples);
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
