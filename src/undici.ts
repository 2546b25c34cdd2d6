import { once } from "node:events";
import { pipeline, type Readable, type Transform } from "node:stream";
import * as zlib from "node:zlib";
import { Agent, getGlobalDispatcher, type Dispatcher } from "undici";
import type { Fetch, FetchInit } from "./options.js";

/** The options of {@link undiciFetch}. */
export interface UndiciFetchOptions {
  /** How many connections to open to the gateway at most. @default as many as there are calls */
  connections?: number | undefined;
  /**
   * A pool, proxy or agent of the caller's own, in place of a new one. It must not try again by itself:
   * the `outcome` of an error counts the attempts that are made here.
   * @default the global dispatcher, where the process set one up, or else a new pool
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
 * what `fetch` does. Its answers have a status, headers and a readable body, not all of `Response`. Its
 * own pool speaks HTTP/1.1, sends each request once, and waits for an answer as long as `timeoutMs` says.
 * A mock or a proxy that the process set up goes before it: a global dispatcher of another class than
 * undici's `Agent`, or another one than when this entry was loaded.
 * @throws TypeError where an option is wrong
 */
export function undiciFetch(options: UndiciFetchOptions = {}): UndiciFetch {
  const { connections, dispatcher, ...others } = options;
  const check = (holds: boolean, otherwise: string) => {
    if (!holds) throw new TypeError(`undiciFetch: ${otherwise}`);
  };
  const isCount = Number.isSafeInteger(connections) && Number(connections) > 0;
  check(connections === undefined || isCount, "connections must be a whole number from 1");
  const isDispatcher = typeof (dispatcher as Dispatcher | null)?.request === "function";
  const isOther = dispatcher !== undefined && !isDispatcher;
  check(!isOther, "dispatcher must be one of undici's, such as an Agent");
  check(Object.keys(others).length === 0, "options must hold only connections and dispatcher");
  // Over HTTP/2, undici sends a refused stream again by itself.
  const settings = { allowH2: false, headersTimeout: 0, bodyTimeout: 0 };
  const agent = dispatcher ?? new Agent({ ...settings, ...(connections && { connections }) });

  const send = async (url: string, { method, headers, body, signal }: FetchInit) => {
    const { origin, pathname, search } = new URL(url);
    const pool = dispatcher ?? globalDispatchers().find(isSetUp) ?? agent;
    const answer = await pool.request({
      origin,
      path: pathname + search,
      method: method,
      // What undici's own fetch says: some firewalls refuse a request that says nothing.
      headers: { "user-agent": "undici", ...headers },
      body: body ?? null,
      signal,
      // For a dispatcher that was made to follow redirects: not these.
      maxRedirections: 0,
    } as Dispatcher.RequestOptions);
    const codings = String(answer.headers["content-encoding"] ?? "").toLowerCase();
    let decoded: Readable = answer.body;
    for (const coding of codings.split(",").reverse())
      decoded = await decode(decoded, coding.trim());
    return { status: answer.statusCode, headers: headersOf(answer.headers), body: decoded };
  };
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= dispatcher ? Promise.resolve() : agent.close());
  return Object.assign(send, { close });
}

/** This undici's, and that of Node's own `fetch` or of an older undici. */
function globalDispatchers(): Dispatcher[] {
  const older = Reflect.get(globalThis, Symbol.for("undici.globalDispatcher.1")) as Dispatcher;
  return [getGlobalDispatcher(), older];
}

const initialDispatchers = globalDispatchers();

function isSetUp(dispatcher: Dispatcher | undefined): boolean {
  const isPlain = /^(?:Agent|Dispatcher1Wrapper)$/.test(dispatcher?.constructor.name ?? "");
  return !!dispatcher && !(isPlain && initialDispatchers.includes(dispatcher));
}

function headersOf(headers: Dispatcher.ResponseData["headers"]) {
  return {
    get: (name: string) => headers[name]?.toString() ?? null,
    forEach: (callback: (value: string, name: string) => void) => {
      for (const [name, value] of Object.entries(headers)) callback(String(value), name);
    },
  };
}

/** Undoes one content-encoding: a request that names none may be answered in any. */
async function decode(body: Readable, coding: string): Promise<Readable> {
  // As `fetch` does: what was cut short is given as far as it came.
  const options = { finishFlush: zlib.constants.Z_SYNC_FLUSH };
  const through = (decoder: Transform) => pipeline(body, decoder, () => undefined);
  if (/^(?:x-)?gzip$/.test(coding)) return through(zlib.createGunzip(options));
  if (coding === "br") return through(zlib.createBrotliDecompress());
  if (coding !== "deflate") return body;
  await once(body, "readable");
  const start = body.read() as Buffer | null;
  if (start) body.unshift(start);
  // Some send it without zlib's header, which the first byte tells.
  const hasHeader = start === null || (start.readUInt8() & 0x0f) === 0x08;
  return through(hasHeader ? zlib.createInflate(options) : zlib.createInflateRaw(options));
}
