import { auth, defaultZone, zones, type Zone } from "../generated/spec.js";
import type { Attempt } from "./call.js";
import { check, toOneLine } from "./errors.js";
import { quietly } from "./outcome.js";

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
  readonly headers: {
    get(name: string): string | null;
    forEach?(callback: (value: string, name: string) => void): void;
  };
  readonly type?: string | undefined;
  readonly redirected?: boolean | undefined;
  readonly url?: string | undefined;
  /** A web stream, or anything that can be iterated asynchronously. */
  readonly body?: unknown;
  arrayBuffer?(): Promise<ArrayBuffer>;
  text?(): Promise<string>;
}

/** `fetch`, or anything that is called like it and answers like it. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** The options of one call. */
export interface CallOptions {
  /**
   * Ends the call, which then rejects with a `PeakaAbortError` whose `cause` is the signal's `reason`.
   * `AbortSignal.timeout(ms)` limits all attempts together. @default none
   */
  signal?: AbortSignal | undefined;
  /**
   * How long one attempt may take, in milliseconds from 1 to 2147483647: asking for the key, headers and
   * body. The gateway logs in to the third party before it answers. Node's own `fetch` waits for 300,000
   * at most; `peaka-client/undici` has no such limit. @default 60_000, or what the client has
   */
  timeoutMs?: number | undefined;
  /** How many attempts may follow the first, where that is safe. @default 2, or what the client has */
  maxRetries?: number | undefined;
  /**
   * Called after every attempt; that of a call, beside the client's, closes over what the attempt was
   * about. What it throws, or rejects with, never breaks a call. @default none
   */
  onAttempt?: ((attempt: Attempt) => void) | undefined;
}

/** The options of a client. Only `undefined` means "use the default". */
export interface PeakaClientOptions extends Omit<CallOptions, "signal"> {
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
   * The transport. It must not try again by itself, since the `outcome` of an error counts the attempts
   * that are made here; where it follows a redirect, the answer is refused. @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
}

/** The options of a client, checked: where its requests go, and how. @internal */
export type Settings = ReturnType<typeof readClientOptions>;

/** What one call may take and who observes it, with the defaults filled in. @internal */
export type Limits = CallOptions & { timeoutMs: number; maxRetries: number };

const limitNames = ["timeoutMs", "maxRetries", "onAttempt"];

/** Checks the options of a client, and fills in the defaults. @internal */
export function readClientOptions(given: unknown) {
  const names = ["apiKey", "zone", "baseUrl", "fetch", ...limitNames];
  const options = readFields(given, "options", names);
  // There is no `process` in a browser or a worker, and Deno throws where it may not read the variable.
  const inEnvironment = quietly(() => globalThis.process.env["PEAKA_API_KEY"]);
  const { apiKey = inEnvironment, fetch } = options;
  check(apiKey !== undefined, "apiKey is missing: pass it, or set PEAKA_API_KEY");
  const keyName = options.apiKey === undefined ? "PEAKA_API_KEY" : "apiKey";
  if (typeof apiKey !== "function") checkKey(apiKey, keyName);
  check(/^(?:undefined|function)$/.test(typeof fetch), "fetch must be a function");
  return {
    ...readTarget(options),
    ...readLimits(options, { timeoutMs: 60_000, maxRetries: 2 }),
    apiKey: apiKey as ApiKey,
    fetch: fetch as Fetch | undefined,
  };
}

/** Checks an API key; no problem with it quotes it. @internal */
export function checkKey(key: unknown, name = "apiKey"): asserts key is string {
  check(typeof key === "string", `${name} must be a string, or a function that gives one`);
  const text = key.trim();
  check(text, `${name} is blank: pass a Partner or Project API key`);
  check(/^[ -~]+$/.test(key), `${name} must be printable ASCII: look for a line break at its end`);
  const scheme = auth.prefix.trim();
  const hasScheme = scheme && text.toLowerCase().startsWith(`${scheme.toLowerCase()} `);
  const isHeader = /^authorization\s*:/i.test(text);
  check(!isHeader && !hasScheme, `${name} must be the key alone, without "${scheme}"`);
  check(!/^(["'`]).*\1$/.test(text), `${name} must be the key alone, without quotes`);
}

/** The zone that is called, where it is one; its URL, without a slash at its end; its name in messages. */
function readTarget({ zone: given, baseUrl }: Fields) {
  const isZone = baseUrl === undefined;
  check(isZone || given === undefined, "zone and baseUrl exclude each other: pass one of them");
  const zone = (isZone && given === undefined ? defaultZone : given) as Zone | undefined;
  const names = Object.keys(zones);
  check(!isZone || names.includes(zone as Zone), `zone must be one of ${names.join(", ")}`);
  const text = zone ? zones[zone] : baseUrl;
  const isUrl = typeof text === "string" && URL.canParse(text);
  check(isUrl, "baseUrl must be an absolute URL, as a string");
  const { href, origin, username, password } = new URL(text);
  // No error quotes the URL: a wrong one may hold a password.
  check(!username && !password, "baseUrl must not hold a user name or password");
  check(!/[?#]/.test(href), "baseUrl must not have a query or a fragment");
  const isSafe = /^(?:https:|http:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])[:/])/.test(href);
  check(isSafe, "baseUrl must be https:, or http: on a loopback address");
  return { zone, baseUrl: href.replace(/\/+$/, ""), label: zone ?? origin };
}

/** Checks the options of a call, and fills in the client's. @internal */
export function readCallOptions(given: unknown = {}, defaults: Limits): Limits {
  return readLimits(readFields(given, "options", ["signal", ...limitNames]), defaults);
}

function readLimits(options: Fields, defaults: Limits): Limits {
  const { timeoutMs = defaults.timeoutMs, maxRetries = defaults.maxRetries, onAttempt } = options;
  const isTime = typeof timeoutMs === "number" && timeoutMs >= 1 && timeoutMs <= 2 ** 31 - 1;
  check(isTime, "timeoutMs must be a number of milliseconds from 1 to 2147483647");
  const isCount = Number.isSafeInteger(maxRetries) && (maxRetries as number) >= 0;
  check(isCount, "maxRetries must be a whole number from 0");
  check(/^(?:undefined|function)$/.test(typeof onAttempt), "onAttempt must be a function");
  const signal = options.signal as AbortSignal | undefined;
  // By what it can do, since every realm has its own class.
  const isSignal =
    typeof signal?.throwIfAborted === "function" && typeof signal.addEventListener === "function";
  check(signal === undefined || isSignal, "signal must be an AbortSignal");
  return { signal, timeoutMs, maxRetries, onAttempt } as Limits;
}

/** What somebody gave, by name. @internal */
export type Fields = Readonly<Record<string, unknown>>;

/** The own properties of an object, if it has none but these. What it inherits may be an attacker's. @internal */
export function readFields(given: unknown, what: string, names: readonly string[]): Fields {
  check(typeof given === "object" && given, `${what} must be an object`);
  const fields = quietly((): Fields => ({ __proto__: null, ...given }));
  check(fields, `${what} must not hold a getter that throws`);
  const unknown = Object.keys(fields).find((name) => !names.includes(name));
  const quoted = toOneLine(unknown ?? "").slice(0, 64);
  check(unknown === undefined, `${what} must not hold ${quoted}, only ${names.join(", ")}`);
  return fields;
}
