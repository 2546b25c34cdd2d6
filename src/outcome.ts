import type { Reply } from "./transport.js";

/**
 * Was the change applied? `not-applied` where that is certain for every attempt made; `unknown`
 * where it may have been, so that a rotation must look before it repeats or reverts.
 */
export type Outcome = "not-applied" | "unknown";

const safeMethods = ["GET", "HEAD", "OPTIONS"];

/** The outcome of one failed attempt, whatever came before it. */
export function outcomeOf(method: string, ending: Reply): Outcome {
  if (safeMethods.includes(method) || nothingSent(ending)) return "not-applied";
  const status = ending.response?.status ?? 0;
  // A proxy sends 408 for a request that it had passed on and that then took too long.
  const isRefused = status >= 400 && status < 500 && status !== 408;
  // What was redirected was answered by somebody else.
  return isRefused && ending.problem !== "redirect" ? "not-applied" : "unknown";
}

/** True where no byte of the request can have left: not even a connection was made. */
export function nothingSent({ sent, response, cause }: Reply): boolean {
  return !sent || (response === undefined && neverConnected(cause));
}

/** The system's code, such as `ECONNREFUSED`, from wherever `fetch` put it. */
export function codeOf(cause: unknown): string | undefined {
  const codes = causes(cause).map(({ code }) => code);
  return codes.find((code) => typeof code === "string");
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
      : /^(?:connect|getaddrinfo)$/.test(String(syscall)) || codes.test(String(code)),
  );
}

function causes(cause: unknown): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  for (let next = cause; typeof next === "object" && next && found.length < 8;) {
    const error = next as Record<string, unknown>;
    found.push(error);
    next = error.cause;
  }
  return found;
}
