import type { LookupFunction } from "node:net";
import { Agent } from "undici";
import type { Fetch } from "../../../src/index.js";
import { undiciFetch } from "../../../src/undici.js";

/** What a client can send its requests through. */
export const transports = ["fetch", "undici"] as const;
export type TransportName = (typeof transports)[number];

export interface Transport {
  readonly fetch: Fetch;
  /** Resolves when all its connections have ended, which a call still under way would prevent. */
  readonly close: () => Promise<void>;
}

/** The transport of that name. Given an authority, it trusts this one alone, and finds no name. */
export function openTransport(name: TransportName, ca?: string): Transport {
  const dispatcher = ca === undefined ? undefined : new Agent({ connect: { ca, lookup } });
  const own: Fetch = (url, init) =>
    // Node's `fetch` takes a dispatcher of this undici, although its types name another.
    fetch(url, dispatcher ? ({ ...init, dispatcher } as object) : init);
  const undici = name === "undici" ? undiciFetch({ dispatcher }) : undefined;
  return {
    fetch: undici ?? own,
    async close() {
      await dispatcher?.close();
      await undici?.close();
    },
  };
}

/** Says at once what a resolver off this machine would say of a name that does not exist. */
const lookup: LookupFunction = (hostname, _, done) => {
  const fields = { errno: -3008, code: "ENOTFOUND", syscall: "getaddrinfo", hostname };
  done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), fields), "");
};
