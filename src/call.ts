import { operations, type Operation } from "../generated/spec.js";
import { wait } from "./abort.js";
import { report, type Attempt } from "./attempt.js";
import { serialiseBody } from "./body.js";
import { checkFor, type AnyPeakaError, type Check } from "./errors.js";
import { errorOf, headOf } from "./failure.js";
import { fieldsOf, readCallOptions, type Settings } from "./options.js";
import { outcomeOf, type Outcome } from "./outcome.js";
import { placeParameters } from "./parameters.js";
import { createRedactor } from "./redact.js";
import { parseRetryAfter, retryInMs } from "./retry.js";
import { secretsIn } from "./secrets.js";
import { attempt, type Call } from "./transport.js";
import type { OperationId } from "./types.js";

/** Builds the URL of a call, whose path is filled in, and gives what `send` makes of it. */
export type Route = (
  operation: Operation,
  path: string,
  query: object,
  send: (url: string) => Promise<unknown>,
) => Promise<unknown>;

/** One call of an operation: checks all that it was given, then makes its attempts. */
export async function call(
  settings: Settings,
  route: Route,
  id: OperationId,
  input: unknown,
  options: unknown,
): Promise<unknown> {
  const { zone, baseUrl } = settings.target;
  const isKnown = typeof id === "string" && Object.hasOwn(operations, id);
  const operation: Operation | undefined = isKnown ? operations[id] : undefined;
  const head = operation ? headOf(operation, settings.target) : "call: ";
  const check: Check = checkFor(head, operation && id, zone);

  check(operation, "operationId must name an operation that this client carries");
  const names = [...Object.keys(operation.parameters), "body"];
  const fields = fieldsOf(input, "input", names, check);
  const { path, query } = placeParameters(operation, fields, check);
  const body = serialiseBody(operation, fields.body, check);
  const limits = readCallOptions(options, settings, check);

  return route(operation, path, query, (given) => {
    const { origin, pathname, href: url } = new URL(given);
    check(
      origin + pathname === baseUrl + path,
      "its URL would leave the operation's path: check the path parameters",
    );
    return makeAttempts(id, { operation, settings, limits, url, body }, query);
  });
}

async function makeAttempts(id: OperationId, call: Call, query: object): Promise<unknown> {
  const { operation, settings, limits, body } = call;
  const { onAttempt } = settings;
  const keys: string[] = [];
  // Built only when something failed or somebody looks: most calls never pay for it.
  const redactor = () => {
    const values: unknown[] = [query, body && JSON.parse(body)];
    return createRedactor([...keys, ...secretsIn(values, operation.secrets)]);
  };

  const told = { operation: id, zone: settings.target.zone };
  let outcome: Outcome = "not-applied";
  for (let attempts = 1; ; attempts++) {
    limits.signal?.throwIfAborted();
    const startedAt = performance.now();
    const reply = await attempt(call);
    const { problem, response, key } = reply;
    // As it is given, and as it arrives: without the spaces at its ends.
    if (key !== undefined) keys.push(key, key.trim());

    const own: Attempt["outcome"] = problem ? outcomeOf(operation.method, reply) : "applied";
    let error: AnyPeakaError | undefined;
    let delayMs: number | undefined;
    if (own === "unknown") outcome = own;
    if (problem && problem !== "aborted") {
      const retryAfterMs = parseRetryAfter(response?.headers.get("retry-after"), Date.now());
      const isLast = attempts > limits.maxRetries;
      delayMs = isLast ? undefined : retryInMs(operation.method, reply, retryAfterMs, attempts);
      error = errorOf(reply, call, { ...told, attempts, outcome }, retryAfterMs, redactor());
    }
    if (onAttempt) {
      const timing = { durationMs: performance.now() - startedAt, retryInMs: delayMs };
      const facts = { ...told, attempt: attempts, error, outcome: own, ...timing };
      report(onAttempt, facts, response, redactor);
    }

    if (!problem) return reply.json;
    limits.signal?.throwIfAborted();
    if (delayMs === undefined) throw error as AnyPeakaError;
    await wait(delayMs, limits.signal);
  }
}
