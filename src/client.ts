import createOpenapiClient from "openapi-fetch";
import { operations, type Inputs, type OperationId } from "../generated/spec.js";
import type { Results, Zone } from "../generated/spec.js";
import { PlainRequest, type OpenapiClient } from "./attempt.js";
import { call, type Client } from "./call.js";
import { checkFor } from "./errors.js";
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
 * A client of one zone of the Peaka Gateway, with a method for each operation of its spec. Each call
 * rejects with a {@link PeakaError}: a {@link PeakaUsageError} where the input is wrong, before anything
 * is sent; a {@link PeakaApiError} where the gateway refuses; a {@link PeakaResponseError},
 * {@link PeakaNetworkError} or {@link PeakaTimeoutError} where its answer is wrong, broken or late; a
 * {@link PeakaAbortError} where the caller's signal aborts. The `outcome` of each says whether a change
 * may have been applied.
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
  const settings = readClientOptions(options, checkFor("createPeakaClient: "));
  const { zone, baseUrl } = settings;
  const openapi = createOpenapiClient({
    baseUrl,
    redirect: "manual",
    Request: PlainRequest as unknown as typeof globalThis.Request,
    pathSerializer: fillPath,
    // It is text by now: each attempt sends the same bytes.
    bodySerializer: (text: unknown) => text,
  } as object) as unknown as OpenapiClient;
  const client: Client = { settings, openapi, recentKeys: new Set() };
  const methods = Object.entries(operations).map(([id, operation]) => [
    id,
    (input: unknown, options: unknown) =>
      call(client, id as OperationId, operation, input, options),
  ]);
  return { zone, baseUrl, ...Object.fromEntries(methods) } as PeakaClient;
}
