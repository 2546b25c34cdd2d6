import { fault, late, lost, unusable, updated } from "./fault.js";
import { answered, apply, bytes, close, connection } from "./steps.js";
import { json, keep, pause, repeat, send } from "./steps.js";

const start = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const framed = (headers: string, body: string) => send(`${start}${headers}\r\n\r\n${body}`);
const chunked = (body: string) => framed("transfer-encoding: chunked", body);
const size = connection.length;
const hex = size.toString(16);
const forged = bytes(200, json, '{"id":"forged"}');
const sent = bytes(200, json, connection);

/** Answers whose start, length or end is wrong. */
export const framingFaults = [
  fault("content-length too short", [apply, framed("content-length: 9", connection)], unusable),
  fault("content-length too long", [apply, framed("content-length: 99", connection), close], lost),
  fault(
    "content-length too long, left open",
    [apply, framed("content-length: 99", connection), pause(60_000)],
    late,
    { timeoutMs: 300 },
  ),
  fault("content-length negative", [apply, framed("content-length: -37", connection)], lost),
  fault("content-length no number", [apply, framed("content-length: many", connection)], lost),
  fault(
    "content-length past any number",
    [apply, framed(`content-length: ${"9".repeat(30)}`, connection)],
    lost,
  ),
  fault(
    "two content-lengths",
    [apply, framed(`content-length: ${size}\r\ncontent-length: 9`, connection)],
    lost,
  ),
  fault(
    "content-length beside chunked",
    [
      apply,
      framed(
        `content-length: 9\r\ntransfer-encoding: chunked`,
        `${hex}\r\n${connection}\r\n0\r\n\r\n`,
      ),
    ],
    lost,
  ),

  fault("chunked", [apply, chunked(`${hex}\r\n${connection}\r\n0\r\n\r\n`), keep], updated),
  fault("chunked garbage", [apply, chunked("this is no chunk\r\n")], lost),
  fault("chunk longer than it says", [apply, chunked(`9\r\n${connection}\r\n0\r\n\r\n`)], lost),
  fault("chunk size past any number", [apply, chunked(`${"f".repeat(20)}\r\n{}`)], lost),
  fault("chunk size too large, cut", [apply, chunked(`fffffff\r\n${connection}`), close], lost),
  fault("chunked without an end", [apply, chunked(`${hex}\r\n${connection}\r\n`), close], lost),
  fault(
    "unknown transfer-encoding",
    [apply, framed("transfer-encoding: x", connection), close],
    updated,
  ),

  fault("huge headers", [apply, send(bytes(200, { "x-huge": "x".repeat(64_000) }))], lost),
  fault("endless headers", [apply, send(start), repeat(`x-more: ${"x".repeat(100)}\r\n`)], lost),
  fault("one endless header", [apply, send(`${start}x-more: `), repeat("x".repeat(100))], lost),
  fault("header without a colon", [apply, framed("content-length", connection)], lost),
  fault("header with a NUL", [apply, framed("x-nul: \0", connection)], lost),

  fault("status line garbage", [apply, send("SSH-2.0-server\r\n")], lost),
  fault("status of two digits", [apply, send(bytes(99, json, connection))], lost),
  fault("status of four digits", [apply, send(bytes(2000, json, connection))], lost),
  fault("HTTP/0.9", [apply, send(connection), close], lost),
  fault("HTTP/1.0", [apply, send(sent.toString().replace("/1.1", "/1.0"))], updated),
  fault(
    "HTTP/1.0 up to the close",
    [apply, send(`${start.replace("/1.1", "/1.0")}\r\n${connection}`), close],
    updated,
  ),
  fault("HTTP/2 frames", [apply, send(Buffer.from("000000040000000000", "hex"))], lost),
  fault("HTTP/2 preface", [apply, send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")], lost),

  fault("100 before the answer", [apply, send("HTTP/1.1 100 Continue\r\n\r\n"), send(sent)], lost),
  fault(
    "101",
    [apply, send("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n")],
    lost,
  ),
  fault("102 before the answer", [apply, send("HTTP/1.1 102 -\r\n\r\n"), ...answered], updated),
  fault("103 before the answer", [apply, send("HTTP/1.1 103 -\r\n\r\n"), ...answered], updated),

  fault(
    "garbage after the answer",
    [apply, send(Buffer.concat([sent, Buffer.from("garbage")]))],
    updated,
  ),
  fault("another answer after the answer", [apply, send(Buffer.concat([sent, forged]))], updated),
  fault("another answer a little later", [apply, send(sent), pause(20), send(forged)], updated),
  fault(
    "408 and close after the answer",
    [apply, send(Buffer.concat([sent, bytes(408)])), close],
    updated,
  ),
];
