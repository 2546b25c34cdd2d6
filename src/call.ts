import { operations, type Operation, type OperationId, type Zone } from "../generated/spec.js";
import { wait } from "./abort.js";
import { attempt, type AttemptResult, type Call, type Client } from "./attempt.js";
import { readGiven, type AnyPeakaError } from "./errors.js";
import { errorOf, prefixOf, requestIdOf } from "./failure.js";
import { readCallOptions } from "./options.js";
import { attemptOutcome, quietly, type Outcome } from "./outcome.js";
import { createRedactor } from "./redact.js";
import { readInput } from "./request.js";
import { retryInMs } from "./retry.js";
import { secretsIn } from "./secrets.js";

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

/** How many API keys a client remembers, to hide them when a later answer quotes one. */
const mostRecentKeys = 16;

/** One call of an operation: checks all that it was given, then makes its attempts. @internal */
export async function call(client: Client, id: OperationId, input: unknown, options: unknown) {
  const operation = operations[id] as Operation;
  const { zone } = client;
  const read = () => [readInput(operation, input), readCallOptions(options, client)] as const;
  const [request, limits] = readGiven(prefixOf(operation, client), read, id, zone);
  const call: Call = { client, operation, request, limits };
  const keys = new Set<string>();
  // Made only when something failed or somebody looks: most calls never pay for it.
  const redactor = () =>
    createRedactor(secretsIn(request, operation), [...keys, ...client.recentKeys]);
  let outcome: Outcome = "not-applied";
  let attempts = 0;
  const errorFor = (result: AttemptResult) =>
    errorOf(result, call, { operation: id, zone, attempts, outcome }, redactor());

  while (!limits.signal?.aborted) {
    attempts++;
    const startedAt = performance.now();
    const result = await attempt(call);
    const durationMs = performance.now() - startedAt;
    const { failure, answer, key, value } = result;
    if (key !== undefined) {
      keys.add(key);
      const others = client.recentKeys.filter((recent) => recent !== key);
      client.recentKeys = [key, ...others].slice(0, mostRecentKeys);
    }

    const attempted = failure ? attemptOutcome(operation.method, result) : "applied";
    if (attempted === "unknown") outcome = attempted;
    const error = failure && errorFor(result);
    const mayRetry = failure && attempts <= limits.maxRetries;
    const delayMs = mayRetry ? retryInMs(operation.method, result, attempts) : undefined;
    const toAttempt = (): Attempt => ({
      operation: id,
      zone,
      attempt: attempts,
      status: answer?.status,
      get requestId() {
        return requestIdOf(answer, redactor());
      },
      get headers() {
        return redactor().value(answer?.allHeaders() ?? {}) as Attempt["headers"];
      },
      error,
      outcome: attempted,
      durationMs,
      retryInMs: delayMs,
    });
    // Whatever an observer does, the call goes on.
    for (const { onAttempt } of [client, limits]) quietly(() => onAttempt?.(toAttempt()));
    if (!failure) return value;
    if (delayMs === undefined) throw error as AnyPeakaError;
    await wait(delayMs, limits.signal);
  }
  throw errorFor({ failure: "aborted", isSent: false });
}
