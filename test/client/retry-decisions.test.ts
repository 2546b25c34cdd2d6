import { describe, expect, test } from "vitest";
import { parseRetryAfter, retryInMs } from "../../src/retry.js";

type Reply = Parameters<typeof retryInMs>[1];

const refused = Object.assign(new Error("refused"), { syscall: "connect", code: "ECONNREFUSED" });
const reset = Object.assign(new Error("reset"), { syscall: "read", code: "ECONNRESET" });
const status = (code: number): Reply => {
  const response = new Response(null, { status: code });
  return { problem: "status", sent: true, response };
};
const half = () => 0.5;

describe("which failures are tried again", () => {
  test.each([408, 429, 500, 502, 503, 504])("%i is", (code) => {
    expect(retryInMs("PUT", status(code), undefined, 1, half)).toBe(250);
  });

  test.each([400, 401, 403, 404, 409, 410, 413, 422, 425, 501, 505, 507, 511, 599])(
    "%i is not, whatever it says of later",
    (code) => {
      expect(retryInMs("PUT", status(code), undefined, 1, half)).toBeUndefined();
      expect(retryInMs("PUT", status(code), 0, 1, half)).toBeUndefined();
    },
  );

  test.each<[string, Reply, number | undefined]>([
    ["no connection", { problem: "network", sent: true, cause: refused }, 250],
    ["a broken connection", { problem: "network", sent: true, cause: reset }, 250],
    ["an answer that broke off", { ...status(200), problem: "network" }, 250],
    ["a timeout", { problem: "timeout", sent: true }, 250],
    ["a timeout before anything was sent", { problem: "timeout", sent: false }, 250],
    ["a key that was not given", { problem: "key", sent: false }, undefined],
    ["an abort", { problem: "aborted", sent: true }, undefined],
    ["a redirect", { ...status(307), problem: "redirect" }, undefined],
    ["a followed redirect to a 503", { ...status(503), problem: "redirect" }, undefined],
    ["a success that is no JSON", { ...status(200), problem: "response" }, undefined],
  ])("%s", (_, reply, delayMs) => {
    expect(retryInMs("PUT", reply, undefined, 1, half)).toBe(delayMs);
  });
});

describe("which methods are tried again", () => {
  const sent: Reply[] = [
    ...[status(503), status(429), { problem: "timeout", sent: true } as const],
    { problem: "network", sent: true, cause: reset },
    { ...status(200), problem: "network", cause: refused },
  ];

  test.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])("%s, whatever failed", (method) => {
    for (const reply of sent) expect(retryInMs(method, reply, undefined, 1, half)).toBe(250);
  });

  test.each(["POST", "PATCH", "TRACE"])("%s, only where nothing was sent", (method) => {
    for (const reply of sent) expect(retryInMs(method, reply, 0, 1, half)).toBeUndefined();
    const unsent: Reply[] = [
      { problem: "timeout", sent: false },
      { problem: "network", sent: true, cause: refused },
    ];
    for (const reply of unsent) expect(retryInMs(method, reply, undefined, 1, half)).toBe(250);
  });
});

describe("when", () => {
  test.each([
    [1, 500],
    [2, 1_000],
    [4, 4_000],
    [5, 8_000],
    [6, 8_000],
    [2_000, 8_000],
  ])("after attempt %i, anywhere from 0 to %i ms", (number, longest) => {
    expect(retryInMs("PUT", status(503), undefined, number, () => 0)).toBe(0);
    expect(retryInMs("PUT", status(503), undefined, number, half)).toBe(longest / 2);
    expect(retryInMs("PUT", status(503), undefined, number, () => 1)).toBe(longest);
  });

  test.each([8_000, 59_999, 60_000])("as the answer asks: after %i ms", (asked) => {
    expect(retryInMs("PUT", status(503), asked, 1, half)).toBe(asked);
    expect(retryInMs("PUT", status(429), asked, 9, half)).toBe(asked);
  });

  test.each([60_001, 3_600_000, Infinity])("never, where it asks for %d ms", (asked) => {
    expect(retryInMs("PUT", status(503), asked, 1, half)).toBeUndefined();
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(2026, 10, 22, 8, 49, 37);

  test.each([
    ["0", 0],
    ["7", 7_000],
    [" 120 ", 120_000],
    ["99999999999", 99_999_999_999_000],
    // JSON has no Infinity, and nobody can wait so long.
    ["9".repeat(400), Number.MAX_SAFE_INTEGER],
    ["Sun, 22 Nov 2026 08:50:37 GMT", 60_000],
    ["Sunday, 22-Nov-26 08:49:38 GMT", 1_000],
    ["Sun Nov 22 08:49:57 2026", 20_000],
    ["Mon, 22 Nov 2027 08:49:37 GMT", 365 * 24 * 3_600_000],
    // One that has passed is now.
    ["Sun, 22 Nov 2026 08:49:37 GMT", 0],
    ["Wed, 21 Oct 2015 07:28:00 GMT", 0],
  ])("%j is seconds, or a date", (value, ms) => {
    expect(parseRetryAfter(value, now)).toBe(ms);
  });

  test.each([
    ...[undefined, null, "", "-1", "0x10", "1e3", "soon", "7 s", "Infinity"],
    ...["retry 5", "later 30", "in about 10"],
    // Dates, but none that the header may hold.
    ...["2026-11-22T10:00:00Z", "2026-11-22 10:00", "11/22/2026 10:00"],
  ])("%j is neither", (value) => {
    expect(parseRetryAfter(value, now)).toBeUndefined();
  });
});
