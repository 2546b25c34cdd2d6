import type { AnyPeakaError } from "./errors.js";
import type { Outcome } from "./outcome.js";
import type { Redactor } from "./redact.js";
import type { OperationId, Zone } from "./types.js";

/** What `onAttempt` is told of one attempt. Nothing in it holds a secret. */
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
  /** What failed; undefined after a success or an abort. Its `outcome` counts all attempts so far. */
  readonly error?: AnyPeakaError | undefined;
  /** What this attempt alone did to the data: `applied` after a success. */
  readonly outcome: Outcome | "applied";
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
  /** How long until the next attempt, in milliseconds; undefined where this was the last. */
  readonly retryInMs?: number | undefined;
}

/** Tells an observer of an attempt. Whatever it does, the call goes on. @internal */
export function report(
  onAttempt: (attempt: Attempt) => unknown,
  facts: Omit<Attempt, "status" | "requestId" | "headers">,
  response: Response | undefined,
  redactor: () => Redactor,
): void {
  try {
    const returned = onAttempt({
      ...facts,
      status: response?.status,
      get requestId() {
        return redactor().text(response?.headers.get("x-request-id") ?? "") || undefined;
      },
      get headers() {
        return redactor().value(Object.fromEntries(response?.headers ?? [])) as Attempt["headers"];
      },
    });
    if (returned !== undefined) Promise.resolve(returned).catch(() => undefined);
  } catch {
    // An observer that fails is not the caller's problem.
  }
}
