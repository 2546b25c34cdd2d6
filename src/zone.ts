import { defaultZone, zones } from "../generated/spec.js";
import type { Fail } from "./errors.js";
import type { Zone } from "./types.js";

/** Where a client's requests go, and nowhere else. */
export interface Target {
  /** Undefined where the client was given a `baseUrl`. */
  readonly zone: Zone | undefined;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** What messages call it: the zone, or the origin of the `baseUrl`. */
  readonly label: string;
}

/** The target that `zone` or `baseUrl` names; that of the spec's first server where neither is given. */
export function targetOf(zone: unknown = defaultZone, baseUrl: unknown, fail: Fail): Target {
  if (baseUrl !== undefined) {
    const { href, origin } = parseBaseUrl(baseUrl, fail);
    return { zone: undefined, baseUrl: href.replace(/\/+$/, ""), label: origin };
  }
  if (typeof zone !== "string" || !Object.hasOwn(zones, zone)) {
    fail(`zone must be one of ${Object.keys(zones).join(", ")}`);
  }
  const { href } = new URL(zones[zone as Zone]);
  return { zone: zone as Zone, baseUrl: href.replace(/\/+$/, ""), label: zone };
}

// None of these errors quotes the URL: a wrong one may hold a password.
function parseBaseUrl(given: unknown, fail: Fail): URL {
  let url;
  try {
    url = new URL(given as string);
  } catch {
    return fail("baseUrl must be an absolute URL, such as https://gateway.example/api/v1");
  }
  if (url.username || url.password) fail("baseUrl must not hold a user name or password");
  if (/[?#]/.test(url.href)) fail("baseUrl must not have a query or a fragment");
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback)) {
    fail("baseUrl must be https:, or http: on a loopback address");
  }
  return url;
}
