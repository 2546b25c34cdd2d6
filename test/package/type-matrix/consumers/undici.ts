/** A service that calls over a pool of its own. */
import { Agent } from "undici";
import { createPeakaClient, type Fetch } from "../../../../src/index.js";
import { undiciFetch } from "../../../../src/undici.js";
import type { UndiciFetch, UndiciFetchOptions } from "../../../../src/undici.js";

const options: UndiciFetchOptions = { connections: 8, dispatcher: undefined };
const pooled: UndiciFetch = undiciFetch(options);
const transport: Fetch = pooled;

export const clients = [
  createPeakaClient({ fetch: pooled }),
  createPeakaClient({ fetch: transport }),
  createPeakaClient({ fetch: undiciFetch() }),
  createPeakaClient({ fetch: undiciFetch({ dispatcher: new Agent({ pipelining: 1 }) }) }),
];
export const done: Promise<void> = pooled.close();

export const wrong = () => [
  // @ts-expect-error: a number is no dispatcher
  undiciFetch({ dispatcher: 8 }),
  // @ts-expect-error: no such option
  undiciFetch({ sockets: 8 }),
  // @ts-expect-error: connections are counted
  undiciFetch({ connections: "8" }),
];
