import { respond } from "./answers.js";

/**
 * What goes wrong with a request. Unless it says so, the request is not applied. Given to `next`,
 * `lose-answer` and `apply-late` wait for a request that can change something.
 * - `refuse`: no connection is made, as Node tells it; `break`: the connection breaks
 * - `lose-answer`: it is applied, and then the connection breaks
 * - `silence`: no answer; `apply-late`: none, but it is applied after its caller gave up, by `settled()`
 * - `redirect`: a 307 to another host; `html`: a proxy's page with a 200
 * - `broken-body`, `endless-body`: it is applied, and the answer's body breaks off, or goes on for ever
 * - `echo`: a refusal that quotes API key and credential
 * - an answer of this `status`
 */
export type Fault =
  | ("refuse" | "break" | "lose-answer" | "apply-late" | "silence" | "redirect" | "html")
  | ("broken-body" | "endless-body" | "echo")
  | {
      /** From 200 to 599. */
      readonly status: number;
      /** In seconds, or as a date of HTTP. */
      readonly retryAfter?: number | string | undefined;
      /** By name, beside those that the gateway gives. */
      readonly headers?: Readonly<Record<string, string>> | undefined;
      /** Sent as it is where it is text, and else as JSON. @default none */
      readonly body?: unknown;
      /** Whether the request was applied. @default false */
      readonly applied?: boolean | undefined;
    };

/** `answer` applies the request and gives the gateway's own answer; `gone` rejects when the caller gives up. */
interface Exchange {
  readonly answer: () => Promise<Response>;
  readonly gone: Promise<never>;
  readonly late: (() => Promise<unknown>)[];
  readonly secrets: string;
}

const refused = { message: "connect ECONNREFUSED", code: "ECONNREFUSED", syscall: "connect" };
const closed = { message: "other side closed", code: "UND_ERR_SOCKET" };

const strikes: Record<string, (exchange: Exchange) => Response | Promise<Response>> = {
  refuse: () => fail(refused),
  break: () => fail(closed),
  "lose-answer": ({ answer }) => answer().then(() => fail(closed)),
  "apply-late": ({ answer, gone, late }) => {
    gone.catch(() => late.push(answer));
    return gone;
  },
  silence: ({ gone }) => gone,
  redirect: () => respond(307, undefined, { location: "https://elsewhere.example/" }),
  html: () => respond(200, "<h1>Please log in</h1>", { "content-type": "text/html" }),
  "broken-body": (exchange) => unfinished(exchange, () => fail(closed, "terminated")),
  "endless-body": (exchange) =>
    unfinished(exchange, (body) => body.enqueue(new TextEncoder().encode("x".repeat(65_536)))),
  echo: ({ secrets: message }) =>
    respond(400, { error: "INVALID_CREDENTIALS", errorCode: "cn012", message }),
};

/** What a request gets that this fault strikes; throws what Node's `fetch` would. */
export async function strike(fault: Fault, exchange: Exchange): Promise<Response | undefined> {
  if (typeof fault === "string") return strikes[fault]?.(exchange);
  const { status, retryAfter, headers, body, applied } = fault;
  if (applied) await exchange.answer();
  const asked = retryAfter !== undefined && { "retry-after": String(retryAfter) };
  return respond(status, body, { ...asked, ...headers });
}

/** The fault. @throws TypeError where there is none of its name */
export function checked(fault: Fault): Fault {
  if (typeof fault === "object" || Object.hasOwn(strikes, fault)) return fault;
  throw new TypeError(`createTestGateway: there is no fault ${fault}`);
}

type Body = ReadableStreamDefaultController;

function fail(cause: { message: string }, message = "fetch failed"): never {
  throw new TypeError(message, { cause: Object.assign(new Error(cause.message), cause) });
}

/** The first half of the gateway's own answer, which then goes on otherwise. */
async function unfinished({ answer, gone }: Exchange, pull: (body: Body) => void) {
  const own = await answer();
  const bytes = new Uint8Array(await own.arrayBuffer());
  const body = new ReadableStream({
    start(controller: Body) {
      controller.enqueue(bytes.subarray(0, bytes.length / 2));
      gone.catch((reason: unknown) => controller.error(reason));
    },
    pull,
  });
  return new Response(body, own);
}
