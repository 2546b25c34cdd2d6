import { defaultZone, zones } from "../generated/spec.js";
import type { Check } from "./errors.js";
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

/** The target that `zone` or `baseUrl` names; the zone of the spec's first server by default. */
export function targetOf(zone: unknown, baseUrl: unknown, check: Check): Target {
  if (baseUrl === undefined) {
    const name = (zone === undefined ? defaultZone : zone) as Zone;
    const names = Object.keys(zones);
    check(names.includes(name), `zone must be one of ${names.join(", ")}`);
    return { zone: name, baseUrl: withoutSlash(new URL(zones[name])), label: name };
  }
  check(zone === undefined, "zone and baseUrl exclude each other: pass one of them");
  check(
    typeof baseUrl === "string" && URL.canParse(baseUrl),
    "baseUrl must be an absolute URL, as a string",
  );
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
