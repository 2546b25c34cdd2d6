import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Fetch } from "../../src/index.js";
import type { Arrived } from "./gateway/contract.js";

/** A request on its way into a server of this process, or into a `fetch` of a test's own. */
export interface Arrival extends Arrived {
  /** False as long as a part of the body has not come. */
  isWhole: boolean;
}

const arrivals: Arrival[] = [];

const channel = "http.server.request.start";

/** Keeps, from now on, every request that arrives at an HTTP server of this process. */
export function keepArrivals(): void {
  // It may be called again: files that are not isolated from each other share this module.
  unsubscribe(channel, onStart);
  subscribe(channel, onStart);
}

/** The requests that have arrived since they were last taken. */
export function takeArrivals(): Arrival[] {
  return arrivals.splice(0);
}

/** Keeps what a `fetch` is given, too: not every one of a test's own takes it to a server. */
export function kept(fetch: Fetch): Fetch {
  return (url, init) => {
    const { pathname, search } = new URL(url);
    const headers = Object.fromEntries(new Headers(init.headers));
    const body = init.body ?? "";
    arrivals.push({
      method: init.method,
      url: pathname + search,
      headers,
      body,
      isWhole: true,
    });
    return fetch(url, init);
  };
}

function onStart(message: unknown): void {
  keep((message as { request: IncomingMessage }).request);
}

function keep(request: IncomingMessage): void {
  const { method = "", url = "", headers } = request;
  const arrival: Arrival = { method, url, headers, body: "", isWhole: false };
  arrivals.push(arrival);
  const chunks: Buffer[] = [];
  // What the parser pushes is what came over the wire. A listener would take it from the server.
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding) => {
    if (chunk) {
      chunks.push(chunk);
    } else {
      const bytes = Buffer.concat(chunks);
      arrival.body = bytes.toString();
      // Once a request is answered, the rest of its body is dropped before it gets here.
      arrival.isWhole = bytes.length === Number(headers["content-length"] ?? bytes.length);
    }
    return push(chunk, encoding);
  };
}
