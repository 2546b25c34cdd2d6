import type { Auth } from "./auth.js";
import { usesAuth } from "./auth.js";
import { entries, isObject, items, type Json, type JsonObject } from "./json.js";
import { allKinds, createKindsOf, type Kind, type KindsOf } from "./kinds.js";
import { type JsonContent, jsonContents, preferredContent } from "./media-types.js";
import type { Operation } from "./operations.js";
import { describeParameters, type ParameterDescription } from "./parameters.js";
import type { Resolver } from "./resolver.js";
import { createSecretsOf, type SecretsOf } from "./secrets.js";
import { Unsupported } from "./unsupported.js";

/** What the facade needs to know of one operation to carry it. */
export interface Description {
  readonly method: string;
  readonly path: string;
  readonly parameters: ReadonlyMap<string, ParameterDescription>;
  readonly body:
    | {
        readonly mediaType: string;
        readonly kinds: readonly Kind[];
        readonly required: boolean;
        /** The key under which the types have it. */
        readonly key: string;
      }
    | undefined;
  readonly success: {
    readonly mediaTypes: readonly string[];
    readonly kinds: readonly Kind[];
    readonly empty: boolean;
    /** The responses and their keys under which the types have them. */
    readonly keys: readonly (readonly [status: string, key: string])[];
  };
  readonly secrets: readonly string[];
}

/** The operations that the facade can carry, and a line on each that it cannot. */
export interface Described {
  readonly operations: ReadonlyMap<string, Description>;
  readonly leftOut: readonly string[];
}

export function describe(
  document: JsonObject,
  list: readonly Operation[],
  auth: Auth,
  resolver: Resolver,
): Described {
  const operations = new Map<string, Description>();
  const leftOut: string[] = [];
  const kindsOf = createKindsOf(resolver);
  const secretsOf = createSecretsOf(resolver);
  for (const operation of list) {
    try {
      checkOperation(document, operation, auth);
      operations.set(operation.id, {
        method: operation.method,
        path: operation.path,
        parameters: describeParameters(operation, auth, kindsOf),
        ...describeBody(operation, resolver, kindsOf, secretsOf),
        success: describeSuccess(operation, resolver, kindsOf),
      });
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      leftOut.push(`${operation.id} is typed but cannot be called: ${error.message}`);
    }
  }
  return { operations, leftOut };
}

/** What rules an operation out before its parts are looked at. */
function checkOperation(document: JsonObject, operation: Operation, auth: Auth): void {
  if (operation.method === "TRACE") throw new Unsupported("fetch does not send TRACE");
  if (!usesAuth(operation.node, auth)) throw new Unsupported("its security is not the document's");
  if (operation.servers !== undefined && operation.servers !== null) {
    const urls = (servers: Json | undefined): string =>
      JSON.stringify(items(servers).map((server) => (isObject(server) ? server.url : server)));
    if (urls(operation.servers) !== urls(document.servers)) {
      throw new Unsupported("its servers are not the document's");
    }
  }
}

function describeBody(
  operation: Operation,
  resolver: Resolver,
  kindsOf: KindsOf,
  secretsOf: SecretsOf,
): Pick<Description, "body" | "secrets"> {
  const body = resolver.follow(operation.node.requestBody);
  if (!isObject(body)) return { body: undefined, secrets: [] };
  const content = preferredContent(jsonContents(body.content));
  if (content === undefined) throw new Unsupported("its request body is not JSON");
  if (operation.method === "GET" || operation.method === "HEAD") {
    throw new Unsupported(`fetch sends no body with ${operation.method}`);
  }
  const { key, mediaType, schema } = content;
  const required = body.required === true;
  return { body: { mediaType, kinds: kindsOf(schema), required, key }, secrets: secretsOf(schema) };
}

function describeSuccess(
  operation: Operation,
  resolver: Resolver,
  kindsOf: KindsOf,
): Description["success"] {
  const mediaTypes = new Set<string>();
  const kinds = new Set<Kind>();
  const keys: [string, string][] = [];
  let empty = operation.method === "HEAD";
  const responses = successesOf(operation, resolver);
  if (responses.length === 0) throw new Unsupported("it promises no success (2xx)");
  for (const [status, response] of operation.method === "HEAD" ? [] : responses) {
    const contents = jsonContents(response.content);
    if (contents.length === 0 && entries(response.content).length > 0) {
      throw new Unsupported("its success is not JSON");
    }
    empty ||= contents.length === 0;
    for (const { key, mediaType, schema } of contents) {
      keys.push([status, key]);
      mediaTypes.add(mediaType);
      for (const kind of kindsOf(schema)) kinds.add(kind);
    }
  }
  return {
    mediaTypes: [...mediaTypes],
    kinds: allKinds.filter((kind) => kinds.has(kind)),
    empty,
    keys,
  };
}

/** The 2xx responses of an operation by status, or where there are none, what it says of all others. */
export function successesOf(operation: Operation, resolver: Resolver): [string, JsonObject][] {
  const responses = entries(operation.node.responses);
  const successes = responses.filter(([status]) => /^2(\d\d|XX)$/i.test(status));
  const chosen =
    successes.length > 0 ? successes : responses.filter(([name]) => name === "default");
  return chosen.flatMap(([status, node]) => {
    const response = resolver.follow(node);
    return isObject(response) ? [[status, response]] : [];
  });
}

/** The JSON that an operation sends, of the media types that it could. */
export function requestContent(operation: Operation, resolver: Resolver): JsonContent | undefined {
  const body = resolver.follow(operation.node.requestBody);
  return isObject(body) ? preferredContent(jsonContents(body.content)) : undefined;
}
