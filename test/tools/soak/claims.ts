import type { BackoffFigures, BackoffOptions } from "./backoff.js";
import type { ResourcesFigures, ResourcesOptions } from "./resources.js";

type Claims = Record<string, boolean>;

/** The budget of DESIGN.md, in MB. */
const mostHeapGrowth = 2;

/** Less than the minute for which a pool keeps its idle connections, as the gateway lets it. */
const mostOutlivedMs = 15_000;

/** The claims that do not hold, in words. */
export function broken(claims: Claims): string[] {
  return Object.keys(claims).filter((claim) => !claims[claim]);
}

export function claimsOfRotation(_: object, { broken }: { broken: string[] }): Claims {
  return Object.fromEntries(broken.map((claim) => [claim, false]));
}

export function claimsOfResources(
  { calls, concurrency }: Omit<ResourcesOptions, "baseUrl">,
  { endings, heapGrowth, sockets, kept, listeners, ...figures }: ResourcesFigures,
  outlivedMs: number,
): Claims {
  const names = ["PeakaApiError", "PeakaNetworkError", "PeakaResponseError", "PeakaTimeoutError"];
  return {
    "every call has ended": figures.calls === calls,
    "calls ended in each way": ["success", "PeakaAbortError", ...names].every(
      (name) => endings[name],
    ),
    [`the heap grew by ${mostHeapGrowth} MB at most`]: heapGrowth <= mostHeapGrowth,
    // A call that is given up on leaves one behind that is still connecting, so there can be more.
    "connections do not pile up": sockets.pooled <= 5 * concurrency,
    [`nothing keeps the process alive: ${[...new Set(kept)].join(", ")}`]: kept.length === 0,
    "a signal carries one listener, and none after": listeners.most === 1 && listeners.left === 0,
    "the process ends at once": outlivedMs < mostOutlivedMs,
  };
}

export function claimsOfBackoff(
  { calls }: BackoffOptions,
  { timers, aborted, tookMs, listeners }: BackoffFigures,
): Claims {
  return {
    "every call waited": timers.waiting === calls,
    "every call rejected with the reason": aborted === calls,
    "all of them at once": tookMs < 10_000,
    "no timer is left": timers.left === 0,
    "no listener is left": listeners === 0,
  };
}
