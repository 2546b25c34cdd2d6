import { onTestFinished } from "vitest";
import { createPeakaClient, type PeakaClient, type PeakaClientOptions } from "../../src/index.js";
import { undiciFetch } from "../../src/undici.js";
import { kept } from "./arrivals.js";

/** True where the tests run over `peaka-client/undici`: see vitest.config.ts. */
export const isOverUndici = process.env["PEAKA_TEST_TRANSPORT"] === "undici";

/** A client of a server on loopback, with a key that the embedded gateway knows. */
export function clientOf(
  { baseUrl }: { baseUrl: string },
  options: PeakaClientOptions = {},
): PeakaClient {
  const fetch = options.fetch ? kept(options.fetch) : transport();
  return createPeakaClient({ baseUrl, apiKey: "partner-key", ...options, fetch });
}

/** The transport of this run of the tests; undefined where it is the default. */
function transport(): PeakaClientOptions["fetch"] {
  if (!isOverUndici) return undefined;
  const fetch = undiciFetch();
  onTestFinished(() => fetch.close());
  return fetch;
}
