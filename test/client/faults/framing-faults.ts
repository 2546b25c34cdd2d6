import { fault, late, lost, unusable, updated, type Fault } from "./fault.js";
import { answered, apply, bytes, close, connection, json, keep } from "./steps.js";
import { pause, repeat, send, type Step } from "./steps.js";

const start = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const size = connection.length;
const chunk = `${size.toString(16)}\r\n${connection}\r\n`;
const sent = bytes(200, json, connection);
const forged = bytes(200, json, '{"id":"forged"}');
const old = (text: string) => text.replace("/1.1", "/1.0");

/** An answer with these headers to a request that was applied, and what comes after. */
const framed = (
  name: string,
  headers: string,
  body: string,
  expected: Fault["expected"],
  ...then: Step[]
) => fault(name, [apply, send(`${start}${headers}\r\n\r\n${body}`), ...then], expected);
const chunked = (name: string, body: string, expected: Fault["expected"], ...then: Step[]) =>
  framed(name, "transfer-encoding: chunked", body, expected, ...then);
/** These bytes in place of an answer. */
const odd = (name: string, given: string | Buffer, expected: Fault["expected"], ...then: Step[]) =>
  fault(name, [apply, send(given), ...then], expected);

/** Answers whose start, length or end is wrong. */
export const framingFaults = [
  framed("content-length too short", "content-length: 9", connection, unusable),
  framed("content-length too long", "content-length: 99", connection, lost, close),
  fault(
    "content-length too long, left open",
    [apply, send(`${start}content-length: 99\r\n\r\n${connection}`), pause(60_000)],
    late,
    { timeoutMs: 300 },
  ),
  framed("content-length negative", "content-length: -37", connection, lost),
  framed("content-length no number", "content-length: many", connection, lost),
  framed("content-length past any number", `content-length: ${"9".repeat(30)}`, connection, lost),
  framed("two content-lengths", `content-length: ${size}\r\ncontent-length: 9`, connection, lost),
  framed("both", "content-length: 9\r\ntransfer-encoding: chunked", `${chunk}0\r\n\r\n`, lost),

  chunked("chunked", `${chunk}0\r\n\r\n`, updated, keep),
  chunked("chunked garbage", "this is no chunk\r\n", lost),
  chunked("chunk longer than it says", `9\r\n${connection}\r\n0\r\n\r\n`, lost),
  chunked("chunk size past any number", `${"f".repeat(20)}\r\n{}`, lost),
  chunked("chunk size too large, cut", `fffffff\r\n${connection}`, lost, close),
  chunked("chunked without an end", chunk, lost, close),
  framed("unknown transfer-encoding", "transfer-encoding: x", connection, updated, close),

  odd("huge headers", bytes(200, { "x-huge": "x".repeat(64_000) }), lost),
  odd("endless headers", start, lost, repeat(`x-more: ${"x".repeat(100)}\r\n`)),
  odd("one endless header", `${start}x-more: `, lost, repeat("x".repeat(100))),
  framed("header without a colon", "content-length", connection, lost),
  framed("header with a NUL", "x-nul: \0", connection, lost),

  odd("status line garbage", "SSH-2.0-server\r\n", lost),
  odd("status of two digits", bytes(99, json, connection), lost),
  odd("status of four digits", bytes(2000, json, connection), lost),
  odd("HTTP/0.9", connection, lost, close),
  odd("HTTP/1.0", old(sent.toString()), updated),
  odd("HTTP/1.0 up to the close", old(`${start}\r\n${connection}`), updated, close),
  odd("HTTP/2 frames", Buffer.from("000000040000000000", "hex"), lost),
  odd("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", lost),

  odd("100 before the answer", "HTTP/1.1 100 Continue\r\n\r\n", lost, send(sent)),
  odd("101", "HTTP/1.1 101 -\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n", lost),
  odd("102 before the answer", "HTTP/1.1 102 -\r\n\r\n", updated, ...answered),
  odd("103 before the answer", "HTTP/1.1 103 -\r\n\r\n", updated, ...answered),
  odd("204", "HTTP/1.1 204 -\r\n\r\n", unusable, keep),

  odd("garbage after the answer", Buffer.concat([sent, Buffer.from("garbage")]), updated),
  odd("another answer after the answer", Buffer.concat([sent, forged]), updated),
  odd("another answer a little later", sent, updated, pause(20), send(forged)),
  odd("408 and close after the answer", Buffer.concat([sent, bytes(408)]), updated, close),
];
