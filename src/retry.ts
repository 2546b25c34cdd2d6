import type { Answer } from "./answer.js";
import type { AttemptResult } from "./attempt.js";
import { nothingSent, safeMethods } from "./outcome.js";

/** Those that may be tried again whatever became of an attempt. */
export const idempotentMethods = [...safeMethods, "PUT", "DELETE"];
const passingStatuses = [408, 429, 500, 502, 503, 504];

const firstBackoffMs = 500;
const longestBackoffMs = 8_000;
const longestRetryAfterMs = 60_000;

/**
 * How long to wait before the next attempt, in milliseconds; undefined where there should be none.
 * `attempts` were made, from 1, and `random` gives a number from 0 to below 1.
 */
export function retryInMs(
  method: string,
  result: AttemptResult,
  attempts: number,
  random = Math.random,
): number | undefined {
  const { failure = "", answer } = result;
  const isPassing = answer && !answer.isRedirect && passingStatuses.includes(answer.status);
  const mayPass = /^(?:network|timeout)$/.test(failure) || (failure === "status" && isPassing);
  if (!mayPass || !(idempotentMethods.includes(method) || nothingSent(result))) return undefined;
  const leastMs = retryAfterMs(answer) ?? 0;
  if (leastMs > longestRetryAfterMs) return undefined;
  // Full jitter: clients that failed together do not come back together.
  const backoffMs = random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempts - 1));
  return Math.max(backoffMs, leastMs);
}

/**
 * The wait that an answer's `Retry-After` (RFC 9110: seconds, or a date) asks for, in milliseconds; the
 * longest where it asks for several. A date is counted from the answer's own `Date`, where it has one,
 * since the clock of this machine can be wrong.
 */
export function retryAfterMs(answer: Answer | undefined, now = Date.now()): number | undefined {
  // No honest header is longer, and reading one must not cost more than it is worth.
  const header = (name: string) => answer?.headers.get(name)?.slice(0, 512) ?? "";
  const from = parseDate(header("date")) ?? now;
  const waits = header("retry-after")
    .split(betweenItems)
    .flatMap((item) => {
      if (/^\s*\d+(?:\.\d+)?\s*$/.test(item)) return Number(item) * 1000;
      const time = parseDate(item);
      return time === undefined ? [] : time - from;
    });
  const longest = Math.min(Math.max(0, ...waits), Number.MAX_SAFE_INTEGER);
  return waits.length > 0 ? longest : undefined;
}

/** The commas that are no part of a date: what follows is a number alone, or the name of a day. */
const betweenItems = /,(?=\s*[\d.]+\s*(?:,|$)|\s*[a-z]{3,9},? )/i;

/** Date.parse makes a date of nearly anything, and all those of HTTP name a month and a time. */
function parseDate(text: string): number | undefined {
  if (!/[a-z]{3}.*:/i.test(text)) return undefined;
  // The oldest form of them names no zone, which is GMT too.
  const time = Date.parse(/GMT/i.test(text) ? text : `${text} GMT`);
  return Number.isNaN(time) ? undefined : time;
}
