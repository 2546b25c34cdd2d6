/** What goes wrong with a request. `{}` is no fault: the gateway's own answer goes out. */
export type Fault = Timing & (OwnAnswer | OtherAnswer | Hang | Reset | Endless);

interface Timing {
  /** How many requests in a row it strikes. @default 1 */
  times?: number;
  /** A wait before anything is answered, in milliseconds. */
  delayMs?: number;
  /**
   * Whether a granted update is made before the fault strikes.
   * @default true where the gateway's own answer, or a part of it, goes out
   */
  applied?: boolean;
}

/** The gateway's own answer, but late or slow. */
interface OwnAnswer {
  /** The body goes out one byte at a time, so many milliseconds apart. */
  trickleMs?: number;
}

/** Another answer instead. */
interface OtherAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** No answer ever. */
interface Hang {
  hang: true;
}

/**
 * The connection breaks: before the body is read (nothing is applied then), once it is read, or
 * within the answer's body.
 */
interface Reset {
  reset: "on-arrival" | "after-request" | "mid-body";
}

/** A 200 whose JSON goes on until the client goes, or 64 MiB. */
interface Endless {
  endless: true;
}

const jsonType = { "content-type": "application/json" };

/** Faults with a name, to pass to `fail`. */
export const faults = {
  brokenJson: { status: 200, headers: jsonType, body: '{"id":"1","name":' },
  /** A proxy's page in place of the answer. */
  html: { status: 200, headers: { "content-type": "text/html" }, body: "<h1>Please log in</h1>" },
  wrongContentType: { status: 200, headers: { "content-type": "text/plain" }, body: '{"id":"1"}' },
  /** Announces a gigabyte, sends two bytes and leaves the connection open. */
  oversizedContentLength: {
    status: 200,
    headers: { ...jsonType, "content-length": "1000" },
    body: "{}",
  },
  redirect: (status: number, location: string) => ({ status, headers: { location } }),
} satisfies Record<string, Fault | ((status: number, location: string) => Fault)>;

/** Whether a granted update is made although the fault strikes. */
export function isApplied(fault: Fault): boolean {
  const own = !("status" in fault || "hang" in fault || "endless" in fault || "reset" in fault);
  return fault.applied ?? (own || ("reset" in fault && fault.reset === "mid-body"));
}
