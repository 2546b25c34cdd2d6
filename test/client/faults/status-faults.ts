import { doubtful, fault, refused, unusable } from "./fault.js";
import { apply, bytes, json, keep, reject, send } from "./steps.js";

const problem = '{"error":"PROBLEM","message":"no","errorCode":"cn000"}';
/** At once, so that no test waits for the backoff. */
const again = { ...json, "retry-after": "0" };
const elsewhere = { location: "https://elsewhere.test/" };

/** A status after the update was applied. */
const after = (status: number, headers: Record<string, string>) => [
  apply,
  send(bytes(status, headers, problem)),
  keep,
];
/** A status in place of the update. */
const instead = (status: number) => [reject, send(bytes(status, again, problem)), keep];

/** Answers that are whole, and say by their status that something is wrong. */
export const statusFaults = [
  ...[300, 301, 302, 303, 305, 306, 307, 308].map((status) =>
    fault(String(status), after(status, elsewhere), doubtful(status)),
  ),
  // It has no body, whatever its headers say.
  fault("304", [apply, send("HTTP/1.1 304 -\r\n\r\n"), keep], doubtful(304)),
  fault("204", [apply, send("HTTP/1.1 204 -\r\n\r\n"), keep], unusable),
  fault("205", [apply, send(bytes(205)), keep], unusable),

  ...[400, 401, 403, 404, 409, 413, 422, 425].map((status) =>
    fault(String(status), instead(status), refused(status)),
  ),
  // The only ones that are tried again, each for a reason that may pass.
  fault("408", after(408, again), doubtful(408, 2)),
  fault("429", instead(429), refused(429, 2)),
  ...[500, 502, 503, 504].map((status) =>
    fault(String(status), after(status, again), doubtful(status, 2)),
  ),
  ...[501, 505, 507, 599, 600, 999].map((status) =>
    fault(String(status), after(status, again), doubtful(status)),
  ),
];
