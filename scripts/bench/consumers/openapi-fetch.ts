import createClient from "openapi-fetch";
import type { components, paths } from "../../../generated/paths.js";

// The same calls as in peaka-client.ts, by a service that uses openapi-fetch and generated types itself.
type Connection = components["schemas"]["Connection"];
type ConnectionRequest = components["schemas"]["ConnectionRequest"];

const peaka = createClient<paths>({
  baseUrl: "https://gateway.example/api/v1",
  headers: { authorization: "Bearer key" },
});
const path = { projectId: "p", connectionId: "c" };

export async function renewStripe(token: string): Promise<string | undefined> {
  const body = { name: "s", type: "stripe", credential: { token } };
  const { data } = await peaka.PUT("/connections/{projectId}/{connectionId}", {
    params: { path },
    body,
  });
  return data?.name;
}

export async function renewAirtable(personalAccessToken: string): Promise<string> {
  const { data } = await peaka.PUT("/connections/{projectId}/{connectionId}", {
    params: { path },
    body: { name: "a", type: "airtable", credential: { personalAccessToken } },
  });
  return `${data?.type ?? "?"} ${data?.id ?? "?"}`;
}

export async function renewHubspot(
  refreshToken: string,
  signal: AbortSignal,
): Promise<Connection | undefined> {
  const credential = { clientId: "i", clientSecret: "s", refreshToken };
  const body: ConnectionRequest = { name: "h", type: "hubspot", credential };
  const { data } = await peaka.PUT("/connections/{projectId}/{connectionId}", {
    params: { path },
    body,
    signal,
  });
  return data;
}

export async function renewOther(type: string, credential: Record<string, unknown>) {
  const body = { type, credential, connectionCallback: "https://service.example/done" };
  const { data } = await peaka.request("put", "/connections/{projectId}/{connectionId}", {
    params: { path },
    body,
  });
  return { id: data?.id, name: data?.name, url: data?.url };
}

export async function rename(name: string): Promise<string> {
  const answer = await peaka.PUT("/connections/{projectId}/{connectionId}", {
    params: { path },
    body: { name },
  });
  const { response } = answer;
  if (response.ok) return "done";
  const error: unknown = answer.error;
  const isExplained = typeof error === "object" && error !== null && "error" in error;
  return isExplained ? `${response.status} ${String(error.error)}` : String(response.status);
}
