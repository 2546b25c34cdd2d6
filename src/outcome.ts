/**
 * Was the change applied? `not-applied` where that is certain for every attempt made; `unknown`
 * where it may have been, so that a rotation must look before it repeats or reverts.
 */
export type Outcome = "not-applied" | "unknown";

/** What happened to one failed attempt: whether `fetch` was called, what it gave or threw. */
export interface Ending {
  readonly sent: boolean;
  readonly response?: { readonly status: number };
  readonly cause?: unknown;
}

/** The outcome of one failed attempt, whatever came before it. */
export function outcomeOf(method: string, ending: Ending): Outcome {
  if (/^(?:GET|HEAD|OPTIONS)$/.test(method) || nothingSent(ending)) return "not-applied";
  const { status = 0 } = ending.response ?? {};
  // A proxy sends 408 for a request that it had passed on and that then took too long.
  return status >= 400 && status < 500 && status !== 408 ? "not-applied" : "unknown";
}

/** True where no byte of the request can have left: not even a connection was made. */
export function nothingSent({ sent, response, cause }: Ending): boolean {
  return !sent || (response === undefined && neverConnected(cause));
}

function neverConnected(cause: unknown): boolean {
  return causes(cause).some(({ syscall, code, errors }) =>
    errors
      ? errors.every(neverConnected)
      : syscall === "connect" ||
        syscall === "getaddrinfo" ||
        // A certificate that this side refused. The peer's refusal of ours can come after the request.
        /^UND_ERR_CONNECT_TIMEOUT$|(?:^|_)CERT(?:_|$)|^UNABLE_TO_/.test(String(code)),
  );
}

/** The system's code, such as `ECONNREFUSED`, from wherever `fetch` put it. */
export function codeOf(cause: unknown): string | undefined {
  return causes(cause)
    .map(({ code }) => code)
    .find((code) => typeof code === "string");
}

interface SystemError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly errors?: readonly unknown[];
  readonly cause?: unknown;
}

function causes(cause: unknown): SystemError[] {
  const found: SystemError[] = [];
  for (let next = cause as SystemError | undefined; next && found.length < 8;) {
    found.push(next);
    next = next.cause as SystemError | undefined;
  }
  return found;
}
