import type { AnyPeakaError, Attempt } from "../../../src/index.js";
import type { CertificateKind } from "./certificates.js";
import type { Script } from "./steps.js";

/** What a server does wrong, or unusually, and what comes of a call with one retry. */
export interface Fault extends Circumstances {
  readonly name: string;
  /** What the server does with every request. */
  readonly script: Script;
  readonly expected: Expected;
}

export interface Expected {
  /** The class of the error; undefined where the call succeeds. */
  readonly error: AnyPeakaError["name"] | undefined;
  readonly outcome: Attempt["outcome"];
  readonly attempts: number;
  /** How many requests arrived whole. */
  readonly requests: number;
  /** How many of them the server applied. */
  readonly applied: number;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
}

interface Circumstances {
  /** The time of an attempt. @default far longer than a test may take */
  readonly timeoutMs?: number;
  /** True where the request is too large for the buffers between client and server. */
  readonly isLarge?: boolean;
  /** True where a call that succeeds goes before, so that there is a connection to use again. */
  readonly isWarm?: boolean;
  /** Where the request goes. @default a server that can be reached */
  readonly at?: "a closed port" | "an unknown name";
  /** The server speaks TLS, with this certificate. */
  readonly certificate?: CertificateKind;
  /** What the client speaks. @default what the server does */
  readonly scheme?: "http" | "https";
}

/** One row of the matrix. */
export const fault = (
  name: string,
  script: Script,
  expected: Expected,
  circumstances: Circumstances = {},
): Fault => ({ name, script, expected, ...circumstances });

/** A server that does what it should. */
export const updated: Expected = {
  ...{ error: undefined, outcome: "applied", attempts: 1, requests: 1, applied: 1 },
};

/** No usable answer to a request that was applied: tried again. */
export const lost: Expected = {
  ...{ error: "PeakaNetworkError", outcome: "unknown", attempts: 2, requests: 2, applied: 2 },
};

/** The same, where the request never arrived whole. */
export const cut: Expected = { ...lost, requests: 0, applied: 0 };

/** Not even a connection: tried again. */
export const unreached: Expected = { ...cut, outcome: "not-applied" };

/** No answer in time to a request that was applied: tried again. */
export const late: Expected = { ...lost, error: "PeakaTimeoutError" };

/** A 2xx that is not what the spec promises: not tried again, since it would come again. */
export const unusable: Expected = { ...updated, error: "PeakaResponseError", outcome: "unknown" };

/** A status that says that the request was refused. */
export const refused = (status: number, attempts = 1): Expected => ({
  ...{ error: "PeakaApiError", outcome: "not-applied", status },
  ...{ attempts, requests: attempts, applied: 0 },
});

/** A status that does not say whether the update was applied; here it was. */
export const doubtful = (status: number, attempts = 1): Expected => ({
  ...{ ...refused(status, attempts), outcome: "unknown", applied: attempts },
});
