import { isObject, type Json } from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";
import type { Operation } from "../read/operations.js";
import type { Kind, KindsOf } from "./kinds.js";
import { type JsonContent, jsonContents, preferredContent } from "./media-types.js";
import { Unsupported } from "./unsupported.js";

/** What an operation sends. */
export interface BodyDescription {
  readonly mediaType: string;
  readonly kinds: readonly Kind[];
  readonly required: boolean;
  /** The key under which the types have it. */
  readonly key: string;
  readonly schema: Json | undefined;
}

/** Describes the JSON that an operation sends; undefined where it sends nothing. */
export function describeBody(
  operation: Operation,
  resolver: Resolver,
  kindsOf: KindsOf,
): BodyDescription | undefined {
  const body = resolver.follow(operation.node.requestBody);
  if (!isObject(body)) return undefined;
  const content = requestContent(operation, resolver);
  if (content === undefined) throw new Unsupported("its request body is not JSON");
  if (operation.method === "GET" || operation.method === "HEAD") {
    throw new Unsupported(`fetch sends no body with ${operation.method}`);
  }
  const { key, mediaType, schema } = content;
  return { mediaType, kinds: kindsOf(schema), required: body.required === true, key, schema };
}

/** The JSON that an operation sends, of the media types that it could. */
export function requestContent(operation: Operation, resolver: Resolver): JsonContent | undefined {
  const body = resolver.follow(operation.node.requestBody);
  return isObject(body) ? preferredContent(jsonContents(body.content)) : undefined;
}
