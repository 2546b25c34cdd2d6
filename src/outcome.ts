import type { Reply } from "./transport.js";

/**
 * Was the change applied? `not-applied` where that is certain for every attempt made; `unknown`
 * where it may have been, so that a rotation must look before it repeats or reverts.
 */
export type Outcome = "not-applied" | "unknown";

const safeMethods = ["GET", "HEAD", "OPTIONS"];

/** The outcome of one failed attempt, whatever came before it. @internal */
export function outcomeOf(method: string, reply: Reply): Outcome {
  if (safeMethods.includes(method) || nothingSent(reply)) return "not-applied";
  const status = reply.response?.status ?? 0;
  // A proxy sends 408 for a request that it had passed on and that then took too long.
  const isRefused = status >= 400 && status < 500 && status !== 408;
  // What was redirected was answered by somebody else.
  return isRefused && reply.problem !== "redirect" ? "not-applied" : "unknown";
}

/** True where no byte of the request can have left: not even a connection was made. @internal */
export function nothingSent({ sent, response, cause }: Reply): boolean {
  return !sent || (response === undefined && neverConnected(cause));
}

/** The system's code, such as `ECONNREFUSED`, from wherever `fetch` put it. @internal */
export function codeOf(cause: unknown): string | undefined {
  return causes(cause).find(({ code }) => code)?.code;
}

function neverConnected(cause: unknown, seen = new Set<unknown>()): boolean {
  // Errors can hold each other in a circle, which proves nothing.
  if (seen.has(cause)) return false;
  seen.add(cause);
  // The certificates are those that this side refused: a refusal of ours can come after the request.
  const codes = /^UND_ERR_CONNECT_TIMEOUT$|(?:^|_)CERT(?:_|$)|^UNABLE_TO_/;
  return causes(cause).some(({ syscall, code, errors }) =>
    Array.isArray(errors) && errors.length > 0
      ? errors.every((error) => neverConnected(error, seen))
      : /^(?:connect|getaddrinfo)$/.test(syscall) || codes.test(code),
  );
}

/** What tells of a cause, and of the causes behind it. */
function causes(cause: unknown) {
  const found: { code: string; syscall: string; errors: unknown }[] = [];
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  try {
    for (let next = cause; typeof next === "object" && next && found.length < 8;) {
      const { code, syscall, errors, cause: inner } = next as Record<string, unknown>;
      found.push({ code: text(code), syscall: text(syscall), errors });
      next = inner;
    }
  } catch {
    // A getter that throws: what came before it has to do.
  }
  return found;
}
