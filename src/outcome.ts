import type { AttemptResult } from "./attempt.js";

/**
 * `not-applied` where it is certain, for every attempt, that the change was not applied; `unknown` where
 * it may have been, so that a rotation must look before it repeats or reverts.
 */
export type Outcome = "not-applied" | "unknown";

/** Those that change nothing. @internal */
export const safeMethods = ["GET", "HEAD", "OPTIONS"];

/**
 * The 4xx that IANA registers, but for 408, which a proxy sends for a request that it had passed on and
 * that then took too long. Others, such as 499, are sent for work that was cancelled halfway.
 */
const refusals = /^4(?:0[^8]|1[0-7]|2[1-689]|31|51)$/;

/** The outcome of one failed attempt, whatever came before it. @internal */
export function attemptOutcome(method: string, result: AttemptResult): Outcome {
  const { answer } = result;
  const isSafe = safeMethods.includes(method);
  // What was redirected was answered by somebody else.
  const isRefused = answer && !answer.isRedirect && refusals.test(`${answer.status}`);
  return isSafe || isRefused || nothingSent(result) ? "not-applied" : "unknown";
}

/** True where no byte of the request can have left: not even a connection was made. @internal */
export function nothingSent({ isSent, answer, cause }: AttemptResult): boolean {
  return !isSent || (!answer && !!cause && neverConnected(cause));
}

// The certificates are those that this side refused: a refusal of ours can come after the request.
const codes = /^UND_ERR_CONNECT_TIMEOUT$|(?:^|_)CERT(?:_|$)|^UNABLE_TO_/;
// What undici says of a proxy that refused to connect.
const messages = /^Proxy response \(\d+\) !== 200 when HTTP Tunneling/;

function neverConnected({ syscall, code, message, cause, errors }: Thrown): boolean {
  if (errors.length > 0) return errors.every(neverConnected);
  const isCall = syscall === "connect" || syscall === "getaddrinfo";
  return isCall || codes.test(code) || messages.test(message) || (!!cause && neverConnected(cause));
}

/** What this gives; undefined where it throws. Where it gives a promise, nothing comes of its rejection. @internal */
export function quietly<T>(run: () => T): T | undefined {
  try {
    const result = run();
    if (result instanceof Promise) result.catch(() => undefined);
    return result;
  } catch {
    return undefined;
  }
}

/** What is read of something that was thrown: text alone, empty where there is none. @internal */
export interface Thrown extends Record<"name" | "message" | "stack" | "code" | "syscall", string> {
  readonly cause: Thrown | undefined;
  readonly errors: readonly Thrown[];
}

/** Reads what was thrown once, and the causes behind it, so that nothing of it can throw later. @internal */
export function readThrown(thrown: unknown, seen = new Set<unknown>()): Thrown | undefined {
  const isObject = typeof thrown === "object" && thrown !== null;
  if (!isObject && typeof thrown !== "string") return undefined;
  const given: object = isObject ? thrown : { message: thrown };
  // Errors can hold each other in a circle, which proves nothing.
  const isRead = seen.has(given) || seen.size > 64;
  seen.add(given);
  const read = (name: string, of = given): unknown =>
    quietly(() => {
      // What every object inherits may be an attacker's.
      const isOwn = Object.hasOwn(of, name) || !(name in Object.prototype);
      return isOwn && !isRead ? (of as Record<string, unknown>)[name] : undefined;
    });
  const textIn = (name: string) => {
    const value = read(name);
    return typeof value === "string" ? value : "";
  };
  const list = Object(read("errors")) as object;
  // More than are read at all: of a longer list the last of these is empty, which proves nothing.
  const items = Array.from({ length: 66 }, (_, index) => readThrown(read(`${index}`, list), seen));
  return {
    name: textIn("name"),
    message: textIn("message"),
    stack: textIn("stack"),
    code: textIn("code"),
    syscall: textIn("syscall"),
    cause: readThrown(read("cause"), seen),
    errors: items.filter((item) => item !== undefined),
  };
}

/** An error and the causes behind it. @internal */
export function chainOf(thrown: Thrown | undefined): Thrown[] {
  return thrown ? [thrown, ...chainOf(thrown.cause)] : [];
}
