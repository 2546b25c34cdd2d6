import { onTestFinished } from "vitest";
import { auth, operations, type Operation } from "../../../generated/spec.js";
import { startGateway, type Gateway, type GatewayOptions } from "./gateway.js";
import { exampleConnections, exampleUpdate } from "./seeds.js";

/** The update that `put` asks for. */
export const { projectId, connectionId, body } = exampleUpdate;

/** A gateway for one test, with the spec's connections and one API key. */
export async function start(options: Partial<GatewayOptions> = {}): Promise<Gateway> {
  const gateway = await startGateway({
    apiKey: "partner-key",
    connections: exampleConnections(),
    ...options,
  });
  onTestFinished(() => gateway.close());
  return gateway;
}

export interface Put {
  key?: string;
  project?: string;
  connection?: string;
  content?: string;
  type?: string;
  signal?: AbortSignal;
}

/** An update by bare fetch: the gateway is tested without the client. */
export function put({ baseUrl }: Gateway, options: Put = {}): Promise<Response> {
  const { key = "partner-key", content = JSON.stringify(body) } = options;
  const { method, path, body: sent } = operations.updateConnection as Operation;
  const { type = sent?.mediaType ?? "", signal = null } = options;
  const url = path
    .replace("{projectId}", options.project ?? projectId)
    .replace("{connectionId}", options.connection ?? connectionId);
  const headers = { [auth.header]: auth.prefix + key, "content-type": type };
  return fetch(baseUrl + url, { method, headers, body: content, signal, redirect: "manual" });
}
