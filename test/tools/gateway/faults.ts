import type { Fault as TestFault } from "../../../src/testing/index.js";

/** What goes wrong with a request: one of the test gateway's faults, or what only a server can do. */
export type Fault = TestFault | Slow;

/** The gateway's own answer, but late or slow. `{}` is no fault. */
interface Slow {
  /** A wait before it is answered, in milliseconds. */
  delayMs?: number;
  /** The body goes out one byte at a time, so many milliseconds apart. */
  trickleMs?: number;
}

const jsonType = { "content-type": "application/json" };

/** Answers with a name, to pass to `fail`. */
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
