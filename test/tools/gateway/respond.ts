import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Answer } from "./answers.js";
import type { Fault } from "./faults.js";

// Bounds what a client that never stops reading can make a test do.
const endlessBytes = 64 * 1024 * 1024;

/**
 * Puts the gateway's own answer, or what the fault makes of it, on the wire.
 * Rejects when the connection ends first, which `signal` tells.
 */
export async function respond(
  response: ServerResponse,
  own: Answer,
  fault: Fault,
  signal: AbortSignal,
): Promise<void> {
  if (fault.delayMs !== undefined) await wait(fault.delayMs, undefined, { signal });
  if ("hang" in fault) return;
  if ("endless" in fault) {
    response.writeHead(200, { "content-type": "application/json" });
    await pipeline(Readable.from(endless()), response);
  } else if ("reset" in fault) {
    if (fault.reset === "mid-body") await sendHalf(response, own);
    // A reset would make some systems drop what was sent before it; so after a part, just close.
    if (fault.reset === "mid-body") response.socket?.destroy();
    else response.socket?.resetAndDestroy();
  } else if ("status" in fault) {
    response.writeHead(fault.status, fault.headers).end(fault.body);
  } else if (fault.trickleMs !== undefined) {
    response.writeHead(own.status, own.headers);
    await pipeline(Readable.from(trickle(own.body, fault.trickleMs, signal)), response);
  } else {
    response.writeHead(own.status, own.headers).end(own.body);
  }
}

function sendHalf(response: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  return new Promise((resolve) => {
    response.write(body.slice(0, body.length / 2), () => {
      resolve();
    });
  });
}

function* endless() {
  const filler = "x".repeat(64 * 1024);
  yield '{"name":"';
  for (let sent = 0; sent < endlessBytes; sent += filler.length) yield filler;
}

async function* trickle(body: string, pauseMs: number, signal: AbortSignal) {
  for (const byte of Buffer.from(body)) {
    await wait(pauseMs, undefined, { signal });
    yield Uint8Array.of(byte);
  }
}
