import { createPeakaClient, zones, type PeakaClientOptions } from "../../src/index.js";
import type { Gateway } from "./gateway/gateway.js";

/**
 * A client of the gateway's zone by name, so that errors name the zone. What it sends to the zone's
 * own URL arrives at the gateway.
 */
export function clientInZone(gateway: Gateway, options: PeakaClientOptions = {}) {
  const { zone, baseUrl } = gateway;
  return createPeakaClient({
    zone,
    apiKey: "partner-key",
    fetch: (url, init) => fetch(url.replace(zones[zone], baseUrl), init),
    ...options,
  });
}
