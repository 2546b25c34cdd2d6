import { once } from "node:events";
import type { Socket } from "node:net";

/** One connection, as a script sees it. */
export interface Line {
  readonly socket: Socket;
  /** Set by a script whose answer was whole: the connection may wait for the next request. */
  isKept: boolean;
  /** Resolves once so much of the next request is there; rejects where the connection ends first. */
  readonly arrived: (part: Part) => Promise<void>;
  /** Takes the next request off the wire, once all of it is there. */
  readonly request: () => Promise<string>;
  /** Settles when the connection has ended. */
  readonly ended: Promise<unknown>;
}

export type Part = "a byte" | "the head" | "half" | "all";

/** Reads a connection. It parses as much of HTTP as it takes to find the end of a request. */
export function openLine(socket: Socket): Line {
  const gone = new AbortController();
  const ended = new Promise<void>((resolve) => {
    socket.once("close", () => {
      gone.abort();
      resolve();
    });
  });
  // A client that breaks off is what the tests are about.
  socket.on("error", () => socket.destroy());
  let received = "";
  socket.on("data", (chunk) => (received += chunk.toString("latin1")));

  const arrived = async (part: Part) => {
    while (received.length < sizeOf(received, part)) {
      await once(socket, "data", { signal: gone.signal });
    }
  };
  const request = async () => {
    await arrived("all");
    const size = sizeOf(received, "all");
    const taken = received.slice(0, size);
    received = received.slice(size);
    return taken;
  };

  return { socket, isKept: false, arrived, request, ended };
}

/** How many bytes that part of a request has; infinitely many while its head does not tell. */
function sizeOf(received: string, part: Part): number {
  if (part === "a byte") return 1;
  const head = received.indexOf("\r\n\r\n") + 4;
  if (head < 4) return Infinity;
  if (part === "the head") return head;
  const body = Number(/^content-length: *(\d+)/im.exec(received.slice(0, head))?.[1] ?? 0);
  return part === "half" ? Math.ceil((head + body) / 2) : head + body;
}
