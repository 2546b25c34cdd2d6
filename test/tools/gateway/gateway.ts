import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { defaultZone, zones } from "../../../generated/spec.js";
import { openContract, type Arrived } from "./contract.js";
import { decide, type Knowledge, type StoredConnection } from "./decide.js";
import { isApplied, type Fault } from "./faults.js";
import { respond } from "./respond.js";

export interface GatewayOptions extends Pick<Knowledge, "apiKeys"> {
  /** The zone whose base path it serves. @default the spec's first */
  zone?: keyof typeof zones;
  connections: readonly StoredConnection[];
  /** Whether the third party lets a credential in. @default always */
  validCredential?: Knowledge["validCredential"];
}

/** A request that arrived; `body` is empty until it has been read. */
export interface RecordedRequest extends Arrived {
  /** Milliseconds on the clock of `performance.now()`. */
  arrivedAt: number;
  /** Whether it changed a connection. */
  applied: boolean;
  /** Settles when the answer has gone out whole, or the connection broke first. */
  ended: Promise<"answered" | "cut">;
}

export interface Gateway {
  zone: keyof typeof zones;
  /** What to give a client as its `baseUrl`. */
  baseUrl: string;
  origin: string;
  /** Every request, from the moment that its headers are there. */
  requests: RecordedRequest[];
  /** In what requests departed from the spec. */
  violations: string[];
  /** The connections as they are now, by id. */
  connections: ReadonlyMap<string, StoredConnection>;
  /** Faults for the next requests, in the order in which they arrive. */
  fail: (...faults: Fault[]) => void;
  /** Resolves when so many requests have been read and, where granted, applied since the start. */
  arrived: (count: number) => Promise<void>;
  /** Ends every connection at once. */
  close: () => Promise<void>;
}

/** Starts a Peaka Gateway on a free port of loopback. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { zone = defaultZone, apiKeys, validCredential = () => true } = options;
  const basePath = new URL(zones[zone]).pathname;
  const check = await openContract(basePath);
  const connections = new Map(options.connections.map((one) => [one.id, one]));
  const queue: Fault[] = [];
  const requests: RecordedRequest[] = [];
  const violations: string[] = [];
  const progress = new EventEmitter();
  let settled = 0;

  const settle = () => {
    settled += 1;
    progress.emit("settled");
  };

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = queue.shift() ?? {};
    const { request, signal } = record(incoming, response);
    requests.push(request);
    if ("reset" in fault && fault.reset === "on-arrival") {
      incoming.socket.resetAndDestroy();
      settle();
      return;
    }
    try {
      request.body = await text(incoming);
      const checked = check(request);
      for (const problem of checked.problems) {
        violations.push(`${request.method} ${request.url}: ${problem}`);
      }
      const known = { apiKeys, connections, validCredential };
      const { answer, update } = decide(request, checked, known);
      if (update !== undefined && isApplied(fault)) {
        connections.set(update.id, update);
        request.applied = true;
      }
      settle();
      response.setHeader("x-request-id", randomUUID());
      await respond(response, answer, fault, signal);
    } catch (error) {
      // A client that has gone is no error of the gateway.
      if (!incoming.socket.destroyed) throw error;
    }
  }

  const server = createServer((incoming, response) => void serve(incoming, response));
  // Far longer than a test takes to notice that an idle connection keeps its client alive.
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    zone,
    baseUrl: origin + basePath,
    origin,
    requests,
    violations,
    connections,
    fail(...faults) {
      for (const fault of faults) queue.push(...Array<Fault>(fault.times ?? 1).fill(fault));
    },
    async arrived(count) {
      while (settled < count) await once(progress, "settled");
    },
    async close() {
      const closed = promisify(server.close.bind(server))();
      server.closeAllConnections();
      // It may have been closed before.
      await closed.catch(() => undefined);
    },
  };
}

function record(incoming: IncomingMessage, response: ServerResponse) {
  const { method = "", url = "", headers } = incoming;
  const gone = new AbortController();
  const ended = new Promise<"answered" | "cut">((resolve) => {
    response.once("close", () => {
      gone.abort();
      resolve(response.writableFinished ? "answered" : "cut");
    });
  });
  const arrived: Arrived = { method, url, headers, body: "" };
  const request = { ...arrived, arrivedAt: performance.now(), applied: false, ended };
  return { request, signal: gone.signal };
}
