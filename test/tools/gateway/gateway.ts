import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { defaultZone, zones } from "../../../generated/spec.js";
import { createTestGateway, type TestGateway } from "../../../src/testing/index.js";
import type { TestGatewayOptions } from "../../../src/testing/index.js";
import { openContract, type Arrived } from "./contract.js";
import type { Fault } from "./faults.js";
import { configurationHandlers } from "./seeds.js";

export interface GatewayOptions extends TestGatewayOptions {
  /** The zone whose base path it serves. @default the spec's first */
  zone?: keyof typeof zones;
}

/** A request that arrived; `body` is empty until it has been read. */
export interface RecordedRequest extends Arrived {
  /** Whether it changed a connection. */
  readonly applied: boolean;
  /** Settles when the answer has gone out whole, or the connection broke first. */
  ended: Promise<"answered" | "cut">;
}

export interface Gateway extends Pick<TestGateway, "connections"> {
  zone: keyof typeof zones;
  /** What to give a client as its `baseUrl`. */
  baseUrl: string;
  origin: string;
  /** Every request, from the moment that its headers are there. */
  requests: RecordedRequest[];
  /** In what requests departed from the spec. */
  violations: string[];
  /** Faults for the next requests, in the order in which they arrive. */
  fail: (...faults: Fault[]) => void;
  /** Resolves when so many requests have been read since the start. */
  arrived: (count: number) => Promise<void>;
  /** Ends every connection at once. */
  close: () => Promise<void>;
}

/** Serves the package's test gateway on a free port of loopback. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { zone = defaultZone } = options;
  const basePath = new URL(zones[zone]).pathname;
  const check = await openContract(basePath);
  const handlers = { ...configurationHandlers, ...options.handlers };
  const gateway = createTestGateway({ ...options, handlers });
  const queue: Fault[] = [];
  const requests: RecordedRequest[] = [];
  const violations: string[] = [];
  const progress = new EventEmitter();
  let read = 0;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = queue.shift() ?? {};
    const { method = "", url = "", headers } = incoming;
    const { ended, signal } = watch(response);
    let known: { readonly applied: boolean } | undefined;
    const applied = () => known?.applied ?? false;
    const request = { method, url, headers, body: "", ended };
    requests.push(Object.defineProperty(request as RecordedRequest, "applied", { get: applied }));
    try {
      request.body = await text(incoming);
      for (const problem of check(request).problems)
        violations.push(`${method} ${url}: ${problem}`);
      if (typeof fault === "string" || "status" in fault) gateway.next(fault);
      const init = {
        method,
        headers: headers as Record<string, string>,
        body: request.body,
        signal,
      };
      const answer = gateway.fetch(origin + url, init);
      [known] = gateway.requests.splice(0);
      read += 1;
      progress.emit("read");
      await send(response, await answer, fault, signal);
    } catch (error) {
      // A client that has gone is no error of the gateway, and what `fetch` throws is a fault's.
      if (!incoming.socket.destroyed && !(error instanceof TypeError)) throw error;
      // A reset would make some systems drop what was sent before it.
      if (response.headersSent) incoming.socket.destroy();
      else incoming.socket.resetAndDestroy();
    }
  }

  const server = createServer((incoming, response) => void serve(incoming, response));
  // Far longer than a test takes to notice that an idle connection keeps its client alive.
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...{ zone, baseUrl: origin + basePath, origin, requests, violations },
    connections: gateway.connections,
    fail: (...faults) => void queue.push(...faults),
    async arrived(count) {
      while (read < count) await once(progress, "read");
    },
    async close() {
      const closed = promisify(server.close.bind(server))();
      server.closeAllConnections();
      // It may have been closed before.
      await closed.catch(() => undefined);
    },
  };
}

function watch(response: ServerResponse) {
  const gone = new AbortController();
  const ended = new Promise<"answered" | "cut">((resolve) => {
    response.once("close", () => {
      gone.abort();
      resolve(response.writableFinished ? "answered" : "cut");
    });
  });
  return { ended, signal: gone.signal };
}

/** Puts an answer on the wire. Rejects when its body breaks or the connection ends first. */
async function send(
  response: ServerResponse,
  answer: Response,
  fault: Fault,
  signal: AbortSignal,
): Promise<void> {
  const { delayMs, trickleMs }: { delayMs?: number; trickleMs?: number } = Object(fault) as object;
  if (delayMs !== undefined) await wait(delayMs, undefined, { signal });
  response.setHeader("x-request-id", randomUUID());
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  const isWhole = trickleMs === undefined && typeof fault !== "string";
  if (isWhole) return void response.end(Buffer.from(await answer.arrayBuffer()));
  const write = promisify((bytes: Uint8Array, done: (error: Error | null | undefined) => void) =>
    response.write(bytes, done),
  );
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    const size = trickleMs === undefined ? chunk.length : 1;
    for (let sent = 0; sent < chunk.length; sent += size) {
      if (trickleMs !== undefined) await wait(trickleMs, undefined, { signal });
      await write(chunk.subarray(sent, sent + size));
    }
  }
  response.end();
}
