import { setImmediate } from "node:timers/promises";
import { createPeakaClient, type Attempt, type PeakaApiError } from "../../../src/index.js";
import { exampleUpdate } from "../../tools/gateway/seeds.js";
import { closedBaseUrl } from "../../tools/closed-port.js";
import { makeCertificates } from "./certificates.js";
import type { Expected, Fault } from "./fault.js";
import { startSocketServer } from "./socket-server.js";
import { good } from "./steps.js";
import { openTransport, type TransportName } from "./transports.js";

/** What came of a call. */
export interface Result extends Expected {
  /** What the call gave, in JSON. */
  readonly value: string | undefined;
  /** What the error says; nothing where there is none. */
  readonly message: string;
  /** What `onAttempt` was told of each attempt. */
  readonly told: readonly Attempt["outcome"][];
  /** What arrived whole, as it was on the wire. */
  readonly arrived: readonly string[];
  /** What the client left behind that keeps the process alive, by its kind. */
  readonly left: readonly string[];
  /** What the next call on the same client gives in JSON, where the server can recover. */
  readonly next: string | undefined;
  /** Ends what the client and the server keep open for further calls. */
  readonly close: () => Promise<void>;
}

/** No fault is seen through by waiting so long, and no machine is so busy. */
const longMs = 60_000;

const largeUpdate = {
  ...exampleUpdate,
  body: { ...exampleUpdate.body, name: "n".repeat(8 * 1024 * 1024) },
};
const authority = makeCertificates();

/** Calls a server that has this fault, with one retry, and once more when it has recovered. */
export async function runFault(fault: Fault, name: TransportName): Promise<Result> {
  const { at, certificate, isLarge, isWarm, scheme, timeoutMs = longMs } = fault;
  const { ca, certificates } = await authority;
  const server = await startSocketServer(certificate && certificates[certificate]);
  const target = at === "a closed port" ? new URL(await closedBaseUrl()).port : server.port;
  const { fetch, close } = openTransport(name, certificate || at ? ca : undefined);
  const host = at === "an unknown name" ? "gateway.invalid" : "127.0.0.1";
  const told: Attempt["outcome"][] = [];
  const client = createPeakaClient({
    baseUrl: `${scheme ?? (certificate ? "https" : "http")}://${host}:${target}/api/v1`,
    apiKey: "partner-key",
    fetch,
    timeoutMs,
    maxRetries: 1,
    onAttempt: ({ outcome }) => void told.push(outcome),
  });
  if (isWarm) await client.updateConnection(exampleUpdate);
  told.length = 0;

  const log = server.play(fault.script);
  const before = process.getActiveResourcesInfo();
  const settled = await settle(client.updateConnection(isLarge ? largeUpdate : exampleUpdate));
  await server.settled();
  const left = await leftSince(before);
  const ofTheCall = [...told];

  server.play(good);
  const canRecover = !at && !scheme && (!certificate || certificate === "good");
  return {
    attempts: ofTheCall.length,
    ...settled,
    requests: log.requests.length,
    applied: log.applied,
    told: ofTheCall,
    arrived: log.requests,
    left,
    next: canRecover ? JSON.stringify(await client.updateConnection(exampleUpdate)) : undefined,
    async close() {
      await close();
      await server.close();
    },
  };
}

type Ending = Pick<Result, "error" | "value" | "outcome" | "message" | "status" | "code">;

/** How a call ended. */
async function settle(call: Promise<unknown>): Promise<Ending & { attempts?: number }> {
  try {
    const value = JSON.stringify(await call);
    return { error: undefined, value, outcome: "applied", message: "" };
  } catch (thrown) {
    // Any of the errors: those of other classes lack some of the fields.
    const { name, outcome, message, attempts, status, code } = thrown as PeakaApiError;
    const error = name as Expected["error"];
    return { error, value: undefined, outcome, message, attempts, status, code };
  }
}

/**
 * What keeps the process alive now and did not before, by its kind, once the event loop has had the
 * turns to let go of what is closed.
 */
async function leftSince(before: readonly string[]): Promise<string[]> {
  for (let turns = 10_000; ; turns--) {
    const known = [...before];
    const left = process.getActiveResourcesInfo().filter((kind) => {
      const at = known.indexOf(kind);
      if (at >= 0) known.splice(at, 1);
      return at < 0;
    });
    if (left.length === 0 || turns === 0) return left;
    await setImmediate();
  }
}
