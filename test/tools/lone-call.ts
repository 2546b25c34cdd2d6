/** A service that makes one call or none, prints how it ended and has nothing else to do. */
import { createPeakaClient, isPeakaError, type PeakaClientOptions } from "../../src/index.js";
import { exampleUpdate } from "./gateway/seeds.js";
import { openTransport } from "./soak/transports.js";

const [, , baseUrl, scene] = process.argv;
const caller = new AbortController();
const isOverUndici = process.env["PEAKA_TEST_TRANSPORT"] === "undici";
const options: Record<string, PeakaClientOptions> = {
  update: {},
  "with a pool": { fetch: await openTransport(isOverUndici ? "undici" : "fetch") },
  "without a key": { apiKey: () => new Promise<never>(() => undefined), timeoutMs: 300 },
  "aborted in its backoff": {
    onAttempt() {
      setImmediate(() => {
        caller.abort("aborted");
      });
    },
  },
};

// Let go of the connection at once, so that nothing but the call can keep the process alive.
const client = createPeakaClient({
  baseUrl,
  apiKey: "partner-key",
  maxRetries: 1,
  fetch(url, init) {
    const headers = new Headers(init.headers);
    headers.set("connection", "close");
    return fetch(url, { ...init, headers });
  },
  ...options[String(scene)],
});
try {
  if (scene !== "no call") await client.updateConnection(exampleUpdate, { signal: caller.signal });
  console.log(scene === "no call" ? "created" : "updated");
} catch (error) {
  console.log(isPeakaError(error) ? (error.cause ?? error.name) : error);
}
