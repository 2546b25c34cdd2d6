import createOpenapiClient, { createQuerySerializer } from "openapi-fetch";
import { call, type Route } from "./call.js";
import { checkFor } from "./errors.js";
import { readClientOptions, type CallOptions, type PeakaClientOptions } from "./options.js";
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
 * Creates a client. It sends nothing, and shows no more than its zone and base URL when logged.
 * @throws {@link PeakaUsageError} where an option is wrong
 */
export function createPeakaClient(options: PeakaClientOptions = {}): PeakaClient {
  const settings = readClientOptions(options, checkFor("createPeakaClient: "));
  const { zone, baseUrl } = settings.target;
  const route = routeBelow(baseUrl);
  const client = {
    zone,
    baseUrl,
    updateConnection: (input: unknown, options: unknown) =>
      call(settings, route, "updateConnection", input, options),
    call: (id: OperationId, input: unknown, options: unknown) =>
      call(settings, route, id, input, options),
  };
  const hidden = { enumerable: false };
  return Object.defineProperties(client, { updateConnection: hidden, call: hidden }) as PeakaClient;
}

/** In place of `Request`: openapi-fetch would build one, at a cost, for a transport that takes a URL. */
class PlainRequest {
  constructor(readonly url: string) {}
}

/** The part of openapi-fetch that is used, for operations that are known at run time only. */
interface OpenapiClient {
  request(method: string, path: string, init: object): Promise<unknown>;
}

function routeBelow(baseUrl: string): Route {
  const Request = PlainRequest as unknown as typeof globalThis.Request;
  const openapi = createOpenapiClient({ baseUrl, Request }) as OpenapiClient;
  return async ({ method, parameters }, path, query, send) => {
    let sent: Promise<unknown> | undefined;
    await openapi.request(method, path, {
      params: { query },
      // Each parameter in the style that the spec gives it: openapi-fetch knows one style for all.
      querySerializer: (query: object) =>
        Object.entries(query)
          .map(([name, value]) => {
            const own = parameters[name] as { style: "form"; explode: boolean };
            const serialise = createQuerySerializer({ array: own, object: own });
            return serialise({ [encodeURIComponent(name)]: queryValue(value, own.style) });
          })
          .filter(Boolean)
          .join("&"),
      // The answer goes past it: it would parse it again, and swallow a rejection with a falsy reason.
      fetch: ({ url }: PlainRequest) => {
        sent = send(url);
        return Promise.resolve({ ok: true, status: 204, headers: { get: () => null } });
      },
    });
    return sent;
  };
}

/** openapi-fetch leaves the names inside an object as they are, and joins them with `&` or commas. */
function queryValue(value: unknown, style: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const pairs = Object.entries(value);
  if (/Delimited$/.test(style)) return pairs.flat();
  return Object.fromEntries(pairs.map(([name, at]) => [encodeURIComponent(name), at]));
}
