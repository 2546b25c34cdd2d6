import createOpenapiClient from "openapi-fetch";
import { PlainRequest, type OpenapiClient } from "./attempt.js";
import { call, type Client } from "./call.js";
import { checkFor } from "./errors.js";
import { readClientOptions, type CallOptions, type PeakaClientOptions } from "./options.js";
import { fillPath } from "./request.js";
import type { Connection, UpdateConnectionInput, Zone } from "./types.js";
import type { OperationId, OperationInput, OperationResult } from "./types.js";

/** A client of one zone of the Peaka Gateway. Each call rejects with a {@link PeakaError}. */
export interface PeakaClient {
  /** The zone that it calls; undefined where it was given a `baseUrl`. */
  readonly zone: Zone | undefined;
  /** The URL below which all its requests go. */
  readonly baseUrl: string;
  /**
   * Changes a connection's name, type or credential. The gateway tries the new credential before it
   * answers, and keeps the old one if the third party refuses it.
   * @throws {@link PeakaUsageError} where the input is wrong, before anything is sent
   * @throws {@link PeakaApiError} where the gateway refuses; {@link PeakaResponseError},
   * {@link PeakaNetworkError} or {@link PeakaTimeoutError} where its answer is wrong, broken or late.
   * The `outcome` of each says whether the change may have been applied.
   */
  readonly updateConnection: (
    input: UpdateConnectionInput,
    options?: CallOptions,
  ) => Promise<Connection>;
  /** Calls any operation of the spec by its `operationId`, with the same care and the same errors. */
  readonly call: <Id extends OperationId>(
    operationId: Id,
    input: OperationInput<Id>,
    options?: CallOptions,
  ) => Promise<OperationResult<Id>>;
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
  return {
    zone,
    baseUrl,
    updateConnection: (input, options) =>
      call(client, "updateConnection", input, options) as Promise<Connection>,
    call: (id, input, options) => call(client, id, input, options) as never,
  };
}
