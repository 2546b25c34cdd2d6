import { describe, expect, onTestFinished, test } from "vitest";
import { answerOf } from "../../src/answer.js";
import { attemptOutcome, chainOf, nothingSent, readThrown } from "../../src/outcome.js";

type Result = Parameters<typeof attemptOutcome>[1];

const system = (code: unknown, syscall?: string, more: object = {}) =>
  Object.assign(new Error("failed"), { code, ...(syscall && { syscall }), ...more });
const answered = (status: number): Result => {
  // A browser gives 0 for a redirect that it was told not to follow.
  const response = new Response(null, { status: status || 302 });
  return { isSent: true, answer: answerOf(response) };
};
const failed = (cause: unknown): Result => ({ isSent: true, cause: readThrown(cause) });

// Those that IANA registers: https://www.iana.org/assignments/http-status-codes.
const registered = [
  ...Array.from({ length: 18 }, (_, index) => 400 + index).filter((status) => status !== 408),
  ...[421, 422, 423, 424, 425, 426, 428, 429, 431, 451],
];

test.each(registered)("a %i rejects the change", (status) => {
  expect(attemptOutcome("PUT", answered(status))).toBe("not-applied");
});

const others = Array.from({ length: 100 }, (_, index) => 400 + index).filter(
  (status) => !registered.includes(status),
);

// Servers make up statuses such as 499, and send them for work that was cancelled halfway.
test.each([200, 204, 301, 303, 304, 307, 308, 399, ...others, 500, 502, 503, 504, 599])(
  "a %i does not tell",
  (status) => {
    expect(attemptOutcome("PUT", answered(status))).toBe("unknown");
    // What is known of the method is known whatever came.
    expect(attemptOutcome("GET", answered(status))).toBe("not-applied");
  },
);

test("an answer that came outweighs the words of an error", () => {
  const refused = failed(system("ECONNREFUSED", "connect"));
  expect(attemptOutcome("PUT", { ...answered(200), ...refused })).toBe("unknown");
});

describe("without an answer nothing was sent:", () => {
  test.each<[string, unknown]>([
    ["refused", system("ECONNREFUSED", "connect")],
    ["no such name", system("ENOTFOUND", "getaddrinfo")],
    ["no name server", system("EAI_AGAIN", "getaddrinfo")],
    ["no connection in time", system("UND_ERR_CONNECT_TIMEOUT")],
    ["a certificate of its own", system("DEPTH_ZERO_SELF_SIGNED_CERT")],
    ["a chain with one", system("SELF_SIGNED_CERT_IN_CHAIN")],
    ["an expired certificate", system("CERT_HAS_EXPIRED")],
    ["another host's certificate", system("ERR_TLS_CERT_ALTNAME_INVALID")],
    ["an unknown issuer", system("UNABLE_TO_VERIFY_LEAF_SIGNATURE")],
    [
      "a proxy that refuses to connect",
      new Error("Proxy response (407) !== 200 when HTTP Tunneling"),
    ],
    [
      "each address refused",
      new AggregateError([system("ECONNREFUSED", "connect"), system("ETIMEDOUT", "connect")]),
    ],
  ])("%s", (_, cause) => {
    // As it is, and as `fetch` of Node hands it on.
    for (const ending of [failed(cause), failed(new TypeError("fetch failed", { cause }))]) {
      expect(nothingSent(ending)).toBe(true);
      expect(attemptOutcome("PUT", ending)).toBe("not-applied");
    }
  });

  test("before fetch was called", () => {
    expect(attemptOutcome("PUT", { isSent: false })).toBe("not-applied");
    expect(nothingSent({ ...failed(new Error("the key")), isSent: false })).toBe(true);
  });
});

test("what every object inherits says nothing of an error", () => {
  onTestFinished(
    () => void ["syscall", "code"].map((n) => Reflect.deleteProperty(Object.prototype, n)),
  );
  Object.assign(Object.prototype, { syscall: "connect", code: "ECONNREFUSED" });
  expect(nothingSent(failed(new Error("failed")))).toBe(false);
  expect(readThrown(new Error("failed"))).toMatchObject({ syscall: "", code: "" });
});

describe("without an answer the change may have been applied:", () => {
  const inner = system("ECONNRESET", "read");
  const circle = Object.assign(new AggregateError([inner]), { cause: inner });
  Object.assign(inner, { cause: circle, errors: [circle, inner] });

  test.each<[string, unknown]>([
    ["reset", system("ECONNRESET", "read")],
    ["a broken pipe", system("EPIPE", "write")],
    ["closed by the other side", system("UND_ERR_SOCKET")],
    ["a proxy that answers in place of the gateway", new Error("Proxy response (502)")],
    [
      "a proxy's words that another error quotes",
      new Error("no: Proxy response (407) !== 200 when HTTP Tunneling"),
    ],
    ["our certificate refused", system("ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE")],
    ["an error of no system", new Error("connect ECONNREFUSED")],
    ["a word in place of an error", "ECONNREFUSED"],
    ["nothing at all", undefined],
    ["a code that only ends like one", system("NOT_UND_ERR_CONNECT_TIMEOUT")],
    ["a code that only begins like one", system("UND_ERR_CONNECT_TIMEOUTS")],
    ["a code that only holds one", system("NOT_UNABLE_TO_VERIFY")],
    ["a call that only ends like one", system("ECONNRESET", "reconnect")],
    ["a code that is no text", system(5)],
    [
      "one address refused, another reset",
      new AggregateError([system("ECONNREFUSED", "connect"), system("ECONNRESET", "read")]),
    ],
    ...[16, 64, 100].map((count): [string, unknown] => [
      `${count} addresses refused, another reset`,
      new AggregateError([
        ...Array.from({ length: count }, () => system("ECONNREFUSED", "connect")),
        system("ECONNRESET", "read"),
      ]),
    ]),
    ["several errors, none of which is there", new AggregateError([])],
    ["errors that are no list", system(undefined, undefined, { errors: { name: "required" } })],
    ["errors that hold each other", circle],
  ])("%s", (_, cause) => {
    for (const ending of [failed(cause), failed(new TypeError("fetch failed", { cause }))]) {
      expect(nothingSent(ending)).toBe(false);
      expect(attemptOutcome("PUT", ending)).toBe("unknown");
    }
  });
});

test.each([
  ...["GET", "HEAD", "OPTIONS"].map((method) => [method, "not-applied"] as const),
  ...["PUT", "POST", "PATCH", "DELETE"].map((method) => [method, "unknown"] as const),
])("a %s that fails is %s", (method, outcome) => {
  expect(attemptOutcome(method, answered(503))).toBe(outcome);
  expect(attemptOutcome(method, failed(undefined))).toBe(outcome);
});

test.each<[string, unknown, string | undefined]>([
  ["of the error", system("ECONNRESET"), "ECONNRESET"],
  ["of its cause", new TypeError("fetch failed", { cause: system("EPIPE") }), "EPIPE"],
  ["the outermost", system("OUTER", undefined, { cause: system("INNER") }), "OUTER"],
  ["past one that is no text", system(20, undefined, { cause: system("EPIPE") }), "EPIPE"],
  ["where there is none", new TypeError("fetch failed"), undefined],
  ["where nothing was thrown", undefined, undefined],
])("the system's code is that %s", (_, cause, code) => {
  expect(chainOf(readThrown(cause)).find((thrown) => thrown.code)?.code).toBe(code);
});
