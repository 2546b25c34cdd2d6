import { problemOfKey } from "./auth.js";
import type { Attempt } from "./attempt.js";
import type { Check } from "./errors.js";
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
   * every attempt, so that keys can rotate. @default process.env.PEAKA_API_KEY
   */
  apiKey?: ApiKey | undefined;
  /** Where the data lives. @default the zone of the spec's first server */
  zone?: Zone | undefined;
  /** Another gateway, in place of `zone`: https, or http on a loopback address. @default none */
  baseUrl?: string | undefined;
  /**
   * How long one attempt may take, in milliseconds from 1 to 2147483647: asking for the key, headers
   * and body. The gateway logs in to the third party before it answers. @default 60_000
   */
  timeoutMs?: number | undefined;
  /** How many attempts may follow the first, where trying again is safe. @default 2 */
  maxRetries?: number | undefined;
  /**
   * The transport: any function that is called like `fetch`, and whose answers have a `status`, `headers`
   * and, where there is one, a readable `body`. It must not try again by itself, since the `outcome` of an
   * error counts the attempts that are made here. If it follows a redirect, the answer is refused.
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
  /** Called after every attempt. What it throws, or rejects with, never breaks a call. @default none */
  onAttempt?: ((attempt: Attempt) => void) | undefined;
}

/** The options of one call. */
export interface CallOptions {
  /**
   * Ends the call, which then rejects with the signal's `reason`; whether the change was applied is then
   * unknown. `AbortSignal.timeout(ms)` limits all attempts together. @default none
   */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, in milliseconds. @default the client's */
  timeoutMs?: number | undefined;
  /** How many attempts may follow the first. @default the client's */
  maxRetries?: number | undefined;
}

/** The options of a call, checked. @internal */
export interface Limits {
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly signal?: AbortSignal | undefined;
}

/** The options of a client, checked. @internal */
export interface Settings extends Limits {
  readonly apiKey: ApiKey;
  readonly target: Target;
  readonly fetch: Fetch;
  readonly onAttempt: ((attempt: Attempt) => unknown) | undefined;
}

const clientNames = ["apiKey", "zone", "baseUrl", "fetch", "onAttempt", "timeoutMs", "maxRetries"];
const callNames = ["signal", "timeoutMs", "maxRetries"];

/** Checks the options of a client, and fills in the defaults. @internal */
export function readClientOptions(given: unknown, check: Check): Settings {
  const options = fieldsOf(given, "options", clientNames, check);
  const { apiKey = keyInEnvironment(), onAttempt } = options;
  check(apiKey !== undefined, "apiKey is missing: pass it, or set PEAKA_API_KEY");
  const problem = typeof apiKey === "function" ? undefined : problemOfKey(apiKey);
  const from = options.apiKey === undefined ? "apiKey (PEAKA_API_KEY)" : "apiKey";
  check(!problem, `${from} ${problem}`);
  // The global is looked up at each call, so that one which is patched later is used.
  const { fetch = (url: string, init: RequestInit) => globalThis.fetch(url, init) } = options;
  check(typeof fetch === "function", "fetch must be a function");
  const isObserver = onAttempt === undefined || typeof onAttempt === "function";
  check(isObserver, "onAttempt must be a function");
  return {
    ...readLimits(options, { timeoutMs: 60_000, maxRetries: 2 }, check),
    apiKey: apiKey as ApiKey,
    target: targetOf(options.zone, options.baseUrl, check),
    fetch: fetch as Fetch,
    onAttempt: onAttempt as Settings["onAttempt"],
  };
}

function keyInEnvironment(): string | undefined {
  try {
    // There is no `process` in a browser or a worker.
    return (globalThis.process as typeof process | undefined)?.env["PEAKA_API_KEY"];
  } catch {
    // Deno throws where it was not allowed to read the variable.
    return undefined;
  }
}

/** Checks the options of a call, and fills in the client's. @internal */
export function readCallOptions(given: unknown = {}, defaults: Limits, check: Check): Limits {
  const options = fieldsOf(given, "options", callNames, check);
  const { signal } = options as CallOptions;
  // By what it can do, since every realm has its own class.
  const isSignal =
    typeof signal?.throwIfAborted === "function" && typeof signal.addEventListener === "function";
  check(signal === undefined || isSignal, "signal must be an AbortSignal");
  return { signal, ...readLimits(options, defaults, check) };
}

function readLimits(options: Fields, defaults: Limits, check: Check) {
  const { timeoutMs = defaults.timeoutMs, maxRetries = defaults.maxRetries } =
    options as Partial<Limits>;
  const isTime = typeof timeoutMs === "number" && timeoutMs >= 1 && timeoutMs <= 2 ** 31 - 1;
  check(isTime, "timeoutMs must be a number of milliseconds from 1 to 2147483647");
  const isCount = Number.isSafeInteger(maxRetries) && maxRetries >= 0;
  check(isCount, "maxRetries must be a whole number from 0");
  return { timeoutMs, maxRetries };
}

/** What somebody gave, by name. @internal */
export type Fields = Readonly<Record<string, unknown>>;

/** The properties of an object by these names, if it has no others of its own. @internal */
export function fieldsOf(
  given: unknown,
  what: string,
  names: readonly string[],
  check: Check,
): Fields {
  check(typeof given === "object" && given, `${what} must be an object`);
  const fields: Record<string, unknown> = { __proto__: null };
  let unknown: string | undefined;
  try {
    unknown = Object.keys(given).find((name) => !names.includes(name));
    for (const name of names) {
      // Those of its class, too. What every object has is nobody's word, and may be an attacker's.
      const isGiven = Object.hasOwn(given, name) || !(name in Object.prototype);
      if (isGiven) fields[name] = (given as Fields)[name];
    }
  } catch {
    check(false, `${what} must not hold a getter that throws`);
  }
  const quoted = unknown?.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]+/g, " ").slice(0, 64);
  check(unknown === undefined, `${what} must not hold ${quoted}, only ${names.join(", ")}`);
  return fields;
}
