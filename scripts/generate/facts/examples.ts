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
import { jsonContents, requestContent, successesOf } from "./content.js";

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
