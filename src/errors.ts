import type { OperationId, Zone } from "../generated/spec.js";
import { quietly, type Outcome } from "./outcome.js";

// In the registry of symbols, so that two copies of this package know each other's errors.
const brand = Symbol.for("peaka-client.PeakaError");

/** What every error carries. A test that makes one by hand gives these four, and what else its code reads. */
export type PeakaErrorFields = Pick<PeakaError, "operation" | "zone" | "attempts" | "outcome"> &
  Readonly<Record<string, unknown>>;

/**
 * The base of every error thrown here. Nothing that it holds contains a secret, or is the request. A
 * structured clone leaves out its fields: to another thread, send its `toJSON()`.
 */
export abstract class PeakaError extends Error {
  /** The name of its class, which tells the family's members apart. */
  abstract override readonly name: string;
  /** The `operationId` of the call; undefined where a client could not be made. */
  declare readonly operation: OperationId | undefined;
  /** The zone that the client calls; undefined where it has a `baseUrl`. */
  declare readonly zone: Zone | undefined;
  /** How many attempts were made. */
  declare readonly attempts: number;
  /** Whether the change may have been applied, over all attempts. */
  declare readonly outcome: Outcome;

  constructor(message: string, { cause, ...fields }: PeakaErrorFields) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, fields);
    // Not as a member: bundlers keep a class with a computed name, used or not.
    Object.defineProperty(this, brand, { value: true });
  }

  /** What `JSON.stringify` shows: name, message, cause and fields, without a stack. It never throws. */
  toJSON(): Record<string, unknown> {
    const { name, message, outcome } = this;
    const show = (_: unknown, value: unknown) =>
      value instanceof Error
        ? Object.assign({ name: value.name, message: value.message, cause: value.cause }, value)
        : value;
    const json = quietly(() => JSON.parse(JSON.stringify(show(null, this), show)) as object);
    // An error made by hand, or the reason of an abort, can hold a circle.
    return { ...(json ?? { name, message, outcome }) };
  }
}

/** Options, input or key are wrong, or the `apiKey` function threw (the `cause`). The attempt sent nothing. */
export class PeakaUsageError extends PeakaError {
  override readonly name = "PeakaUsageError";
}

/** The gateway answered with a status that is not 2xx, a redirect included. */
export class PeakaApiError extends PeakaError {
  override readonly name = "PeakaApiError";
  /** The HTTP status; 0 where a browser hides that of a redirect. */
  declare readonly status: number;
  /** The answer's `error` where it is an upper-case code, such as `INVALID_CREDENTIALS`. */
  declare readonly code: string | undefined;
  /** The answer's `errorCode` as text, such as `cn004`. */
  declare readonly errorCode: string | undefined;
  /** The answer's `x-request-id`. */
  declare readonly requestId: string | undefined;
  /** The wait that the answer's `Retry-After` asks for, in milliseconds. */
  declare readonly retryAfterMs: number | undefined;
  /** The answer's JSON without secrets; undefined where it could not be read. */
  declare readonly body: unknown;
  /** Where to look first, if the status tells. */
  declare readonly hint: string | undefined;
}

/** A 2xx whose body is not the JSON that the spec promises, or is larger than 10 MiB. */
export class PeakaResponseError extends PeakaError {
  override readonly name = "PeakaResponseError";
  /** The HTTP status. */
  declare readonly status: number;
  /** The answer's `x-request-id`. */
  declare readonly requestId: string | undefined;
}

/** No answer, or one that broke off: name lookup, refused, reset, TLS. */
export class PeakaNetworkError extends PeakaError {
  override readonly name = "PeakaNetworkError";
  /** The system's code, such as `ECONNREFUSED`, where the runtime gives one. */
  declare readonly code: string | undefined;
}

/** An attempt ran past `timeoutMs`, or past the 300,000 ms after which Node's own `fetch` gives up. */
export class PeakaTimeoutError extends PeakaError {
  override readonly name = "PeakaTimeoutError";
  /** The limit that it ran past, in milliseconds. */
  declare readonly timeoutMs: number;
}

/** The caller's signal aborted. The signal's `reason`, as the caller gave it, is the `cause`. */
export class PeakaAbortError extends PeakaError {
  override readonly name = "PeakaAbortError";
}

/** Any error of this package; its `name` says which. */
export type AnyPeakaError =
  | PeakaUsageError
  | PeakaApiError
  | PeakaResponseError
  | PeakaNetworkError
  | PeakaTimeoutError
  | PeakaAbortError;

/** True for an error of this package, also of another copy of it, where `instanceof` says false. */
export function isPeakaError(value: unknown): value is AnyPeakaError {
  return quietly(() => brand in Object(value)) === true;
}

/** The text without line breaks and other controls, which forge an entry in a log. @internal */
export function toOneLine(text: string): string {
  return text.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]+/g, " ");
}

/** What is wrong with what was given, or with a response, in words that quote nothing that was given. @internal */
export class Problem extends Error {
  failure: "usage" | "response" = "usage";
}

/** Throws a {@link Problem} unless the first holds. @internal */
export function check(holds: unknown, words: string, failure?: Problem["failure"]): asserts holds {
  if (!holds) throw Object.assign(new Problem(words), failure && { failure });
}

/** The problem that was thrown, if it was one. @internal */
export function problemIn(thrown: unknown): Problem | undefined {
  return quietly(() => (thrown instanceof Problem ? thrown : undefined));
}

/** Reads what was given, before anything is sent; what is wrong becomes a {@link PeakaUsageError}. @internal */
export function readGiven<T>(prefix: string, read: () => T, id?: OperationId, zone?: Zone): T {
  try {
    return read();
  } catch (error) {
    const words = problemIn(error)?.message ?? "a getter or a proxy that was given throws";
    const fields = { operation: id, zone, attempts: 0, outcome: "not-applied" } as const;
    throw new PeakaUsageError(prefix + words, fields);
  }
}
