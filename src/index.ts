export { defaultZone, zones } from "../generated/spec.js";
export type { Connection, ConnectionRequest, Zone } from "../generated/spec.js";
export type { OperationId, OperationInput, OperationResult } from "../generated/spec.js";
export { createPeakaClient, type PeakaClient } from "./client.js";
export { isPeakaError, PeakaAbortError, PeakaApiError, PeakaError } from "./errors.js";
export {
  PeakaNetworkError,
  PeakaResponseError,
  PeakaTimeoutError,
  PeakaUsageError,
} from "./errors.js";
export type { AnyPeakaError, PeakaErrorFields } from "./errors.js";
export type { Attempt } from "./call.js";
export type { ApiKey, CallOptions, Fetch, FetchHeaders, FetchInit } from "./options.js";
export type { FetchResponse, PeakaClientOptions } from "./options.js";
export type { Outcome } from "./outcome.js";
