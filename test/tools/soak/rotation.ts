import { startGateway } from "../gateway/gateway.js";
import { exampleUpdate } from "../gateway/seeds.js";
import { barrier } from "./barrier.js";
import { createLedger, type Ledger } from "./ledger.js";
import { gatewayFaults, pick } from "./mix.js";
import { createNetwork } from "./network.js";
import { createRotator, type OutcomeOf } from "./rotator.js";
import { openTransport, type Transport } from "./transports.js";

export interface RotationOptions {
  transport: Transport;
  /** Decides what goes wrong. Whom it strikes is up to who comes first. */
  seed: number;
  updates: number;
  /** How many rotate at once, each with a client of its own. */
  workers: number;
  /** How many connections they share, more than there are workers. */
  connections: number;
  timeoutMs: number;
  /** How workers read a failure. @default by its `outcome` */
  outcomeOf?: OutcomeOf;
}

/** What came of a rotation scenario. */
export interface RotationFigures extends Pick<Ledger, "told" | "wrong"> {
  updates: number;
  attempts: number;
  /** How many requests reached the gateway. */
  requests: number;
  /** How many of them left after their caller had given up on them. */
  late: number;
  /** In what requests departed from the spec. */
  violations: string[];
  seconds: number;
}

const firstToken = "first";
const kindsOfToken = [
  [19, "token"],
  // The third party does not let this one in.
  [1, "wrong"],
] as const;
const abortsAfterMs = [
  [88, undefined],
  ...[0, 1, 2, 5, 10, 20, 50, 100, 200, 300, 400, 600].map((ms) => [1, ms] as const),
] as const;

const asTold: OutcomeOf = (error) => error.outcome;

/**
 * Workers rotate the credentials of many connections, over a network and through a gateway that fail
 * at random. After each rotation its owner looks at what is in place, as a service would look at the
 * third party: it must be what the owner was told, or one of two tokens where that was `unknown`.
 */
export async function rotation(options: RotationOptions): Promise<RotationFigures> {
  const { seed, updates, timeoutMs, outcomeOf = asTold } = options;
  const startedAt = performance.now();
  const ids = Array.from({ length: options.connections }, (_, index) => `connection-${index}-`);
  const { projectId, body } = exampleUpdate;
  const seeded = { ...body, projectId, credential: { token: firstToken } };
  const apiKey = "partner-key";
  const gateway = await startGateway({
    apiKeys: [{ key: apiKey }],
    connections: ids.map((id) => ({ ...seeded, id })),
    validCredential: (_, { token }) => !String(token).startsWith("wrong"),
  });
  gateway.fail(...pick(gatewayFaults, seed, updates * 4));
  const transport = await openTransport(options.transport);
  const network = await createNetwork(transport, seed + 1, updates * 4);
  const tokens = pick(kindsOfToken, seed + 2, updates).map((kind, index) => `${kind}-${index}`);
  const aborts = pick(abortsAfterMs, seed + 3, updates);
  const ledger = createLedger(firstToken, (id) =>
    String(gateway.connections.get(id)?.credential["token"]),
  );

  /** Resolves when nothing that was sent for a connection can change it any more. */
  async function settled(id: string, since: number): Promise<void> {
    await network.delivered(id);
    await barrier(gateway.origin);
    const sent = gateway.requests.slice(since).filter(({ url }) => url.includes(id));
    await Promise.all(sent.map(({ ended }) => ended));
  }

  const free = [...ids];
  const work = [...tokens.entries()];
  const { fetch } = network;
  const client = { baseUrl: gateway.baseUrl, apiKey, fetch, timeoutMs };
  const rotators = Array.from({ length: options.workers }, () => createRotator(client, outcomeOf));
  const toil = rotators.map(async ({ rotate }) => {
    for (let next = work.shift(); next; next = work.shift()) {
      const [index, token] = next;
      const id = free.shift() ?? "";
      const since = gateway.requests.length;
      const told = await rotate(id, token, aborts[index]);
      // No sooner may the next rotation begin: what comes late would undo it.
      await settled(id, since);
      ledger.note(id, token, told);
      free.push(id);
    }
  });
  try {
    await Promise.all(toil);
    await settled("", 0);
    for (const id of ids) ledger.look(id, "in the end");
  } finally {
    await gateway.close();
  }
  return {
    ...{ updates, told: ledger.told, wrong: ledger.wrong, violations: gateway.violations },
    attempts: rotators.reduce((sum, { attempts }) => sum + attempts(), 0),
    requests: gateway.requests.length,
    late: network.late(),
    seconds: (performance.now() - startedAt) / 1000,
  };
}
