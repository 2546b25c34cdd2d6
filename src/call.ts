import type { Operation, OperationId, Zone } from "../generated/spec.js";
import { wait } from "./abort.js";
import type { Answer } from "./answer.js";
import { attempt, type AttemptResult, type Call, type OpenapiClient } from "./attempt.js";
import { checkFor, type AnyPeakaError, type Check } from "./errors.js";
import { errorOf, headOf, requestIdOf } from "./failure.js";
import { readCallOptions, type Settings } from "./options.js";
import { attemptOutcome, type Outcome } from "./outcome.js";
import { createRedactor, type Redactor } from "./redact.js";
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

/** What the calls of a client share. @internal */
export interface Client {
  readonly settings: Settings;
  readonly openapi: OpenapiClient;
  /** The API keys of its last calls: one that was rotated is a secret still. */
  readonly recentKeys: Set<string>;
}

/** One call of an operation: checks all that it was given, then makes its attempts. @internal */
export async function call(
  { settings, openapi, recentKeys }: Client,
  id: OperationId,
  operation: Operation,
  input: unknown,
  options: unknown,
) {
  const { zone } = settings;
  const check: Check = checkFor(headOf(operation, settings), id, zone);
  const request = readInput(operation, input, check);
  const limits = readCallOptions(options, settings, check);
  const call: Call = { operation, request, settings, limits, openapi };
  const keys = new Set<string>();
  // Made only when something failed or somebody looks: most calls never pay for it.
  const redactor = () => createRedactor([...keys, ...recentKeys, ...secretsIn(request, operation)]);
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
    if (key !== undefined) remember(key, keys, recentKeys);

    const attempted = failure ? attemptOutcome(operation.method, result) : "applied";
    if (attempted === "unknown") outcome = attempted;
    const error = failure && errorFor(result);
    const mayRetry = failure && attempts <= limits.maxRetries;
    const delayMs = mayRetry ? retryInMs(operation.method, result, attempts) : undefined;
    const facts = { operation: id, zone, attempt: attempts, error, outcome: attempted } as const;
    for (const observe of [settings.onAttempt, limits.onAttempt])
      report(observe, { ...facts, durationMs, retryInMs: delayMs }, answer, redactor);
    if (!failure) return value;
    if (delayMs === undefined) throw error as AnyPeakaError;
    await wait(delayMs, limits.signal);
  }
  throw errorFor({ failure: "aborted", isSent: false });
}

/** Keeps a key, as it is given and as it arrives, for this call and among the last of the client's. */
function remember(key: string, keys: Set<string>, recentKeys: Set<string>): void {
  for (const form of [key, key.trim()]) {
    keys.add(form);
    recentKeys.delete(form);
    recentKeys.add(form);
    const [oldest = form] = recentKeys;
    if (recentKeys.size > mostRecentKeys) recentKeys.delete(oldest);
  }
}

/** Gives an observer an attempt. Whatever it does, the call goes on. */
function report(
  onAttempt: Settings["onAttempt"],
  facts: Omit<Attempt, "status" | "requestId" | "headers">,
  answer: Answer | undefined,
  redactor: () => Redactor,
): void {
  try {
    const returned: unknown = onAttempt?.({
      ...facts,
      status: answer?.status,
      get requestId() {
        return requestIdOf(answer, redactor());
      },
      get headers() {
        return redactor().value(answer?.allHeaders() ?? {}) as Attempt["headers"];
      },
    });
    if (returned !== undefined) Promise.resolve(returned).catch(() => undefined);
  } catch {
    // An observer that fails is not the caller's problem.
  }
}
