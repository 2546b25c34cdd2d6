import { problemOfKey } from "./auth.js";
import type { Attempt } from "./attempt.js";
import type { Fail } from "./errors.js";
import type { Zone } from "./types.js";
import { targetOf, type Target } from "./zone.js";

/** An API key, or a function that gives one. */
export type ApiKey = string | (() => string | Promise<string>);

/** `fetch`, or anything that is called like it and answers like it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The options of a client. Only `undefined` means "use the default". */
export interface PeakaClientOptions {
  /**
   * A Partner API key (all projects) or a Project API key (one project). A function is asked before
   * every attempt, within its `timeoutMs`, so that keys can rotate.
   * @default process.env.PEAKA_API_KEY, where there is a `process`
   */
  apiKey?: ApiKey | undefined;
  /**
   * Where the data lives.
   * @default the zone of the spec's first server
   */
  zone?: Zone | undefined;
  /**
   * Another gateway, in place of `zone`: `https:`, or `http:` on a loopback address.
   * @default none
   */
  baseUrl?: string | undefined;
  /**
   * How long one attempt may take, in milliseconds from 1 to 2147483647: asking for the key, headers
   * and body. The gateway logs in to the third party before it answers, which can take seconds.
   * @default 60_000
   */
  timeoutMs?: number | undefined;
  /**
   * How many further attempts may follow the first, where trying again is safe.
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * The transport. It is told to follow no redirect; if it does, its answer is refused.
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
  /**
   * Called after every attempt, with no secrets in it. What it throws never breaks a call.
   * @default none
   */
  onAttempt?: ((attempt: Attempt) => void) | undefined;
}

/** The options of one call. The last two are as in {@link PeakaClientOptions}. */
export interface CallOptions {
  /** Ends the call, which then rejects with the signal's `reason`. @default none */
  signal?: AbortSignal | undefined;
  /** In milliseconds, for each attempt. @default the client's */
  timeoutMs?: number | undefined;
  /** Further attempts after the first. @default the client's */
  maxRetries?: number | undefined;
}

/** The options of a call, checked. */
export interface Limits {
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly signal?: AbortSignal | undefined;
}

/** The options of a client, checked. */
export interface Settings extends Limits {
  readonly apiKey: ApiKey;
  readonly target: Target;
  readonly fetch: Fetch;
  readonly onAttempt: ((attempt: Attempt) => unknown) | undefined;
}

const limitNames = ["timeoutMs", "maxRetries"];
const clientNames = ["apiKey", "zone", "baseUrl", "fetch", "onAttempt", ...limitNames];

/** Checks the options of a client, and fills in the defaults. */
export function readClientOptions(given: unknown, fail: Fail): Settings {
  const options = fieldsOf(given, "options", clientNames, fail);
  const { zone, baseUrl, onAttempt, apiKey = keyFromEnvironment() } = options;
  if (apiKey === undefined) fail("apiKey is missing: pass it, or set PEAKA_API_KEY");
  const problem = typeof apiKey === "function" ? undefined : problemOfKey(apiKey);
  if (problem) fail(`apiKey ${problem}`);
  if (typeof (options.fetch ?? fetch) !== "function" || options.fetch === null)
    fail("fetch must be a function");
  if (typeof (onAttempt ?? fail) !== "function") fail("onAttempt must be a function");
  if (zone !== undefined && baseUrl !== undefined) fail("zone and baseUrl exclude each other");
  return {
    ...readLimits(options, { timeoutMs: 60_000, maxRetries: 2 }, fail),
    apiKey: apiKey as ApiKey,
    target: targetOf(zone, baseUrl, fail),
    // The global is looked up at each call, so that one which is patched later is used.
    fetch: (options.fetch as Fetch | undefined) ?? ((url, init) => fetch(url, init)),
    onAttempt: onAttempt as Settings["onAttempt"],
  };
}

/** Checks the options of a call, and fills in the client's. */
export function readCallOptions(given: unknown = {}, defaults: Limits, fail: Fail): Limits {
  const options = fieldsOf(given, "options", ["signal", ...limitNames], fail);
  const signal = options.signal as AbortSignal | undefined;
  if (signal !== undefined && !("throwIfAborted" in Object(signal)))
    fail("signal must be an AbortSignal");
  return { signal, ...readLimits(options, defaults, fail) };
}

function readLimits(options: Fields, defaults: Limits, fail: Fail) {
  const { timeoutMs = defaults.timeoutMs, maxRetries = defaults.maxRetries } = options;
  if (!(typeof timeoutMs === "number" && timeoutMs >= 1 && timeoutMs < 2 ** 31)) {
    fail("timeoutMs must be a number of milliseconds from 1 to 2147483647");
  }
  if (!(Number.isSafeInteger(maxRetries) && Number(maxRetries) >= 0)) {
    fail("maxRetries must be a whole number from 0");
  }
  return { timeoutMs, maxRetries: maxRetries as number };
}

/** The properties of an object, if they have none but these names. */
export function fieldsOf(
  given: unknown,
  what: string,
  names: readonly string[],
  fail: Fail,
): Fields {
  if (typeof given !== "object" || given === null) fail(`${what} must be an object`);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) fail(`${what} must not hold ${unknown}, only ${names.join(", ")}`);
  return given as Fields;
}

function keyFromEnvironment(): string | undefined {
  // There is no `process` in a browser or a worker.
  return (globalThis.process as typeof process | undefined)?.env["PEAKA_API_KEY"];
}

type Fields = Readonly<Record<string, unknown>>;
