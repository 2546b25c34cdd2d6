import { zones, type Fetch, type Zone } from "../../src/index.js";
import { startGateway, type Gateway, type GatewayOptions } from "./gateway/gateway.js";
import { exampleConnections } from "./gateway/seeds.js";
import { onTestFinished } from "vitest";

/** The embedded gateways of all zones, and a `fetch` that takes the zones' real URLs to them. */
export interface ZoneSwitch {
  gateways: Record<Zone, Gateway>;
  fetch: Fetch;
  /** The URLs that `fetch` was asked for. */
  asked: string[];
}

/** Only an injected `fetch` can show the URL of a zone: a server on loopback has another host. */
export async function startZones(apiKeys: GatewayOptions["apiKeys"]): Promise<ZoneSwitch> {
  const asked: string[] = [];
  const started = Object.keys(zones).map(async (name) => {
    const zone = name as Zone;
    const gateway = await startGateway({ zone, apiKeys, connections: exampleConnections() });
    onTestFinished(() => gateway.close());
    return [zone, gateway] as const;
  });
  const gateways = Object.fromEntries(await Promise.all(started)) as ZoneSwitch["gateways"];

  async function forward(url: string, init: RequestInit): Promise<Response> {
    asked.push(url);
    const { origin, pathname, search } = new URL(url);
    const zone = Object.keys(zones).find((name) => new URL(zones[name as Zone]).origin === origin);
    if (zone === undefined) throw new Error(`no zone has the origin ${origin}`);
    return fetch(gateways[zone as Zone].origin + pathname + search, init);
  }
  return { gateways, fetch: forward, asked };
}
