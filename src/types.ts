import type { OperationId, Zone } from "../generated/spec.js";
import type { AnyPeakaError } from "./errors.js";
import type { Outcome } from "./outcome.js";

/** What `onAttempt` gets of one attempt. Nothing in it holds a secret. */
export interface Attempt {
  /** The `operationId` of the call. */
  readonly operation: OperationId;
  /** The zone that the client calls; undefined where it has a `baseUrl`. */
  readonly zone?: Zone | undefined;
  /** Which attempt of its call this was, from 1. */
  readonly attempt: number;
  /** The HTTP status; undefined where no answer came. */
  readonly status?: number | undefined;
  /** The answer's `x-request-id`. Scrubbed when it is read. */
  readonly requestId?: string | undefined;
  /** The answer's headers by lower-case name. Scrubbed when they are read. */
  readonly headers: Record<string, string>;
  /** What failed; undefined after a success. Its `outcome` counts all attempts so far. */
  readonly error?: AnyPeakaError | undefined;
  /** What this attempt alone did to the data: `applied` after a success. */
  readonly outcome: Outcome | "applied";
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
  /** How long until the next attempt, in milliseconds; undefined where this was the last. */
  readonly retryInMs?: number | undefined;
}
