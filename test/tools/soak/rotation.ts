import { once } from "node:events";
import { connect } from "node:net";
import { createPeakaClient, isPeakaError, type Attempt, type Fetch } from "../../../src/index.js";
import { startGateway } from "../gateway/gateway.js";
import { exampleUpdate } from "../gateway/seeds.js";
import { gatewayFaults, pick } from "./mix.js";
import { createNetwork } from "./network.js";

/** `seed` decides what goes wrong; whom it strikes is up to who comes first. */
interface Options extends Record<"seed" | "updates" | "workers" | "connections", number> {
  readonly fetch: Fetch;
}

/** The third party does not let a wrong one in. */
const tokens = [[19, "token"] as const, [1, "wrong"] as const];
const aborts = [
  [88, undefined],
  ...[0, 1, 2, 5, 10, 20, 50, 100, 200, 300, 400, 600].map((ms) => [1, ms] as const),
] as const;

/**
 * Workers rotate the credentials of many connections, over a network and through a gateway that fail
 * at random. After each rotation its owner looks at what is in place, as a service would look at the
 * third party: it must be what the owner was told, or one of two tokens where that was `unknown`.
 */
export async function rotation({ fetch, seed, updates, ...size }: Options) {
  const ids = Array.from({ length: size.connections }, (_, index) => `connection-${index}-`);
  const { projectId, body } = exampleUpdate;
  const gateway = await startGateway({
    apiKey: "partner-key",
    connections: ids.map((id) => ({ ...body, id, projectId, credential: { token: "first" } })),
    acceptsCredential: ({ token }) => !String(token).startsWith("wrong"),
  });
  gateway.fail(...pick(gatewayFaults, seed, updates * 4));
  const network = await createNetwork(fetch, seed + 1, updates * 4);
  const attempts: Attempt[] = [];
  const { updateConnection } = createPeakaClient({
    ...{ baseUrl: gateway.baseUrl, apiKey: "partner-key", fetch: network.fetch, timeoutMs: 1_000 },
    onAttempt: (attempt) => attempts.push(attempt),
  });
  const expected = new Map(ids.map((id) => [id, "first"]));
  const endings: Record<string, number> = {};
  const wrong: string[] = [];

  /** How an update ends for its caller. */
  async function rotate(connectionId: string, token: string, abortAfterMs?: number) {
    const caller = new AbortController();
    const timer = abortAfterMs !== undefined && setTimeout(() => caller.abort(), abortAfterMs);
    const input = { projectId, connectionId, body: { ...body, credential: { token } } };
    try {
      await updateConnection(input, { signal: caller.signal });
      return "success";
    } catch (error) {
      if (!isPeakaError(error)) throw error;
      return error.outcome;
    } finally {
      if (timer) clearTimeout(timer);
    }
  }

  /** Compares what is in place with what can be, and gives it. */
  function look(id: string, possible: readonly (string | undefined)[], when: string): string {
    const token = String(gateway.connections.get(id)?.credential["token"]);
    if (!possible.includes(token)) wrong.push(`${id} has ${token} after ${when}`);
    return token;
  }

  const free = [...ids];
  const kinds = pick(tokens, seed + 2, updates).map((kind, index) => `${kind}-${index}`);
  const abortsMs = pick(aborts, seed + 3, updates);
  const work = kinds.entries();
  const workers = Array.from({ length: size.workers }, async () => {
    for (const [index, token] of work) {
      const id = free.shift() ?? "";
      const since = gateway.requests.length;
      const told = await rotate(id, token, abortsMs[index]);
      // No sooner may the next rotation begin: what comes late would undo it.
      await network.delivered(id);
      await barrier(gateway.origin);
      const sent = gateway.requests.slice(since).filter(({ url }) => url.includes(id));
      await Promise.all(sent.map(({ ended }) => ended));
      const before = expected.get(id);
      const possible = { success: [token], "not-applied": [before], unknown: [before, token] };
      const actual = look(id, possible[told], `${token} ended as ${told}`);
      expected.set(id, actual);
      const ending = `${told}, ${actual === token ? "applied" : "not applied"}`;
      endings[ending] = (endings[ending] ?? 0) + 1;
      free.push(id);
    }
  });
  try {
    await Promise.all(workers);
    for (const id of ids) look(id, [expected.get(id)], "all");
  } finally {
    await gateway.close();
  }
  const { requests, violations } = gateway;
  const claims = {
    [`owners were told the truth: ${wrong.slice(0, 3).join("; ")}`]: wrong.length === 0,
    [`requests are the spec's: ${violations.slice(0, 3).join("; ")}`]: violations.length === 0,
    "no attempt sent more than one request": requests.length <= attempts.length,
    "calls in doubt were applied, and not":
      !!endings["unknown, applied"] && !!endings["unknown, not applied"],
    "calls succeeded, and failed for certain":
      !!endings["success, applied"] && !!endings["not-applied, not applied"],
    "requests came late": network.late() > 0,
  };
  const broken = Object.entries(claims).flatMap(([claim, holds]) => (holds ? [] : [claim]));
  const counts = { attempts: attempts.length, requests: requests.length, late: network.late() };
  return { figures: { updates, ...counts, ...endings }, broken };
}

/**
 * Resolves when a server has read whatever was sent to it before. It takes connections in the order in
 * which they come, and one is refused here that was opened after all the others.
 */
async function barrier(origin: string): Promise<void> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  // No HTTP, and so no request: the server's parser answers by itself.
  socket.end("?\r\n\r\n");
  socket.resume();
  await once(socket, "close");
}
