// Generated from openapi/ by `npm run generate`. Do not edit.

import type { components, operations as Documented } from "./paths.js";

/** The document that this folder was generated from, and the digests of its files. */
export const spec = {
  title: "Peaka Gateway API",
  version: "1.0",
  sha256: "86ed611a840425cc2df7248999a8399cf76c6aba7e30c30b036261043e9faea8",
  overlay: "89b7eab9f3fc953e7648128fa092ee2a92e70f6a59e413dbfa61ec136513ca9f",
} as const;

/** The base URL of each zone, by zone name. */
export const zones = /* @__PURE__ */ Object.freeze({
  /** The base URL of this zone, as the spec's servers give it. */
  us: "https://partner.peaka.studio/api/v1",
  /** The base URL of this zone, as the spec's servers give it. */
  eu: "https://partner.eu.peaka.studio/api/v1",
} as const);

/** A zone of the API: the region in which the data lives. The spec's servers name them. */
export type Zone = keyof typeof zones;

/** The zone of the spec's first server. */
export const defaultZone = "us" as const;

/** How a request carries the API key (security scheme bearerAuth). */
export const auth = { header: "authorization", prefix: "Bearer " } as const;

/** Every operation that the facade can carry, by operationId. */
export const operations: Readonly<Record<string, Operation>> = {
  getConnection: {
    method: "GET",
    path: "/connections/{projectId}/{connectionId}",
    parameters: {
      projectId: { in: "path", required: true },
      connectionId: { in: "path", required: true },
    },
    success: { mediaTypes: ["application/json"], kinds: ["object"], empty: false },
    secrets: [],
    legible: [],
  },
  updateConnection: {
    method: "PUT",
    path: "/connections/{projectId}/{connectionId}",
    parameters: {
      projectId: { in: "path", required: true },
      connectionId: { in: "path", required: true },
    },
    body: { mediaType: "application/json", kinds: ["object"], required: true },
    success: { mediaTypes: ["application/json"], kinds: ["object"], empty: false },
    secrets: ["credential"],
    legible: ["connectionCallback", "name", "type"],
    publicProperties: { credential: ["url", "host", "port", "database", "databaseName"] },
  },
  listConnections: {
    method: "GET",
    path: "/connections/{projectId}",
    parameters: { projectId: { in: "path", required: true } },
    success: { mediaTypes: ["application/json"], kinds: ["array"], empty: false },
    secrets: [],
    legible: [],
  },
  listConnectionConfig: {
    method: "GET",
    path: "/connections/config",
    parameters: {},
    success: { mediaTypes: ["application/json"], kinds: ["array"], empty: false },
    secrets: [],
    legible: [],
  },
  getConnectionConfig: {
    method: "GET",
    path: "/connections/config/{connectionType}",
    parameters: { connectionType: { in: "path", required: true } },
    success: { mediaTypes: ["application/json"], kinds: ["object"], empty: false },
    secrets: [],
    legible: [],
  },
} as const;

/** The kinds of JSON that a schema can ask for. */
export type JsonKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/** What the facade knows of an operation at run time. */
export interface Operation {
  readonly method: string;
  /** The path template. */
  readonly path: string;
  readonly parameters: Readonly<
    Record<string, { in: "path" | "query"; required: boolean; style?: string; explode?: boolean }>
  >;
  readonly body?: { mediaType: string; kinds: readonly JsonKind[]; required: boolean };
  /** Media types to accept, kinds of JSON to expect, and whether there may be no content. */
  readonly success: { mediaTypes: readonly string[]; kinds: readonly JsonKind[]; empty: boolean };
  /** The properties of the body that hold secrets. */
  readonly secrets: readonly string[];
  /** The other properties that the body itself has: what stands in one of them is no secret. */
  readonly legible: readonly string[];
  /** By the name of a secret property of the body, the properties in it that may be public. */
  readonly publicProperties?: Readonly<Record<string, readonly string[]>>;
}

/** What each operation takes: its path and query parameters by name, beside `body`. */
export interface Inputs {
  /**
   * Get Connection
   *
   * Reads a connection: its id, name and type, and never its credential. What updateConnection does not change has to be sent again, so read the name and the type first.
   */
  getConnection: Pick<
    Documented["getConnection"]["parameters"]["path"],
    "projectId" | "connectionId"
  >;
  /**
   * Update Connection
   *
   * Updates the specified Connection. You can modify the name, credentials, or other parameters. The request body follows the same structure as the Create Connection endpoint.
   */
  updateConnection: Pick<
    Documented["updateConnection"]["parameters"]["path"],
    "projectId" | "connectionId"
  > & { body: ConnectionRequest };
  /**
   * List Connections
   *
   * Lists the connections of a project, without their credentials.
   */
  listConnections: Pick<Documented["listConnections"]["parameters"]["path"], "projectId">;
  /**
   * List Connection Config
   *
   * Lists, for every type of connection, what its credential consists of.
   */
  listConnectionConfig: Record<string, never>;
  /**
   * Get Connection Config
   *
   * Tells what the credential of one type of connection consists of.
   */
  getConnectionConfig: Pick<
    Documented["getConnectionConfig"]["parameters"]["path"],
    "connectionType"
  >;
}

/** What each operation resolves with. */
export interface Results {
  getConnection: Connection;
  updateConnection: Connection;
  listConnections: ConnectionList;
  listConnectionConfig: ConnectionConfigurationList;
  getConnectionConfig: ConnectionConfiguration;
}

/** The `operationId` of an operation. */
export type OperationId = keyof Inputs;

/** What an operation takes: its path and query parameters by name, beside `body`. */
export type OperationInput<Id extends OperationId> = Inputs[Id];

/** What an operation resolves with; `undefined` where the spec promises no content. */
export type OperationResult<Id extends OperationId> = Results[Id];

/**
 * The schema ConnectionRequest.
 *
 * Any `type` is accepted, and anything in the objects beside it that the spec allows; of
 * those that the spec gives examples of, editors complete the names. An object of an interface or a class
 * of yours has to be spread, `{ ...object }`: TypeScript gives it no index signature.
 */
export type ConnectionRequest = WithExamples<"ConnectionRequest">;

/** The schema Connection. */
export type Connection = components["schemas"]["Connection"];

/** The connections of a project */
export type ConnectionList = components["schemas"]["ConnectionList"];

/** What each type of connection asks for */
export type ConnectionConfigurationList = components["schemas"]["ConnectionConfigurationList"];

/** What a type of connection asks for */
export type ConnectionConfiguration = components["schemas"]["ConnectionConfiguration"];

/** A property of a credential */
export type ConnectionConfigurationItem = components["schemas"]["ConnectionConfigurationItem"];

type WithExamples<Name extends keyof Examples> =
  | Open<components["schemas"][Name], Examples[Name]["type"]>
  | (Open<components["schemas"][Name], Examples[Name]["type"]> & Examples[Name]);
/** A plain `string` would swallow the types of the examples, and editors complete none of them. */
type Open<Body, Type> = {
  [Key in keyof Body]: Key extends "type" ? Type | (string & {}) : Body[Key];
};

interface Examples {
  ConnectionRequest:
    | {
        type: "hubspot";
        credential?: { clientId?: unknown; clientSecret?: unknown; refreshToken?: unknown };
      }
    | { type: "stripe"; credential?: { token?: unknown } }
    | { type: "airtable"; credential?: { personalAccessToken?: unknown } };
}
