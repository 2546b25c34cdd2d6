import { onTestFinished } from "vitest";
import { startGateway, type Gateway, type GatewayOptions } from "./gateway.js";
import { exampleConnections } from "./seeds.js";

/** A gateway for one test, with the spec's connections and one API key. */
export async function start(options: GatewayOptions = {}): Promise<Gateway> {
  const gateway = await startGateway({
    ...{ apiKey: "partner-key", connections: exampleConnections() },
    ...options,
  });
  onTestFinished(() => gateway.close());
  return gateway;
}
