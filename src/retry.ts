import { nothingSent } from "./outcome.js";
import type { Reply } from "./transport.js";

const idempotentMethods = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"];
const passingStatuses = [408, 429, 500, 502, 503, 504];

const firstBackoffMs = 500;
const longestBackoffMs = 8_000;
const longestRetryAfterMs = 60_000;

/**
 * How long to wait before the next attempt, in milliseconds; undefined where there should be none.
 * `retryAfterMs` is what the answer asks for, `attempts` how many were made, from 1, and `random`
 * gives a number from 0 to below 1.
 */
export function retryInMs(
  method: string,
  reply: Reply,
  retryAfterMs: number | undefined,
  attempts: number,
  random: () => number = Math.random,
): number | undefined {
  const { problem, response } = reply;
  const mayPass =
    problem === "network" ||
    problem === "timeout" ||
    (problem === "status" && passingStatuses.includes(response?.status ?? 0));
  if (!mayPass || !(idempotentMethods.includes(method) || nothingSent(reply))) return undefined;
  if (retryAfterMs !== undefined) {
    return retryAfterMs <= longestRetryAfterMs ? retryAfterMs : undefined;
  }
  // Full jitter: clients that failed together do not come back together.
  return random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempts - 1));
}

/** `Retry-After` (RFC 9110: seconds, or a date) in milliseconds from `now`, where it is either. */
export function parseRetryAfter(value: string | null | undefined, now: number): number | undefined {
  if (!value) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
  // Date.parse makes a date of nearly anything, and all of these name a month and a time. The oldest
  // form of them names no zone, which is GMT too.
  if (!/[a-z]{3}.*:/i.test(value)) return undefined;
  const date = Date.parse(/GMT/i.test(value) ? value : `${value} GMT`);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
