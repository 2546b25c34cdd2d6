import { describe, expect, test } from "vitest";
import { answerOf } from "../../src/answer.js";
import { readThrown } from "../../src/outcome.js";
import { retryAfterMs, retryInMs } from "../../src/retry.js";

type Result = Parameters<typeof retryInMs>[1];

const refused = readThrown(Object.assign(new Error("refused"), { syscall: "connect" }));
const reset = readThrown(Object.assign(new Error("reset"), { syscall: "read" }));
const answer = (status: number, headers: Record<string, string> = {}) =>
  answerOf(new Response(null, { status, headers }));
const answered = (status: number, retryAfter?: string): Result => {
  const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
  return { failure: "status", isSent: true, answer: answer(status, headers) };
};
const half = () => 0.5;

describe("which failures are tried again", () => {
  test.each([408, 429, 500, 502, 503, 504])("%i is", (code) => {
    expect(retryInMs("PUT", answered(code), 1, half)).toBe(250);
  });

  test.each([400, 401, 403, 404, 409, 410, 413, 422, 425, 501, 505, 507, 511, 599])(
    "%i is not, whatever it says of later",
    (code) => {
      expect(retryInMs("PUT", answered(code), 1, half)).toBeUndefined();
      expect(retryInMs("PUT", answered(code, "0"), 1, half)).toBeUndefined();
    },
  );

  test.each<[string, Result, number | undefined]>([
    ["no connection", { failure: "network", isSent: true, cause: refused }, 250],
    ["a broken connection", { failure: "network", isSent: true, cause: reset }, 250],
    ["an answer that broke off", { ...answered(200), failure: "network" }, 250],
    ["a timeout", { failure: "timeout", isSent: true }, 250],
    ["a timeout before anything was sent", { failure: "timeout", isSent: false }, 250],
    ["a key that was not given", { failure: "usage", isSent: false }, undefined],
    ["an abort", { failure: "aborted", isSent: true }, undefined],
    ["a redirect", answered(307), undefined],
    [
      "a followed redirect to a 503",
      { ...answered(503), answer: { ...answer(503), isRedirect: true } },
      undefined,
    ],
    ["a success that is no JSON", { ...answered(200), failure: "response" }, undefined],
  ])("%s", (_, result, delayMs) => {
    expect(retryInMs("PUT", result, 1, half)).toBe(delayMs);
  });
});

describe("which methods are tried again", () => {
  const sent: Result[] = [
    ...[answered(503), answered(429), { failure: "timeout", isSent: true } as const],
    { failure: "network", isSent: true, cause: reset },
    { ...answered(200), failure: "network", cause: refused },
  ];

  test.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])("%s, whatever failed", (method) => {
    for (const result of sent) expect(retryInMs(method, result, 1, half)).toBe(250);
  });

  test.each(["POST", "PATCH", "TRACE"])("%s, only where nothing was sent", (method) => {
    for (const result of sent) expect(retryInMs(method, result, 1, half)).toBeUndefined();
    const unsent: Result[] = [
      { failure: "timeout", isSent: false },
      { failure: "network", isSent: true, cause: refused },
    ];
    for (const result of unsent) expect(retryInMs(method, result, 1, half)).toBe(250);
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
    expect(retryInMs("PUT", answered(503), number, () => 0)).toBe(0);
    expect(retryInMs("PUT", answered(503), number, half)).toBe(longest / 2);
    expect(retryInMs("PUT", answered(503), number, () => 1)).toBe(longest);
  });

  test.each([8, 59.999, 60])("no earlier than the answer asks: after %d s", (seconds) => {
    expect(retryInMs("PUT", answered(503, `${seconds}`), 1, half)).toBe(seconds * 1000);
    expect(retryInMs("PUT", answered(429, `${seconds}`), 9, half)).toBe(seconds * 1000);
  });

  test.each(["0", "0.2", "Wed, 21 Oct 2015 07:28:00 GMT"])(
    "no earlier than the backoff, where the answer asks for %s",
    (retryAfter) => {
      expect(retryInMs("PUT", answered(503, retryAfter), 5, half)).toBe(4_000);
    },
  );

  test.each(["60.001", "3600", "9".repeat(400)])("never, where it asks for %s s", (retryAfter) => {
    expect(retryInMs("PUT", answered(503, retryAfter), 1, half)).toBeUndefined();
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(2026, 10, 22, 8, 49, 37);

  const asked = (value: string | null, date?: string) => {
    const headers = { ...(value !== null && { "retry-after": value }), ...(date && { date }) };
    return retryAfterMs(answer(503, headers), now);
  };

  test.each([
    ["0", 0],
    ["7", 7_000],
    ["1.5", 1_500],
    ["0.25", 250],
    // The longest of several, from one header or from many.
    ["2, 2", 2_000],
    ["1,30 , 2.5", 30_000],
    ["5, Sun, 22 Nov 2026 08:50:37 GMT", 60_000],
    ["5,Sun Nov 22 08:49:57 2026", 20_000],
    ["Sun, 22 Nov 2026 08:49:38 GMT, Sun, 22 Nov 2026 08:50:37 GMT", 60_000],
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
    expect(asked(value)).toBe(ms);
  });

  test.each([
    ...[null, "", "-1", "0x10", "1e3", "soon", "7 s", "Infinity"],
    ...["retry 5", "later 30", "in about 10"],
    // Dates, but none that the header may hold.
    ...["2026-11-22T10:00:00Z", "2026-11-22 10:00", "11/22/2026 10:00"],
  ])("%j is neither", (value) => {
    expect(asked(value)).toBeUndefined();
  });

  test("a date is counted from the answer's own clock, where it tells it", () => {
    const value = "Sun, 22 Nov 2026 08:51:37 GMT";
    expect(asked(value, "Sun, 22 Nov 2026 08:51:07 GMT")).toBe(30_000);
    expect(asked(value, "Sun, 22 Nov 2026 07:00:00 GMT")).toBe(6_697_000);
    expect(asked(value, "no date")).toBe(120_000);
    expect(asked("30", "Sun, 22 Nov 2026 07:00:00 GMT")).toBe(30_000);
  });

  test("of any length is read at the cost of its first 512 characters", () => {
    expect(asked(`7${" ".repeat(16_384)}`)).toBe(7_000);
    expect(asked("1, ".repeat(10_000))).toBe(1_000);
  });
});
