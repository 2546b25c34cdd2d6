import { createPeakaClient, zones, type PeakaClientOptions } from "../../src/index.js";
import type { Gateway } from "./gateway/gateway.js";

/**
 * A client of the gateway's zone by name, so that errors name the zone. What it sends to the zone's
 * own URL arrives at the gateway; `urls` tells what it was.
 */
export function clientInZone(
  { zone, baseUrl }: Gateway,
  options: PeakaClientOptions = {},
  urls: string[] = [],
) {
  return createPeakaClient({
    zone,
    apiKey: "partner-key",
    fetch(url, init) {
      urls.push(url);
      return fetch(url.replace(zones[zone], baseUrl), init);
    },
    ...options,
  });
}
