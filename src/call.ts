import { operations, type Operation } from "../generated/spec.js";
import { wait } from "./abort.js";
import { report } from "./attempt.js";
import { serialiseBody } from "./body.js";
import { PeakaUsageError, type AnyPeakaError, type Fail } from "./errors.js";
import { errorOf, headOf } from "./failure.js";
import { fieldsOf, readCallOptions, type Settings } from "./options.js";
import { outcomeOf, type Outcome } from "./outcome.js";
import { fillPath, placeParameters, type Placed } from "./parameters.js";
import { createRedactor, type Redactor } from "./redact.js";
import { parseRetryAfter, retryInMs } from "./retry.js";
import { secretsIn } from "./secrets.js";
import { attempt, type Call } from "./transport.js";
import type { OperationId } from "./types.js";

/** Builds the URL of a call and gives what `send` makes of it. */
export type Route = (
  operation: Operation,
  placed: Placed,
  body: string | undefined,
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
  const { target } = settings;
  const operation: Operation | undefined = Object.hasOwn(operations, id)
    ? operations[id]
    : undefined;
  const fail: Fail = (reason) => {
    const head = operation ? headOf(operation, target) : "call: ";
    const fields = { operation: operation && id, zone: target.zone } as const;
    throw new PeakaUsageError(head + reason, { ...fields, attempts: 0, outcome: "not-applied" });
  };

  if (!operation) fail("operationId must name an operation that this client carries");
  const names = [...Object.keys(operation.parameters), "body"];
  const fields = fieldsOf(input, "input", names, fail);
  const placed = placeParameters(operation, fields, fail);
  const body = serialiseBody(operation, fields.body, fail);
  const limits = readCallOptions(options, settings, fail);

  return route(operation, placed, body, (given) => {
    const { origin, pathname, href: url } = new URL(given);
    if (origin + pathname !== target.baseUrl + fillPath(operation.path, placed.path)) {
      fail("its URL would leave the operation's path: check the path parameters");
    }
    const ready = { operation, settings, limits, url, headers: headersOf(operation, body), body };
    // Built only when something failed or somebody looks: most calls never pay for it.
    const redactor = (keys: readonly string[]) => {
      const parsed: unknown = body && JSON.parse(body);
      return createRedactor([...keys, ...secretsIn([parsed, placed.query], operation.secrets)]);
    };
    return makeAttempts(id, ready, redactor);
  });
}

async function makeAttempts(
  id: OperationId,
  call: Call,
  redactorOf: (keys: readonly string[]) => Redactor,
): Promise<unknown> {
  const { target, onAttempt } = call.settings;
  const { signal, maxRetries } = call.limits;
  const { method } = call.operation;
  const keys: string[] = [];
  let outcome: Outcome = "not-applied";

  for (let attempts = 1; ; attempts++) {
    signal?.throwIfAborted();
    const startedAt = performance.now();
    const reply = await attempt(call);
    const { problem, response, key } = reply;
    if (key !== undefined) keys.push(key);

    let error: AnyPeakaError | undefined;
    let delayMs: number | undefined;
    const own = problem ? outcomeOf(method, reply) : "applied";
    if (own === "unknown") outcome = own;
    if (problem && problem !== "aborted") {
      const retryAfterMs = parseRetryAfter(response?.headers.get("retry-after"), Date.now());
      if (attempts <= maxRetries) delayMs = retryInMs(method, reply, retryAfterMs, attempts);
      const fields = { operation: id, zone: target.zone, attempts, outcome };
      error = errorOf(reply, call, fields, retryAfterMs, redactorOf(keys));
    }
    if (onAttempt) {
      const facts = { operation: id, zone: target.zone, attempt: attempts, outcome: own } as const;
      const timing = { durationMs: performance.now() - startedAt, retryInMs: delayMs };
      report(onAttempt, { ...facts, ...timing, error }, response, () => redactorOf(keys));
    }

    if (!problem) return reply.json;
    if (problem === "aborted") signal?.throwIfAborted();
    if (delayMs === undefined) throw error as AnyPeakaError;
    await wait(delayMs, signal);
  }
}

function headersOf({ success, body }: Operation, text: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  if (success.mediaTypes.length > 0) headers.accept = success.mediaTypes.join(", ");
  if (body && text !== undefined) headers["content-type"] = body.mediaType;
  return headers;
}
