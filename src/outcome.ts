import type { AttemptResult } from "./attempt.js";

/**
 * Was the change applied? `not-applied` where that is certain for every attempt made; `unknown`
 * where it may have been, so that a rotation must look before it repeats or reverts.
 */
export type Outcome = "not-applied" | "unknown";

/**
 * The 4xx that IANA registers, but for 408, which a proxy sends for a request that it had passed on and
 * that then took too long. Others, such as 499, are sent for work that was cancelled halfway.
 */
const refusals = /^4(?:0[^8]|1[0-7]|2[1-689]|31|51)$/;

/** The outcome of one failed attempt, whatever came before it. @internal */
export function attemptOutcome(method: string, result: AttemptResult): Outcome {
  const { answer } = result;
  const isSafe = ["GET", "HEAD", "OPTIONS"].includes(method);
  // What was redirected was answered by somebody else.
  const isRefused = answer && !answer.isRedirect && refusals.test(`${answer.status}`);
  return isSafe || isRefused || nothingSent(result) ? "not-applied" : "unknown";
}

/** True where no byte of the request can have left: not even a connection was made. @internal */
export function nothingSent({ isSent, answer, cause }: AttemptResult): boolean {
  return !isSent || (!answer && neverConnected(cause, []));
}

/** The system's codes, such as `ECONNREFUSED`, from wherever `fetch` put them. @internal */
export function codesOf(cause: unknown): string[] {
  return chainOf(cause).flatMap((error) => textIn(error, "code") || []);
}

/** True where undici refused to call a port, whatever the service might say. @internal */
export function isBadPort(cause: unknown): boolean {
  return chainOf(cause).some((error) => textIn(error, "message") === "bad port");
}

/** A property of what was thrown. What every object inherits may be an attacker's, and is none. @internal */
export function propertyOf(thrown: unknown, name: string): unknown {
  try {
    const isOwn = Object.hasOwn(thrown as object, name) || !(name in Object.prototype);
    return isOwn ? (thrown as Record<string, unknown>)[name] : undefined;
  } catch {
    // It is no object, or a getter or a proxy that throws.
    return undefined;
  }
}

/** The items of a list, as far as anybody would look; undefined where there are none. @internal */
export function listIn(thrown: unknown, name: string): unknown[] | undefined {
  try {
    const items = Array.from(propertyOf(thrown, name) as unknown[]).slice(0, 16);
    return items.length > 0 ? items : undefined;
  } catch {
    return undefined;
  }
}

/** A property of what was thrown that is text, or an empty one. @internal */
export function textIn(error: unknown, name: string): string {
  const value = propertyOf(error, name);
  return typeof value === "string" ? value : "";
}

// The certificates are those that this side refused: a refusal of ours can come after the request.
const codes = /^UND_ERR_CONNECT_TIMEOUT$|(?:^|_)CERT(?:_|$)|^UNABLE_TO_/;
// What undici says of a proxy that refused to connect.
const messages = /^Proxy response \(\d+\) !== 200 when HTTP Tunneling/;

function neverConnected(cause: unknown, outer: readonly unknown[]): boolean {
  // Errors can hold each other in a circle, which proves nothing.
  if (outer.includes(cause)) return false;
  return chainOf(cause).some((error) => {
    const errors = listIn(error, "errors");
    if (errors) return errors.every((inner) => neverConnected(inner, [...outer, cause]));
    const isCall = ["connect", "getaddrinfo"].includes(textIn(error, "syscall"));
    return isCall || codes.test(textIn(error, "code")) || messages.test(textIn(error, "message"));
  });
}

/** An error and the causes behind it. */
function chainOf(cause: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let next = cause; next && chain.length < 8; next = propertyOf(next, "cause")) {
    chain.push(next);
  }
  return chain;
}
