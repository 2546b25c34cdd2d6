import type { Socket } from "node:net";
import type { Line, Part } from "./line.js";

/** What a server does with a request, step by step. */
export type Script = readonly Step[];
export type Step = (line: Line, log: Log) => unknown;

/** What came of the requests. */
export interface Log {
  /** Every request that arrived whole, as it was on the wire. */
  readonly requests: string[];
  /** How many updates were applied. */
  applied: number;
}

// Bounds what a client that never stops reading can make a test do.
const endlessBytes = 64 * 1024 * 1024;

/** Waits for so much of the request, and reads no more than that. */
export function read(part: Exclude<Part, "all">): Step {
  return async (line) => {
    await line.arrived(part);
    line.socket.pause();
  };
}

/** Reads a whole request and applies the update that it asks for, before anything is answered. */
export const apply: Step = async (line, log) => {
  log.requests.push(await line.request());
  log.applied += 1;
};

/** Reads a whole request and applies nothing. */
export const reject: Step = async (line, log) => {
  log.requests.push(await line.request());
};

/** Puts bytes on the wire. */
export function send(bytes: string | Buffer): Step {
  return ({ socket }) => write(socket, bytes);
}

/** Leaves the connection open for the next request, as after an answer that was whole. */
export const keep: Step = (line) => (line.isKept = true);

/** Puts the same bytes on the wire again and again, until the client has gone. */
export function repeat(bytes: string | Buffer, pauseMs = 0): Step {
  return async (line) => {
    for (let sent = 0; !line.socket.destroyed && sent < endlessBytes; sent += bytes.length) {
      await write(line.socket, bytes);
      if (pauseMs > 0) await idle(line, pauseMs);
    }
  };
}

/** Puts bytes on the wire one by one. */
export function trickle(bytes: string, pauseMs: number): Step {
  return async (line) => {
    for (const byte of bytes) {
      await write(line.socket, byte);
      await idle(line, pauseMs);
      if (line.socket.destroyed) return;
    }
  };
}

/** Does nothing for that long, or until the client has gone. */
export function pause(ms: number): Step {
  return (line) => idle(line, ms);
}

/** Ends the connection in good order. */
export const close: Step = ({ socket }) => void socket.end();

/** Breaks the connection off. */
export const reset: Step = ({ socket }) => void socket.resetAndDestroy();

/** The JSON that the spec promises. */
export const connection = '{"id":"1","name":"n","type":"stripe"}';

/** An answer on the wire: status line, headers, the length of the body, and the body. */
export function bytes(
  status: number | string,
  headers: Record<string, string> = {},
  body: string | Buffer = "",
): Buffer {
  const content = Buffer.from(body);
  const all = { ...headers, "content-length": content.length };
  const fields = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} -\r\n${fields.join("")}\r\n`), content]);
}

/** The headers of an answer in JSON. */
export const json = { "content-type": "application/json" };

/** The answer that the spec promises, whole. */
export const answered: Script = [send(bytes(200, json, connection)), keep];

/** What a gateway in good health does. */
export const good: Script = [apply, ...answered];

function write(socket: Socket, bytes: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    socket.write(bytes, () => {
      resolve();
    });
  });
}

async function idle({ ended }: Line, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const time = new Promise((resolve) => (timer = setTimeout(resolve, ms).unref()));
  await Promise.race([ended, time]);
  clearTimeout(timer);
}
