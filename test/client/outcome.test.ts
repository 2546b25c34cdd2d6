import { describe, expect, test } from "vitest";
import { codeOf, nothingSent, outcomeOf } from "../../src/outcome.js";

type Ending = Parameters<typeof outcomeOf>[1];

const system = (fields: object, message = "failed") => Object.assign(new Error(message), fields);
/** As `fetch` of Node hands on what the socket says. */
const fetchFailed = (cause: unknown) => new TypeError("fetch failed", { cause });
const answered = (status: number): Ending => {
  // A browser gives 0 for a redirect that it was told not to follow.
  const response = status === 0 ? Response.error() : new Response(null, { status });
  return { sent: true, response };
};
const failed = (cause: unknown): Ending => ({ sent: true, cause });

describe("an answer", () => {
  test.each([400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 425, 429, 431, 499])(
    "%i rejects the change",
    (status) => {
      expect(outcomeOf("PUT", answered(status))).toBe("not-applied");
    },
  );

  test.each([0, 200, 204, 301, 302, 303, 304, 307, 308, 399, 408, 500, 501, 502, 503, 504, 599])(
    "%i does not tell",
    (status) => {
      expect(outcomeOf("PUT", answered(status))).toBe("unknown");
    },
  );

  test("that came outweighs the words of an error", () => {
    const cause = system({ syscall: "connect", code: "ECONNREFUSED" });
    expect(outcomeOf("PUT", { ...answered(200), cause })).toBe("unknown");
  });
});

describe("no answer", () => {
  const neverSent: [string, unknown][] = [
    ["refused", system({ syscall: "connect", code: "ECONNREFUSED" })],
    ["no route", system({ syscall: "connect", code: "EHOSTUNREACH" })],
    ["no such name", system({ syscall: "getaddrinfo", code: "ENOTFOUND" })],
    ["no name server", system({ syscall: "getaddrinfo", code: "EAI_AGAIN" })],
    ["no connection in time", system({ code: "UND_ERR_CONNECT_TIMEOUT" })],
    ["a certificate of its own", system({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" })],
    ["a chain with one", system({ code: "SELF_SIGNED_CERT_IN_CHAIN" })],
    ["an expired certificate", system({ code: "CERT_HAS_EXPIRED" })],
    ["another host's certificate", system({ code: "ERR_TLS_CERT_ALTNAME_INVALID" })],
    ["an unknown issuer", system({ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" })],
    [
      "each address refused",
      new AggregateError([
        system({ syscall: "connect", code: "ECONNREFUSED" }),
        system({ syscall: "connect", code: "ETIMEDOUT" }),
      ]),
    ],
  ];
  test.each(neverSent)("%s: nothing was sent", (_, cause) => {
    for (const ending of [failed(cause), failed(fetchFailed(cause))]) {
      expect(nothingSent(ending)).toBe(true);
      expect(outcomeOf("PUT", ending)).toBe("not-applied");
    }
  });

  const perhapsSent: [string, unknown][] = [
    ["reset", system({ syscall: "read", code: "ECONNRESET" })],
    ["a broken pipe", system({ syscall: "write", code: "EPIPE" })],
    ["closed by the other side", system({ code: "UND_ERR_SOCKET" })],
    ["headers too late", system({ code: "UND_ERR_HEADERS_TIMEOUT" })],
    ["an answer that is no HTTP", system({ code: "HPE_INVALID_CONSTANT" })],
    ["our certificate refused", system({ code: "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE" })],
    ["our certificate wanted", system({ code: "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED" })],
    ["an error of no system", new Error("connect ECONNREFUSED")],
    ["a word in place of an error", "ECONNREFUSED"],
    ["nothing at all", undefined],
    ["null", null],
    ["a code that only ends like one", system({ code: "NOT_UND_ERR_CONNECT_TIMEOUT" })],
    ["a code that only starts like one", system({ code: "UND_ERR_CONNECT_TIMEOUT_LATER" })],
    ["a code that only holds one", system({ code: "NOT_UNABLE_TO_VERIFY" })],
    ["a call that only ends like one", system({ syscall: "reconnect", code: "ECONNRESET" })],
    ["a call that only starts like one", system({ syscall: "connected", code: "ECONNRESET" })],
    ["a code that is no text", system({ code: 5 })],
    [
      "one address refused, another reset",
      new AggregateError([
        system({ syscall: "connect", code: "ECONNREFUSED" }),
        system({ syscall: "read", code: "ECONNRESET" }),
      ]),
    ],
    ["several errors, none of which is there", new AggregateError([])],
    ["errors that are no list", system({ errors: { name: "required" } })],
  ];
  test.each(perhapsSent)("%s: the change may have been applied", (_, cause) => {
    for (const ending of [failed(cause), failed(fetchFailed(cause))]) {
      expect(nothingSent(ending)).toBe(false);
      expect(outcomeOf("PUT", ending)).toBe("unknown");
    }
  });

  test("a chain of causes that runs in a circle is gone through once", () => {
    const cause = new Error("outer", { cause: new Error("inner") });
    (cause.cause as Error).cause = cause;
    expect(outcomeOf("PUT", failed(cause))).toBe("unknown");
    expect(codeOf(cause)).toBeUndefined();
  });

  test("errors that hold each other are gone through once", { timeout: 2_000 }, () => {
    const inner = system({ code: "ECONNRESET", syscall: "read" });
    const cause = Object.assign(new AggregateError([inner]), { cause: inner });
    Object.assign(inner, { cause, errors: [cause, inner] });
    expect(outcomeOf("PUT", failed(cause))).toBe("unknown");
    expect(nothingSent(failed(cause))).toBe(false);
  });

  test("before fetch was called, nothing was sent", () => {
    expect(outcomeOf("PUT", { sent: false })).toBe("not-applied");
    expect(nothingSent({ sent: false, cause: new Error("the key") })).toBe(true);
  });
});

describe("the method", () => {
  const ending = answered(503);
  test.each(["GET", "HEAD", "OPTIONS"])("%s changes nothing", (method) => {
    expect(outcomeOf(method, ending)).toBe("not-applied");
    expect(outcomeOf(method, failed(undefined))).toBe("not-applied");
  });

  test.each(["PUT", "POST", "PATCH", "DELETE"])("%s may have changed something", (method) => {
    expect(outcomeOf(method, ending)).toBe("unknown");
    expect(outcomeOf(method, failed(undefined))).toBe("unknown");
  });
});

describe("the system's code", () => {
  test.each<[string, unknown, string | undefined]>([
    ["of the error", system({ code: "ECONNRESET" }), "ECONNRESET"],
    ["of its cause", fetchFailed(system({ code: "EPIPE" })), "EPIPE"],
    ["the outermost", system({ code: "OUTER", cause: system({ code: "INNER" }) }), "OUTER"],
    ["past one that is no text", system({ code: 20, cause: system({ code: "EPIPE" }) }), "EPIPE"],
    ["where there is none", fetchFailed(new Error("bad port")), undefined],
    ["where nothing was thrown", undefined, undefined],
  ])("%s", (_, cause, code) => {
    expect(codeOf(cause)).toBe(code);
  });
});
