/** A service that calls over a pool of its own, or over undici's own `fetch`. */
import { Agent, fetch } from "undici";
import { createPeakaClient, type Fetch } from "../../../../src/index.js";
import { undiciFetch, type UndiciFetch, type UndiciFetchOptions } from "../../../../src/undici.js";

const options: UndiciFetchOptions = { connections: 8, dispatcher: undefined };
const pooled: UndiciFetch = undiciFetch(options);
const own = undiciFetch({ dispatcher: new Agent({ pipelining: 1 }) });
const wrapped: Fetch = (url, init) => fetch(url, init);
export const clients = [
  ...[pooled, own, wrapped].map((one) => createPeakaClient({ fetch: one })),
  createPeakaClient({ fetch }),
];
export const done: Promise<void> = pooled.close();

// @ts-expect-error: a number is no dispatcher
export const wrong = () => undiciFetch({ dispatcher: 8 });
