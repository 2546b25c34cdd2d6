import fc from "fast-check";
import { faults, type Fault } from "../gateway/faults.js";

/** What can happen, and how often next to the rest. */
export type Mix<Item> = readonly (readonly [weight: number, item: Item])[];

/** So many items of a mix, the same for the same seed. */
export function pick<Item>(mix: Mix<Item>, seed: number, count: number): Item[] {
  const choices = mix.map(([weight, item]) => ({ weight, arbitrary: fc.constant(item) }));
  return fc.sample(fc.oneof(...choices), { seed, numRuns: count });
}

const refusal = JSON.stringify({ error: "REFUSED", errorCode: "rf001", message: "not like this" });
const headers = { "retry-after": "0" };
/** Unread, it would hold its connection up: a stream takes in 64 KiB ahead of its reader. */
const longPage = "<h1>Moved</h1>".padEnd(200_000);

/** Whatever a gateway, or a proxy before it, can do to a request; half of them go well. */
export const gatewayFaults: Mix<Fault> = [
  [120, {}],
  [8, { delayMs: 20 }],
  [2, { trickleMs: 1 }],
  [11, "break"],
  [5, "lose-answer"],
  [6, "broken-body"],
  [8, "silence"],
  ...[408, 500, 501, 502, 503, 504].flatMap((status) =>
    eitherWay(4, { status, headers, body: refusal }),
  ),
  [8, { status: 429, headers }],
  ...[400, 401, 403, 404, 409, 413, 422].map((status) => [2, { status, body: refusal }] as const),
  // Followed, it would be a request that the spec does not have.
  ...[301, 302, 303, 307, 308].flatMap((status) =>
    eitherWay(1, { ...faults.redirect(status, "/elsewhere"), body: longPage }),
  ),
  ...[
    faults.html,
    faults.brokenJson,
    faults.wrongContentType,
    faults.oversizedContentLength,
  ].flatMap((fault) => eitherWay(2, fault)),
];

/** The same with a granted update made, and without. */
function eitherWay(weight: number, fault: Exclude<Fault, string>): [number, Fault][] {
  return [true, false].map((applied) => [weight, { ...fault, applied }]);
}
