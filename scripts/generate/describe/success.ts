import { entries, isObject, type JsonObject } from "../../openapi/json.js";
import type { Resolver } from "../../openapi/resolver.js";
import type { Operation } from "../read/operations.js";
import { allKinds, type Kind, type KindsOf } from "./kinds.js";
import { jsonContents } from "./media-types.js";
import { Unsupported } from "./unsupported.js";

/** What an operation gives where it succeeds. */
export interface SuccessDescription {
  /** The media types to accept. */
  readonly mediaTypes: readonly string[];
  readonly kinds: readonly Kind[];
  /** True where a success may have no content. */
  readonly empty: boolean;
  /** The responses, and the keys of their contents, under which the types have the result. */
  readonly contents: readonly { readonly status: string; readonly key: string }[];
}

/** Describes all successes of an operation as one: they are told apart by what arrives. */
export function describeSuccess(
  operation: Operation,
  resolver: Resolver,
  kindsOf: KindsOf,
): SuccessDescription {
  const responses = successesOf(operation, resolver);
  if (responses.length === 0) throw new Unsupported("it promises no success (2xx)");
  if (operation.method === "HEAD") return { mediaTypes: [], kinds: [], empty: true, contents: [] };
  const mediaTypes = new Set<string>();
  const kinds = new Set<Kind>();
  const contents: { status: string; key: string }[] = [];
  let empty = false;
  for (const [status, response] of responses) {
    const found = jsonContents(response.content);
    if (found.length === 0 && entries(response.content).length > 0) {
      throw new Unsupported("its success is not JSON");
    }
    empty ||= found.length === 0;
    for (const { key, mediaType, schema } of found) {
      contents.push({ status, key });
      mediaTypes.add(mediaType);
      for (const kind of kindsOf(schema)) kinds.add(kind);
    }
  }
  const ordered = allKinds.filter((kind) => kinds.has(kind));
  return { mediaTypes: [...mediaTypes], kinds: ordered, empty, contents };
}

/** The 2xx responses of an operation by status, or where there are none, what it says of all others. */
export function successesOf(operation: Operation, resolver: Resolver): [string, JsonObject][] {
  const responses = entries(operation.node.responses);
  const successes = responses.filter(([status]) => /^2(\d\d|XX)$/i.test(status));
  const chosen =
    successes.length > 0 ? successes : responses.filter(([status]) => status === "default");
  return chosen.flatMap(([status, node]) => {
    const response = resolver.follow(node);
    return isObject(response) ? [[status, response]] : [];
  });
}
