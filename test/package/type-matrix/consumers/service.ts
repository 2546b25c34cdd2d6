/** A service that uses all that the package exports. */
import { createPeakaClient, defaultZone, isPeakaError, zones } from "../../../../src/index.js";
import {
  PeakaAbortError,
  PeakaApiError,
  PeakaError,
  PeakaNetworkError,
} from "../../../../src/index.js";
import { PeakaResponseError, PeakaTimeoutError, PeakaUsageError } from "../../../../src/index.js";
import type { AnyPeakaError, ApiKey, Attempt, CallOptions } from "../../../../src/index.js";
import type { Connection, ConnectionRequest, Fetch, FetchInit } from "../../../../src/index.js";
import type { FetchResponse, OperationId } from "../../../../src/index.js";
import type { OperationInput, OperationResult, Outcome } from "../../../../src/index.js";
import type { PeakaClient, PeakaClientOptions, PeakaErrorFields } from "../../../../src/index.js";
import type { Zone } from "../../../../src/index.js";
import {
  createTestGateway,
  type Fault,
  type TestConnection,
} from "../../../../src/testing/index.js";
import type { TestGateway, TestGatewayOptions } from "../../../../src/testing/index.js";
import type { TestRequest } from "../../../../src/testing/index.js";

const apiKey: ApiKey = () => Promise.resolve("key");
const attempts: Attempt[] = [];
const answer: FetchResponse = { status: 204, headers: { get: () => null } };
const own: Fetch = (url, init: FetchInit) => (url ? fetch(url, init) : Promise.resolve(answer));
const limits: CallOptions = { signal: AbortSignal.timeout(1_000), timeoutMs: 1_000, maxRetries: 0 };
const options: PeakaClientOptions = {
  ...{ apiKey, zone: defaultZone, baseUrl: undefined, timeoutMs: 30_000, maxRetries: 1 },
  ...{ fetch: own, onAttempt: (attempt: Attempt) => attempts.push(attempt) },
};
const peaka: PeakaClient = createPeakaClient(options);
export const zone: Zone | undefined = peaka.zone;
export const elsewhere: string = peaka.baseUrl === zones.us ? zones.eu : zones.us;
export const plain = [createPeakaClient(), createPeakaClient({ fetch, zone: "eu" })];

const body: ConnectionRequest = { name: "shop", type: "stripe", credential: { token: "t" } };
const update: OperationInput<"updateConnection"> = { projectId: "p", connectionId: "c", body };

export async function rotate(): Promise<Connection> {
  const operation = "updateConnection" satisfies OperationId;
  const input: OperationInput<typeof operation> = { ...update, body: { type: "any-other" } };
  const result: OperationResult<typeof operation> = await peaka[operation](input, limits);
  // What JSON gives: a type and keys that are known at run time only.
  const { type, credential } = JSON.parse("{}") as { type: string; credential: object };
  const loose = { type, credential: { ...credential } };
  await peaka.updateConnection({ ...update, connectionId: result.id ?? "c", body: loose });
  return peaka.updateConnection(update, limits);
}

export function read(error: unknown): string | number | undefined {
  if (error instanceof PeakaResponseError || error instanceof PeakaApiError) return error.status;
  if (error instanceof PeakaNetworkError) return error.code?.length;
  if (error instanceof PeakaUsageError || error instanceof PeakaAbortError) return error.attempts;
  if (error instanceof PeakaTimeoutError) return error.timeoutMs;
  if (error instanceof PeakaError) return error.outcome satisfies Outcome;
  if (!isPeakaError(error)) return undefined;
  const known: AnyPeakaError = error;
  return known.name === "PeakaApiError" ? (known.code ?? known.requestId) : known.message;
}

const fields: PeakaErrorFields = {
  ...{ operation: "updateConnection", zone: "us", attempts: 1, outcome: "unknown" },
};
export const made: Error = new PeakaTimeoutError("late", { ...fields, timeoutMs: 1 });

const stored: TestConnection = { projectId: "p", id: "c", name: "n", type: "t", credential: {} };
const handlers: TestGatewayOptions["handlers"] = { getConnectionConfig: (input) => input };
const gateway: TestGateway = createTestGateway({ connections: [stored], handlers });
export const tested = createPeakaClient({ apiKey: gateway.apiKey, fetch: gateway.fetch });
const faults: Fault[] = ["lose-answer", { status: 503, retryAfter: 1, body: { error: "BUSY" } }];
gateway.next(...faults);
const picks = ({ operation, input }: TestRequest) =>
  operation === "updateConnection" && input.body.name === "n";
gateway.when(picks, "silence");

export const wrong = () => [
  // @ts-expect-error: no such zone
  createPeakaClient({ zone: "moon" }),
  // @ts-expect-error: no such option
  createPeakaClient({ timeout: 1_000 }),
  // @ts-expect-error: a parameter is missing
  peaka.updateConnection({ projectId: "p", body: {} }),
  // @ts-expect-error: no such property of the body
  peaka.updateConnection({ ...update, body: { type: "stripe", credentials: {} } }),
  // @ts-expect-error: a client stays in its zone
  (peaka.zone = "eu"),
];
