import createOpenapiClient from "openapi-fetch";
import { operations, type Inputs, type OperationId } from "../generated/spec.js";
import type { Results, Zone } from "../generated/spec.js";
import { PlainRequest, type Client, type OpenapiClient } from "./attempt.js";
import { call } from "./call.js";
import { readGiven } from "./errors.js";
import { readClientOptions, type CallOptions, type PeakaClientOptions } from "./options.js";
import { fillPath } from "./request.js";

/** A method for each operation; its input can be left out where nothing of it is required. */
type Methods = {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- what has no properties
  readonly [Id in keyof Inputs]: {} extends Inputs[Id]
    ? (input?: Inputs[Id], options?: CallOptions) => Promise<Results[Id]>
    : (input: Inputs[Id], options?: CallOptions) => Promise<Results[Id]>;
};

/**
 * A client of one zone of the Peaka Gateway, with a method for each operation of its spec. A call rejects
 * with a {@link PeakaUsageError} where its input is wrong, before anything is sent, a {@link PeakaApiError}
 * where the gateway refuses, a {@link PeakaResponseError}, {@link PeakaNetworkError} or
 * {@link PeakaTimeoutError} where its answer is wrong, broken or late, and a {@link PeakaAbortError} where
 * the caller's signal aborts. The `outcome` of each says whether a change may have been applied.
 */
export interface PeakaClient extends Methods {
  /** The zone that it calls; undefined where it was given a `baseUrl`. */
  readonly zone: Zone | undefined;
  /** The URL below which all its requests go. */
  readonly baseUrl: string;
}

/**
 * Creates a client. It sends nothing, and shows no more than its zone, base URL and methods when logged.
 * @throws {@link PeakaUsageError} where an option is wrong
 */
export function createPeakaClient(options: PeakaClientOptions = {}): PeakaClient {
  const settings = readGiven("createPeakaClient: ", () => readClientOptions(options));
  const { zone, baseUrl } = settings;
  const openapi = createOpenapiClient({
    baseUrl,
    redirect: "manual",
    Request: PlainRequest as unknown as typeof globalThis.Request,
    pathSerializer: fillPath,
    // It is text by now: each attempt sends the same bytes.
    bodySerializer: (text: unknown) => text,
  } as object) as unknown as OpenapiClient;
  const client: Client = { ...settings, openapi, recentKeys: [] };
  const methods = Object.keys(operations).map((id) => [
    id,
    (input: unknown, options: unknown) => call(client, id as OperationId, input, options),
  ]);
  return { zone, baseUrl, ...Object.fromEntries(methods) } as PeakaClient;
}
