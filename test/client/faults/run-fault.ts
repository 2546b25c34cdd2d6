import type { LookupFunction } from "node:net";
import { setImmediate } from "node:timers/promises";
import { Agent } from "undici";
import { onTestFinished } from "vitest";
import { createPeakaClient, type Attempt, type PeakaApiError } from "../../../src/index.js";
import { createTestGateway, type Fault as TestFault } from "../../../src/testing/index.js";
import { undiciFetch } from "../../../src/undici.js";
import { isOverUndici } from "../../tools/client-of.js";
import { closedBaseUrl } from "../../tools/closed-port.js";
import { exampleUpdate } from "../../tools/gateway/seeds.js";
import { makeCertificates } from "./certificates.js";
import type { Expected, Fault } from "./fault.js";
import { startSocketServer } from "./socket-server.js";
import { good } from "./steps.js";

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
}

const { body } = exampleUpdate;
const largeUpdate = { ...exampleUpdate, body: { ...body, name: "n".repeat(8 * 1024 * 1024) } };
const authority = makeCertificates();

/** Calls a server that has this fault, with one retry, and once more when it has recovered. */
export async function runFault(fault: Fault): Promise<Result> {
  const { at, certificate, isLarge, isWarm, scheme, timeoutMs = 60_000 } = fault;
  const { ca, certificates } = await authority;
  const server = await startSocketServer(certificate && certificates[certificate]);
  onTestFinished(server.close);
  const port = at === "a closed port" ? new URL(await closedBaseUrl()).port : server.port;
  const host = at === "an unknown name" ? "gateway.invalid" : "127.0.0.1";
  const attempts: Attempt[] = [];
  const client = createPeakaClient({
    baseUrl: `${scheme ?? (certificate ? "https" : "http")}://${host}:${port}/api/v1`,
    fetch: openTransport(certificate || at ? ca : undefined),
    onAttempt: (attempt) => void attempts.push(attempt),
    ...{ apiKey: "partner-key", timeoutMs, maxRetries: 1 },
  });
  if (isWarm) await client.updateConnection(exampleUpdate);
  attempts.length = 0;

  const log = server.play(fault.script);
  const before = process.getActiveResourcesInfo();
  const settled = await settle(client.updateConnection(isLarge ? largeUpdate : exampleUpdate));
  await server.settled();
  const left = await leftSince(before);
  const told = attempts.map(({ outcome }) => outcome);

  server.play(good);
  const canRecover = !at && !scheme && (!certificate || certificate === "good");
  const next = canRecover
    ? JSON.stringify(await client.updateConnection(exampleUpdate))
    : undefined;
  const { requests: arrived, applied } = log;
  const counts = { attempts: told.length, requests: arrived.length, applied };
  return { ...counts, ...settled, told, arrived, left, next };
}

/** How a call like that ends where the package's test gateway has the fault. */
export async function endInTests(fault: TestFault, timeoutMs?: number): Promise<Ending> {
  const { projectId, connectionId: id } = exampleUpdate;
  const connections = [{ ...body, projectId, id, credential: {} }];
  const { apiKey, fetch, when } = createTestGateway({ connections });
  when(() => true, fault);
  const client = createPeakaClient({ apiKey, fetch, timeoutMs, maxRetries: 1 });
  return settle(client.updateConnection(exampleUpdate));
}

/** The transport of this run. Given an authority, it trusts this one alone, and finds no name. */
function openTransport(ca: string | undefined) {
  const dispatcher = ca === undefined ? undefined : new Agent({ connect: { ca, lookup } });
  if (dispatcher) onTestFinished(() => dispatcher.close());
  // Node's `fetch` takes a dispatcher of this undici, although its types name another.
  const withDispatcher = (init: RequestInit) =>
    dispatcher ? ({ ...init, dispatcher } as object) : init;
  if (!isOverUndici) return (url: string, init: RequestInit) => fetch(url, withDispatcher(init));
  const transport = undiciFetch({ dispatcher });
  onTestFinished(() => transport.close());
  return transport;
}

/** Says at once what a resolver off this machine would say of a name that does not exist. */
const lookup: LookupFunction = (hostname, _, done) => {
  const fields = { errno: -3008, code: "ENOTFOUND", syscall: "getaddrinfo", hostname };
  done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), fields), "");
};

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
  for (let turns = 100_000; ; turns--) {
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
