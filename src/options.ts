import { auth, defaultZone, zones, type Zone } from "../generated/spec.js";
import type { Attempt } from "./call.js";
import type { Check } from "./errors.js";

/** An API key, or a function that gives one. */
export type ApiKey = string | (() => string | Promise<string>);

/** What a `fetch` is called with, beside the URL. */
export interface FetchInit {
  method: string;
  /** By lower-case name, the API key among them. */
  headers: Record<string, string>;
  body?: string;
  redirect: "manual";
  /** Aborts with the attempt: at its timeout, or with the caller's signal. */
  signal: AbortSignal;
}

/** What is read of the answer of a `fetch`: of the ways to its body, the first that it has. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: FetchHeaders;
  readonly type?: string | undefined;
  readonly redirected?: boolean | undefined;
  readonly url?: string | undefined;
  /** A web stream, or anything that can be iterated asynchronously. */
  readonly body?: unknown;
  arrayBuffer?(): Promise<ArrayBuffer>;
  text?(): Promise<string>;
}

/** What is read of the headers of an answer: one by its name, and all for an observer. */
export interface FetchHeaders {
  get(name: string): string | null;
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
  /**
   * Called after every attempt of this call, beside the client's observer: what it closes over tells
   * which connection the attempt was about. What it throws never breaks the call. @default none
   */
  onAttempt?: ((attempt: Attempt) => void) | undefined;
}

/** The options of a client, checked: where its requests go, and how. @internal */
export type Settings = ReturnType<typeof readClientOptions>;

/** What one call may take and who observes it, with the defaults filled in. @internal */
export interface Limits extends CallOptions {
  timeoutMs: number;
  maxRetries: number;
}

const callNames = ["timeoutMs", "maxRetries", "onAttempt"];
const clientNames = ["apiKey", "zone", "baseUrl", "fetch", ...callNames];

/** Checks the options of a client, and fills in the defaults. @internal */
export function readClientOptions(given: unknown, check: Check) {
  const options = readFields(given, "options", clientNames, check);
  const { apiKey = keyInEnvironment(), fetch } = options;
  check(apiKey !== undefined, "apiKey is missing: pass it, or set PEAKA_API_KEY");
  const problem = typeof apiKey === "function" ? undefined : problemOfKey(apiKey);
  const place = options.apiKey === undefined ? " (PEAKA_API_KEY)" : "";
  check(!problem, `${problem}${place}`);
  check(isFunction(fetch), "fetch must be a function");
  return {
    ...readTarget(options, check),
    ...readLimits(options, { timeoutMs: 60_000, maxRetries: 2 }, check),
    apiKey: apiKey as ApiKey,
    fetch: fetch as Fetch | undefined,
  };
}

function isFunction(value: unknown): boolean {
  return value === undefined || typeof value === "function";
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

/** What is wrong with an API key, in words that do not quote it. @internal */
export function problemOfKey(key: unknown): string | undefined {
  if (typeof key !== "string") return "apiKey must be a string, or a function that gives one";
  const text = key.trim();
  if (text === "") return "apiKey is blank: pass a Partner or Project API key";
  if (!/^[ -~]+$/.test(key))
    return "apiKey must be printable ASCII: look for a line break at its end";
  const scheme = auth.prefix.trim();
  const isHeader = /^authorization\s*:/i.test(text);
  const hasScheme = scheme && text.toLowerCase().startsWith(`${scheme.toLowerCase()} `);
  if (isHeader || hasScheme) return `apiKey must be the key alone, without "${scheme}"`;
  return /^(["'`]).*\1$/.test(text) ? "apiKey must be the key alone, without quotes" : undefined;
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
  const isSafe = /^(?:https:|http:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])[:/])/.test(url.href);
  check(isSafe, "baseUrl must be https:, or http: on a loopback address");
  return { zone: undefined, baseUrl: withoutSlash(url), label: url.origin };
}

function withoutSlash({ href }: URL): string {
  return href.replace(/\/+$/, "");
}

/** Checks the options of a call, and fills in the client's. @internal */
export function readCallOptions(given: unknown = {}, defaults: Limits, check: Check): Limits {
  const options = readFields(given, "options", ["signal", ...callNames], check);
  const signal = options.signal as AbortSignal | undefined;
  // By what it can do, since every realm has its own class.
  const isSignal =
    typeof signal?.throwIfAborted === "function" && typeof signal.addEventListener === "function";
  check(signal === undefined || isSignal, "signal must be an AbortSignal");
  return { signal, ...readLimits(options, defaults, check) };
}

function readLimits(options: Fields, defaults: Limits, check: Check) {
  const { timeoutMs = defaults.timeoutMs, maxRetries = defaults.maxRetries, onAttempt } = options;
  const isTime = typeof timeoutMs === "number" && timeoutMs >= 1 && timeoutMs <= 2 ** 31 - 1;
  check(isTime, "timeoutMs must be a number of milliseconds from 1 to 2147483647");
  const isCount = Number.isSafeInteger(maxRetries) && (maxRetries as number) >= 0;
  check(isCount, "maxRetries must be a whole number from 0");
  check(isFunction(onAttempt), "onAttempt must be a function");
  return { timeoutMs, maxRetries, onAttempt } as Limits;
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
