import type { TestConnection, TestGatewayOptions } from "./options.js";

interface Input extends Readonly<Record<"projectId" | "connectionId", string>> {
  readonly body: Partial<TestConnection>;
}

/** Answers operations on connections as the live service was seen to. */
export function answerConnections(
  connections: Map<string, TestConnection>,
  { acceptsCredential = () => true }: TestGatewayOptions,
): Record<string, (input: Input) => unknown> {
  const all = (projectId: string) =>
    [...connections.values()].filter((one) => one.projectId === projectId);
  const find = ({ projectId, connectionId }: Input) =>
    all(projectId).find(({ id }) => id === connectionId);

  return {
    listConnections: ({ projectId }) => all(projectId).map(show),
    getConnection: (input) => show(find(input)),
    async updateConnection(input) {
      const old = find(input);
      const { name = old?.name, type = old?.type, credential } = input.body;
      // The spec lets it be absent; the live service does not.
      if (!(credential instanceof Object)) {
        return frameworkError(400, "Bad Request", `no credential in ${JSON.stringify(input.body)}`);
      }
      if (!old) return show(old);
      const update = { ...old, name, type, credential } as TestConnection;
      if (await acceptsCredential(credential, update)) {
        connections.set(old.id, update);
        return show(update);
      }
      const message = `login to ${type} failed with ${JSON.stringify(credential)}`;
      return respond(400, { error: "INVALID_CREDENTIALS", errorCode: "cn012", message });
    },
  };
}

function show(connection: TestConnection | undefined) {
  const said = { error: "INVALID_CONNECTION_ID", errorCode: "cn004" };
  if (!connection) return respond(400, { ...said, message: "invalid connection id" });
  const { id, name, type, url } = connection;
  return { id, name, type, url };
}

/** An answer with no body, with text as it is, or with anything else as JSON. */
export function respond(status: number, body?: unknown, headers: object = {}): Response {
  const isJson = typeof body !== "string" && body !== undefined;
  const text = isJson ? JSON.stringify(body) : body;
  // Of a text, `Response` would make up a media type.
  const bytes = text === undefined ? null : new TextEncoder().encode(text);
  const type = isJson && { "content-type": "application/json" };
  return new Response(bytes, { status, headers: { ...type, ...headers } });
}

/** An error of the framework, which the application never sees: `error` is a phrase, not a code. */
export function frameworkError(status: number, error: string, message: string): Response {
  return respond(status, { timestamp: new Date(), status, error, message, path: "/api" });
}
