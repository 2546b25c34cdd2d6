import { createPeakaClient, type PeakaClient, type PeakaClientOptions } from "../../src/index.js";

/** A client of a server on loopback, with a key that the embedded gateway knows. */
export function clientOf(
  { baseUrl }: { baseUrl: string },
  options: PeakaClientOptions = {},
): PeakaClient {
  return createPeakaClient({ baseUrl, apiKey: "partner-key", ...options });
}
