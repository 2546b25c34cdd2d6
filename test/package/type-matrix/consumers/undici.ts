/** A service that calls over a pool of its own. */
import { Agent } from "undici";
import { createPeakaClient } from "../../../../src/index.js";
import { undiciFetch, type UndiciFetch, type UndiciFetchOptions } from "../../../../src/undici.js";

const options: UndiciFetchOptions = { connections: 8, dispatcher: undefined };
const pooled: UndiciFetch = undiciFetch(options);
const own = undiciFetch({ dispatcher: new Agent({ pipelining: 1 }) });
export const clients = [createPeakaClient({ fetch: pooled }), createPeakaClient({ fetch: own })];
export const done: Promise<void> = pooled.close();

// @ts-expect-error: a number is no dispatcher
export const wrong = () => undiciFetch({ dispatcher: 8 });
