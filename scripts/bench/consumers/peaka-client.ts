import { createPeakaClient, isPeakaError, PeakaApiError } from "../../../src/index.js";
import type { Attempt, Connection, ConnectionRequest } from "../../../src/index.js";

// What a service does with the package. The bench checks it against our declarations and by hand ones.
const peaka = createPeakaClient({
  zone: "eu",
  apiKey: () => Promise.resolve("key"),
  timeoutMs: 30_000,
  onAttempt: log,
});
const place = { projectId: "p", connectionId: "c" };

export async function renewStripe(token: string): Promise<string | undefined> {
  const body = { name: "s", type: "stripe", credential: { token } };
  const connection = await peaka.updateConnection({ ...place, body });
  return connection.name;
}

export async function renewAirtable(personalAccessToken: string): Promise<string> {
  const connection = await peaka.updateConnection({
    ...place,
    body: { name: "a", type: "airtable", credential: { personalAccessToken } },
  });
  return `${connection.type ?? "?"} ${connection.id ?? "?"}`;
}

export async function renewHubspot(refreshToken: string, signal: AbortSignal): Promise<Connection> {
  const credential = { clientId: "i", clientSecret: "s", refreshToken };
  const body: ConnectionRequest = { name: "h", type: "hubspot", credential };
  return peaka.updateConnection({ ...place, body }, { signal, maxRetries: 0 });
}

export async function renewOther(type: string, credential: Record<string, unknown>) {
  const body = { type, credential, connectionCallback: "https://service.example/done" };
  const { id, name, url } = await peaka.call("updateConnection", { ...place, body });
  return { id, name, url };
}

export async function rename(name: string): Promise<string> {
  try {
    await peaka.updateConnection({ ...place, body: { name } });
    return "done";
  } catch (error) {
    if (error instanceof PeakaApiError) return `${error.status} ${error.code ?? ""}`;
    if (!isPeakaError(error)) throw error;
    switch (error.name) {
      case "PeakaNetworkError":
        return error.code ?? error.message;
      case "PeakaTimeoutError":
        return `${error.timeoutMs} ms, ${error.outcome}`;
      default:
        return `${error.attempts} attempts, ${error.zone ?? "elsewhere"}: ${error.outcome}`;
    }
  }
}

function log({ attempt, status, error, durationMs }: Attempt): void {
  console.log(attempt, status, error?.message, durationMs);
}
