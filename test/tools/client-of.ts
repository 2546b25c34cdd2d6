import { onTestFinished } from "vitest";
import { createPeakaClient, type PeakaClient, type PeakaClientOptions } from "../../src/index.js";
import { kept } from "./arrivals.js";

/** True where the tests run over `peaka-client/undici`: see vitest.config.ts. */
export const isOverUndici = process.env["PEAKA_TEST_TRANSPORT"] === "undici";

// Whoever loads undici gives Node's own `fetch` a pool of that undici: not where that one is tested.
const undici = isOverUndici ? await import("../../src/undici.js") : undefined;

/** A client of a server on loopback, with a key that the embedded gateway knows. */
export function clientOf(
  { baseUrl }: { baseUrl: string },
  options: PeakaClientOptions = {},
): PeakaClient {
  const fetch = options.fetch ? kept(options.fetch) : transport();
  return createPeakaClient({ baseUrl, apiKey: "partner-key", ...options, fetch });
}

/** The transport of this run of the tests, for one test; undefined where it is the default. */
export function transport(): PeakaClientOptions["fetch"] {
  if (!undici) return undefined;
  const fetch = undici.undiciFetch();
  onTestFinished(() => fetch.close());
  return fetch;
}
