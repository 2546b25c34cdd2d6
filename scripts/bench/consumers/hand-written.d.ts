// The package's types as a person would write them who knows this one operation.

export declare const zones: {
  readonly us: string;
  readonly eu: string;
};
export declare const defaultZone: "us";

/** The region in which the data lives. */
export type Zone = "us" | "eu";

/** Whether the change may have been applied. */
export type Outcome = "not-applied" | "unknown";

/** The operations of the API. */
export type OperationId = "updateConnection";

/** An API key, or a function that gives one. */
export type ApiKey = string | (() => string | Promise<string>);

/** `fetch`, or anything that is called like it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The options of a client. */
export interface PeakaClientOptions {
  apiKey?: ApiKey | undefined;
  zone?: Zone | undefined;
  baseUrl?: string | undefined;
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
  fetch?: Fetch | undefined;
  onAttempt?: ((attempt: Attempt) => void) | undefined;
}

/** The options of a call. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
}

/** What `onAttempt` is told of one attempt. */
export interface Attempt {
  readonly operation: OperationId;
  readonly zone?: Zone | undefined;
  readonly attempt: number;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly headers: Record<string, string>;
  readonly error?: AnyPeakaError | undefined;
  readonly outcome: Outcome | "applied";
  readonly durationMs: number;
  readonly retryInMs?: number | undefined;
}

interface ConnectionFields {
  name?: string;
  connectionCallback?: string;
}

/** The keys that the known types of connections have, for the editor. */
interface Credential<Known> {
  credential?: { [Key in keyof Known]?: Known[Key] } & { [key: string]: unknown };
}

interface OtherRequest extends ConnectionFields {
  type?: string & {};
  credential?: { [key: string]: unknown };
}
interface HubspotRequest
  extends
    ConnectionFields,
    Credential<{ clientId: unknown; clientSecret: unknown; refreshToken: unknown }> {
  type: "hubspot";
}
interface StripeRequest extends ConnectionFields, Credential<{ token: unknown }> {
  type: "stripe";
}
interface AirtableRequest extends ConnectionFields, Credential<{ personalAccessToken: unknown }> {
  type: "airtable";
}

/** The body of an update. */
export type ConnectionRequest = OtherRequest | HubspotRequest | StripeRequest | AirtableRequest;

/** A connection, without its credential. */
export interface Connection {
  id?: string;
  name?: string;
  type?: string;
  url?: string;
}

/** What an update takes. */
export interface UpdateConnectionInput {
  projectId: string;
  connectionId: string;
  body: ConnectionRequest;
}

interface Inputs {
  updateConnection: UpdateConnectionInput;
}
interface Results {
  updateConnection: Connection;
}
export type OperationInput<Id extends OperationId> = Inputs[Id];
export type OperationResult<Id extends OperationId> = Results[Id];

/** A client of one zone. */
export interface PeakaClient {
  readonly zone: Zone | undefined;
  readonly baseUrl: string;
  readonly updateConnection: (
    input: UpdateConnectionInput,
    options?: CallOptions,
  ) => Promise<Connection>;
  readonly call: <Id extends OperationId>(
    operationId: Id,
    input: OperationInput<Id>,
    options?: CallOptions,
  ) => Promise<OperationResult<Id>>;
}

export declare function createPeakaClient(options?: PeakaClientOptions): PeakaClient;

/** The base of every error. */
export declare abstract class PeakaError extends Error {
  abstract readonly name: string;
  readonly operation: OperationId | undefined;
  readonly zone: Zone | undefined;
  readonly attempts: number;
  readonly outcome: Outcome;
}
export declare class PeakaUsageError extends PeakaError {
  readonly name = "PeakaUsageError";
}
export declare class PeakaApiError extends PeakaError {
  readonly name = "PeakaApiError";
  readonly status: number;
  readonly code: string | undefined;
  readonly errorCode: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly body: unknown;
  readonly hint: string | undefined;
}
export declare class PeakaResponseError extends PeakaError {
  readonly name = "PeakaResponseError";
  readonly status: number;
  readonly requestId: string | undefined;
}
export declare class PeakaNetworkError extends PeakaError {
  readonly name = "PeakaNetworkError";
  readonly code: string | undefined;
}
export declare class PeakaTimeoutError extends PeakaError {
  readonly name = "PeakaTimeoutError";
  readonly timeoutMs: number;
}
export type AnyPeakaError =
  PeakaUsageError | PeakaApiError | PeakaResponseError | PeakaNetworkError | PeakaTimeoutError;

export declare function isPeakaError(value: unknown): value is AnyPeakaError;
