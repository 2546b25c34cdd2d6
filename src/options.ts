import { auth, defaultZone, zones, type Zone } from "../generated/spec.js";
import type { Check } from "./errors.js";
import type { Attempt } from "./types.js";

/** An API key, or a function that gives one. */
export type ApiKey = string | (() => string | Promise<string>);

/** What a `fetch` is called with, beside the URL. */
export interface FetchInit {
  /** In capitals. */
  method: string;
  /** By lower-case name, the API key among them. */
  headers: Record<string, string>;
  /** The JSON of the request, where it has one. */
  body?: string;
  /** No redirect is to be followed. */
  redirect: "manual";
  /** Aborts with the attempt: at its timeout, or with the caller's signal. */
  signal: AbortSignal;
}

/** What is read of the answer of a `fetch`. */
export interface FetchResponse {
  /** The HTTP status. */
  readonly status: number;
  /** The headers: each by its name, and all for an observer. */
  readonly headers: FetchHeaders;
  /** `opaqueredirect` for a redirect that a browser hides. */
  readonly type?: string | undefined;
  /** True where `fetch` followed a redirect, which is refused. */
  readonly redirected?: boolean | undefined;
  /** Where it followed one to. */
  readonly url?: string | undefined;
  /** A web stream, or anything that can be iterated asynchronously. */
  readonly body?: unknown;
  /** The whole body, for a `fetch` that gives no stream. */
  arrayBuffer?(): Promise<ArrayBuffer>;
  /** The same as text. */
  text?(): Promise<string>;
}

/** What is read of the headers of an answer. */
export interface FetchHeaders {
  /** One header. */
  get(name: string): string | null;
  /** All of them, for an observer. */
  forEach?(callback: (value: string, name: string) => void): void;
}

/** `fetch`, or anything that is called like it and answers like it. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

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
   * and body. The gateway logs in to the third party before it answers. Node's own `fetch` waits for
   * 300,000 at most, whatever this says; `peaka-client/undici` has no such limit. @default 60_000
   */
  timeoutMs?: number | undefined;
  /** How many attempts may follow the first, where trying again is safe. @default 2 */
  maxRetries?: number | undefined;
  /**
   * The transport: any function that is called like `fetch`, and whose answers have a `status`, `headers`
   * and, where there is one, a readable body. It must not try again by itself, since the `outcome` of an
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
   * Ends the call, which then rejects with a `PeakaAbortError` whose `cause` is the signal's `reason`.
   * `AbortSignal.timeout(ms)` limits all attempts together. @default none
   */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, in milliseconds. @default the client's */
  timeoutMs?: number | undefined;
  /** How many attempts may follow the first. @default the client's */
  maxRetries?: number | undefined;
}

/** The options of a call, checked. @internal */
export type Limits = ReturnType<typeof readCallOptions>;

/** The options of a client, checked: where its requests go, and how. @internal */
export type Settings = ReturnType<typeof readClientOptions>;

const clientNames = ["apiKey", "zone", "baseUrl", "fetch", "onAttempt", "timeoutMs", "maxRetries"];
const callNames = ["signal", "timeoutMs", "maxRetries"];

/** Checks the options of a client, and fills in the defaults. @internal */
export function readClientOptions(given: unknown, check: Check) {
  const options = readFields(given, "options", clientNames, check);
  const { apiKey = keyInEnvironment(), fetch, onAttempt } = options;
  check(apiKey !== undefined, "apiKey is missing: pass it, or set PEAKA_API_KEY");
  const problem = typeof apiKey === "function" ? undefined : problemOfKey(apiKey);
  check(!problem, `apiKey${options.apiKey === undefined ? " (PEAKA_API_KEY)" : ""} ${problem}`);
  const isFunction = (value: unknown) => value === undefined || typeof value === "function";
  check(isFunction(fetch), "fetch must be a function");
  check(isFunction(onAttempt), "onAttempt must be a function");
  return {
    ...readLimits(options, { timeoutMs: 60_000, maxRetries: 2 }, check),
    ...readTarget(options, check),
    apiKey: apiKey as ApiKey,
    fetch: fetch as Fetch | undefined,
    onAttempt: onAttempt as ((attempt: Attempt) => unknown) | undefined,
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

/** What is wrong with an API key, in words that follow "apiKey" and do not quote it. @internal */
export function problemOfKey(key: unknown): string | undefined {
  if (typeof key !== "string") return "must be a string, or a function that gives one";
  if (key.trim() === "") return "is blank: pass a Partner or Project API key";
  if (!/^[ -~]+$/.test(key)) return "must be printable ASCII: look for a line break at its end";
  const scheme = auth.prefix.trim().toLowerCase();
  const isHeader = /^authorization\s*:/i.test(key.trim());
  const hasScheme = scheme !== "" && key.trim().toLowerCase().startsWith(`${scheme} `);
  if (isHeader || hasScheme) return `must be the key alone, without "${auth.prefix.trim()}"`;
  return /^\s*(["'`]).*\1\s*$/.test(key) ? "must be the key alone, without quotes" : undefined;
}

/** The zone that is called, undefined with a `baseUrl`; its URL without a slash at its end; its name in messages. */
function readTarget({ zone, baseUrl }: Fields, check: Check) {
  if (baseUrl === undefined) {
    const name = (zone === undefined ? defaultZone : zone) as Zone;
    const names = Object.keys(zones);
    check(names.includes(name), `zone must be one of ${names.join(", ")}`);
    return { zone: name, baseUrl: withoutSlash(new URL(zones[name])), label: name };
  }
  check(zone === undefined, "zone and baseUrl exclude each other: pass one of them");
  const isUrl = typeof baseUrl === "string" && URL.canParse(baseUrl);
  check(isUrl, "baseUrl must be an absolute URL, as a string");
  const url = new URL(baseUrl);
  // No error quotes the URL: a wrong one may hold a password.
  check(!url.username && !url.password, "baseUrl must not hold a user name or password");
  check(!/[?#]/.test(url.href), "baseUrl must not have a query or a fragment");
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isLoopback);
  check(isSafe, "baseUrl must be https:, or http: on a loopback address");
  return { zone: undefined, baseUrl: withoutSlash(url), label: url.origin };
}

function withoutSlash({ href }: URL): string {
  return href.replace(/\/+$/, "");
}

/** Checks the options of a call, and fills in the client's. @internal */
export function readCallOptions(given: unknown = {}, defaults: Retries, check: Check) {
  const options = readFields(given, "options", callNames, check);
  const signal = options.signal as AbortSignal | undefined;
  // By what it can do, since every realm has its own class.
  const isSignal =
    typeof signal?.throwIfAborted === "function" && typeof signal.addEventListener === "function";
  check(signal === undefined || isSignal, "signal must be an AbortSignal");
  return { signal, ...readLimits(options, defaults, check) };
}

interface Retries {
  readonly timeoutMs: number;
  readonly maxRetries: number;
}

function readLimits(options: Fields, defaults: Retries, check: Check) {
  const { timeoutMs = defaults.timeoutMs, maxRetries = defaults.maxRetries } =
    options as Partial<Retries>;
  const isTime = typeof timeoutMs === "number" && timeoutMs >= 1 && timeoutMs <= 2 ** 31 - 1;
  check(isTime, "timeoutMs must be a number of milliseconds from 1 to 2147483647");
  const isCount = Number.isSafeInteger(maxRetries) && maxRetries >= 0;
  check(isCount, "maxRetries must be a whole number from 0");
  return { timeoutMs, maxRetries };
}

/** What somebody gave, by name. @internal */
export type Fields = Readonly<Record<string, unknown>>;

/** The own properties of an object, if it has none but these. What objects inherit may be an attacker's. @internal */
export function readFields(
  given: unknown,
  what: string,
  names: readonly string[],
  check: Check,
): Fields {
  check(typeof given === "object" && given, `${what} must be an object`);
  let fields: Fields = {};
  try {
    fields = { __proto__: null, ...given };
  } catch {
    check(false, `${what} must not hold a getter that throws`);
  }
  const unknown = Object.keys(fields).find((name) => !names.includes(name));
  const quoted = unknown?.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]+/g, " ").slice(0, 64);
  check(unknown === undefined, `${what} must not hold ${quoted}, only ${names.join(", ")}`);
  return fields;
}
