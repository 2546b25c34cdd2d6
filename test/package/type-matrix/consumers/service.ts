/** A service that uses all that the package exports. */
import { createPeakaClient, defaultZone, isPeakaError, zones } from "../../../../src/index.js";
import { PeakaApiError, PeakaError, PeakaNetworkError } from "../../../../src/index.js";
import { PeakaResponseError, PeakaTimeoutError, PeakaUsageError } from "../../../../src/index.js";
import type { AnyPeakaError, ApiKey, Attempt, CallOptions } from "../../../../src/index.js";
import type { Connection, ConnectionRequest, Fetch, OperationId } from "../../../../src/index.js";
import type { OperationInput, OperationResult, Outcome } from "../../../../src/index.js";
import type { PeakaClient, PeakaClientOptions, PeakaErrorFields } from "../../../../src/index.js";
import type { UpdateConnectionInput, Zone } from "../../../../src/index.js";

const apiKey: ApiKey = () => Promise.resolve("key");
const attempts: Attempt[] = [];
const pinned: Fetch = (url, init) => fetch(url, { ...init, redirect: "manual" });

const options: PeakaClientOptions = {
  apiKey,
  zone: defaultZone,
  baseUrl: undefined,
  timeoutMs: 30_000,
  maxRetries: 1,
  fetch: pinned,
  onAttempt: (attempt) => attempts.push(attempt),
};
const peaka: PeakaClient = createPeakaClient(options);

export const zone: Zone | undefined = peaka.zone;
export const elsewhere: string = peaka.baseUrl === zones.us ? zones.eu : zones.us;
export const plain = [
  createPeakaClient(),
  createPeakaClient({ apiKey: "key", zone: "eu" }),
  createPeakaClient({ fetch }),
  createPeakaClient({ fetch: globalThis.fetch }),
];

const body: ConnectionRequest = { name: "shop", type: "stripe", credential: { token: "t" } };
const update: UpdateConnectionInput = { projectId: "p", connectionId: "c", body };

export async function rotate(signal: AbortSignal): Promise<Connection> {
  const limits: CallOptions = { signal, timeoutMs: 1_000, maxRetries: 0 };
  const operation: OperationId = "updateConnection";
  const input: OperationInput<"updateConnection"> = { ...update, body: { type: "any-other" } };
  const result: OperationResult<"updateConnection"> = await peaka.call(operation, input, limits);
  const id: string | undefined = result.id;
  // What JSON gives: a type and keys that are known at run time only.
  const { type, credential } = JSON.parse("{}") as { type: string; credential: object };
  const loose = { type, credential: { ...credential } };
  await peaka.updateConnection({ ...update, connectionId: id ?? "c", body: loose });
  return peaka.updateConnection(update, { signal: AbortSignal.timeout(1_000) });
}

export function tell(error: unknown): string | number | undefined {
  if (!isPeakaError(error)) return undefined;
  const known: AnyPeakaError = error;
  switch (known.name) {
    case "PeakaApiError":
      return [known.code, known.errorCode, known.requestId, known.hint, known.status].join();
    case "PeakaResponseError":
      return known.requestId ?? known.status;
    case "PeakaNetworkError":
      return known.code;
    case "PeakaTimeoutError":
      return known.timeoutMs;
    case "PeakaUsageError":
      return known.message;
    default:
      return known satisfies never;
  }
}

export function look(error: unknown): Outcome | number | undefined {
  if (error instanceof PeakaApiError) return error.retryAfterMs ?? error.status;
  if (error instanceof PeakaResponseError) return error.status;
  if (error instanceof PeakaNetworkError) return error.code?.length;
  if (error instanceof PeakaTimeoutError) return error.timeoutMs;
  if (error instanceof PeakaUsageError) return error.attempts;
  return error instanceof PeakaError ? error.outcome : undefined;
}

/** What a service's own tests may make. */
export const fields: PeakaErrorFields = {
  operation: "updateConnection",
  zone: "us",
  attempts: 1,
  outcome: "unknown",
};
export const made: Error = new PeakaTimeoutError("late", { ...fields, timeoutMs: 1 });

export const summaries = attempts.map(
  ({ operation, zone, attempt, status, requestId, headers, error, ...rest }) => {
    const retryAfter: string | undefined = headers["retry-after"];
    const outcome: Outcome | "applied" = rest.outcome;
    const waits: number = rest.durationMs + (rest.retryInMs ?? 0);
    const failed: AnyPeakaError["name"] | undefined = error?.name;
    return { operation, zone, attempt, status, requestId, retryAfter, outcome, waits, failed };
  },
);
