import { pipeline, type Readable } from "node:stream";
import { constants, createBrotliDecompress, createUnzip } from "node:zlib";
import { Agent, type Dispatcher } from "undici";
import type { Fetch } from "./options.js";

/** The options of {@link undiciFetch}. */
export interface UndiciFetchOptions {
  /** How many connections to open to the gateway at most. @default as many as there are calls */
  connections?: number | undefined;
  /**
   * A pool, proxy or agent of the caller's own, in place of a new one. It must not try again by itself:
   * the `outcome` of an error counts the attempts that are made here. @default none
   */
  dispatcher?: Dispatcher | undefined;
}

/** A `fetch` for the option of that name, and a way to be done with its connections. */
export interface UndiciFetch extends Fetch {
  /** Waits for the calls under way and closes the connections; those of a given dispatcher stay. */
  close(): Promise<void>;
}

/**
 * A transport over an undici pool, for services that change many connections: it costs a fraction of
 * what `fetch` does. Its answers have a status, headers and a readable body, not all of `Response`.
 * @throws TypeError where an option is wrong
 */
export function undiciFetch(options: UndiciFetchOptions = {}): UndiciFetch {
  const { connections, dispatcher, ...others } = options;
  const isCount =
    connections === undefined || (Number.isSafeInteger(connections) && connections > 0);
  check(isCount, "connections must be a whole number from 1");
  const isDispatcher =
    dispatcher === undefined || typeof (dispatcher as Dispatcher | null)?.request === "function";
  check(isDispatcher, "dispatcher must be one of undici's, such as an Agent");
  check(Object.keys(others).length === 0, "options must hold only connections and dispatcher");
  const pool = dispatcher ?? new Agent(connections === undefined ? {} : { connections });
  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const { origin, pathname, search } = new URL(url);
    const answer = await pool.request({
      origin,
      path: pathname + search,
      method: init.method as Dispatcher.HttpMethod,
      headers: init.headers as Record<string, string>,
      body: (init.body ?? null) as string | null,
      signal: init.signal ?? null,
      // For a dispatcher that was made to follow redirects: not these.
      maxRedirections: 0,
    } as Dispatcher.RequestOptions);
    return standIn(answer) as unknown as Response;
  };
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= dispatcher ? Promise.resolve() : pool.close());
  return Object.assign(send, { close });
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new TypeError(`undiciFetch: ${otherwise}`);
}

/** The part of a `Response` that this package reads. */
function standIn({ statusCode, headers, body: sent }: Dispatcher.ResponseData) {
  const body = decoded(sent, String(headers["content-encoding"]));
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const cancel = async () => {
    await Promise.resolve(body.on("error", () => undefined).destroy());
  };
  return {
    status: statusCode,
    headers: {
      get: (name: string) => headers[name]?.toString() ?? null,
      *[Symbol.iterator]() {
        for (const [name, value] of Object.entries(headers)) yield [name, String(value)];
      },
    },
    body: { getReader: () => ({ read: () => chunks.next(), cancel }), cancel },
  };
}

/** A request that names no content-encoding may be answered in any. */
function decoded(body: Readable, coding: string): Readable {
  // As `fetch` does: what was cut short is given as far as it came.
  const unzip = () => createUnzip({ finishFlush: constants.Z_SYNC_FLUSH });
  const isZipped = /^(?:(?:x-)?gzip|deflate)$/i.test(coding);
  const decoder = isZipped ? unzip() : /^br$/i.test(coding) ? createBrotliDecompress() : undefined;
  return decoder ? pipeline(body, decoder, () => undefined) : body;
}
