import { STATUS_CODES } from "node:http";
import type { components, operations } from "../../../generated/paths.js";
import { auth } from "../../../generated/spec.js";
import { json, type Answer } from "./answers.js";
import type { Arrived, Checked } from "./contract.js";

type Credential = Record<string, unknown>;

/** A connection as the gateway keeps it. */
export interface StoredConnection {
  id: string;
  projectId: string;
  name: string;
  type: string;
  credential: Credential;
  /** Given back where it is set, as for a connection of an OAuth type. */
  url?: string;
}

export interface ApiKey {
  key: string;
  /** The projects of a Project API key; a Partner API key has none and reaches them all. */
  projects?: readonly string[];
}

/** What an answer depends on beside the request. */
export interface Knowledge {
  apiKeys: readonly ApiKey[];
  connections: ReadonlyMap<string, StoredConnection>;
  /** Whether the third party lets this credential in. */
  validCredential: (type: string, credential: Credential) => boolean;
}

export interface Decision {
  answer: Answer;
  /** What the connection becomes, where the request is granted. */
  update?: StoredConnection;
}

/** What the live service would do with a request. Changes nothing. */
export function decide(request: Arrived, checked: Checked, known: Knowledge): Decision {
  const path = request.url.split("?", 1)[0] ?? "";
  const key = findKey(request, known.apiKeys);
  if (key === undefined) {
    // How the live service words a 401 or 403 is not known: these have the form of its other errors.
    const message = `invalid api key ${request.headers[auth.header] ?? ""}`;
    return { answer: json(401, { error: "UNAUTHORIZED", errorCode: "au001", message }) };
  }
  if (checked.operationId === undefined) {
    return { answer: frameworkError(404, path, "No message available") };
  }
  if (checked.problems.length > 0) {
    const message = `${checked.problems.join("; ")} in ${request.body}`;
    return { answer: frameworkError(400, path, message) };
  }
  if (checked.operationId !== ("updateConnection" satisfies keyof operations)) {
    return { answer: frameworkError(501, path, "the embedded gateway does not imitate this") };
  }
  return updateConnection(request, checked.params, key, known);
}

function updateConnection(
  request: Arrived,
  params: Checked["params"],
  key: ApiKey,
  known: Knowledge,
): Decision {
  const { projectId, connectionId } =
    params as operations["updateConnection"]["parameters"]["path"];
  if (key.projects?.includes(projectId) === false) {
    const message = `the api key has no access to project ${projectId}`;
    return { answer: json(403, { error: "FORBIDDEN", errorCode: "au002", message }) };
  }
  const body = JSON.parse(request.body) as components["schemas"]["ConnectionRequest"];
  const { credential } = body;
  // The spec lets it be absent; the live service does not.
  if (credential === undefined) {
    const message = `JSON schema validation failed: credential is required in ${request.body}`;
    return { answer: frameworkError(400, request.url, message) };
  }
  const old = known.connections.get(connectionId);
  if (old?.projectId !== projectId) {
    const said = { error: "INVALID_CONNECTION_ID", errorCode: "cn004" };
    return { answer: json(400, { ...said, message: "invalid connection id" }) };
  }
  const update = { ...old, name: body.name ?? old.name, type: body.type ?? old.type, credential };
  if (!known.validCredential(update.type, credential)) {
    const message = `login to ${update.type} failed with ${quote(credential)}`;
    return { answer: json(400, { error: "INVALID_CREDENTIALS", errorCode: "cn012", message }) };
  }
  const { id, name, type, url } = update;
  return { answer: json(200, { id, name, type, url }), update };
}

/** An error that the framework raises before the application sees the request: `error` is a phrase. */
function frameworkError(status: number, path: string, message: string): Answer {
  const timestamp = new Date().toISOString();
  return json(status, { timestamp, status, error: STATUS_CODES[status], message, path });
}

function findKey({ headers }: Arrived, apiKeys: readonly ApiKey[]): ApiKey | undefined {
  return apiKeys.find(({ key }) => headers[auth.header] === auth.prefix + key);
}

/** The values of a credential, as a third party's own error quotes them. */
function quote(credential: Credential): string {
  return Object.values(credential)
    .map((value) => (typeof value === "string" ? `"${value}"` : JSON.stringify(value)))
    .join(", ");
}
