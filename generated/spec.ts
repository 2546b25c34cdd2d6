// Generated from openapi/ by `npm run generate`. Do not edit.

import type { operations as Documented } from "./paths.js";

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

/** The zone of the spec's first server. */
export const defaultZone = "us" as const;

/** How a request carries the API key (security scheme bearerAuth). */
export const auth = { header: "authorization", prefix: "Bearer " } as const;

/** Every operation that the facade can carry, by operationId. */
export const operations = {
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
  getConnection: Pick<
    Documented["getConnection"]["parameters"]["path"],
    "projectId" | "connectionId"
  >;
  updateConnection: Pick<
    Documented["updateConnection"]["parameters"]["path"],
    "projectId" | "connectionId"
  > & { body: Documented["updateConnection"]["requestBody"]["content"]["application/json"] };
  listConnections: Pick<Documented["listConnections"]["parameters"]["path"], "projectId">;
  listConnectionConfig: Record<string, never>;
  getConnectionConfig: Pick<
    Documented["getConnectionConfig"]["parameters"]["path"],
    "connectionType"
  >;
}

/** What each operation resolves with. */
export interface Results {
  getConnection: Documented["getConnection"]["responses"][200]["content"]["application/json"];
  updateConnection: Documented["updateConnection"]["responses"][200]["content"]["application/json"];
  listConnections: Documented["listConnections"]["responses"][200]["content"]["application/json"];
  listConnectionConfig: Documented["listConnectionConfig"]["responses"][200]["content"]["application/json"];
  getConnectionConfig: Documented["getConnectionConfig"]["responses"][200]["content"]["application/json"];
}

/** What the examples of each operation's request look like, for the editor's completions. */
export interface RequestExamples {
  getConnection: never;
  updateConnection:
    | {
        name: "exampleHubspotConnection";
        type: "hubspot";
        credential: { clientId: unknown; clientSecret: unknown; refreshToken: unknown };
      }
    | { name: "exampleStripeConnection21"; type: "stripe"; credential: { token: unknown } }
    | {
        name: "exampleAirtableConnection";
        type: "airtable";
        credential: { personalAccessToken: unknown };
      };
  listConnections: never;
  listConnectionConfig: never;
  getConnectionConfig: never;
}
