import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { doubtful, fault, late, lost, refused, unusable, updated, type Fault } from "./fault.js";
import { apply, bytes, close, connection, json } from "./steps.js";
import { keep, reject, repeat, send, trickle } from "./steps.js";

const named = connection.replace('"n"', '"näme"');
const gzip = gzipSync(connection);
const wrongSum = Buffer.from(gzip);
wrongSum.writeUInt8(gzip.readUInt8(gzip.length - 8) ^ 1, gzip.length - 8);
const bomb = gzipSync(`{"id":"${"0".repeat(32 * 1024 * 1024)}"}`);

/** A success with this body, and headers beside the media type. */
const success = (
  name: string,
  headers: object,
  body: string | Buffer,
  expected: Fault["expected"],
) => fault(name, [apply, send(bytes(200, { ...json, ...headers }, body)), keep], expected);
const coded = (name: string, coding: string, body: string | Buffer, expected: Fault["expected"]) =>
  success(name, { "content-encoding": coding }, body, expected);
const utf16 = { "content-type": "application/json; charset=utf-16" };
const endless = (status: number) => [
  send(`HTTP/1.1 ${status} -\r\ncontent-type: application/json\r\nretry-after: 0\r\n\r\n{"id":"`),
  repeat("x".repeat(64 * 1024)),
];
const page = send("HTTP/1.1 200 -\r\ncontent-type: text/html\r\n\r\n");
const short = send("HTTP/1.1 400 -\r\ncontent-length: 99\r\n\r\n{");
const timeoutMs = 300;

/** Answers that are whole, and whose body is not what it should be. */
export const bodyFaults = [
  success("Latin-1 in place of UTF-8", {}, Buffer.from(named, "latin1"), unusable),
  success("UTF-16", utf16, Buffer.from(named, "utf16le"), unusable),
  success("UTF-8 that is called UTF-16", utf16, named, updated),
  success("UTF-8 with a byte order mark", {}, `\uFEFF${named}`, updated),

  coded("gzip", "gzip", gzip, updated),
  coded("deflate", "deflate", deflateSync(connection), updated),
  coded("brotli", "br", brotliCompressSync(connection), updated),
  coded("gzip that is none", "gzip", connection, lost),
  coded("gzip cut short", "gzip", gzip.subarray(0, -12), unusable),
  coded("gzip with a wrong checksum", "gzip", wrongSum, lost),
  coded("gzip of more than 10 MiB", "gzip", bomb, unusable),
  coded("unknown content-encoding", "x-unknown", gzip, unusable),

  fault("endless body", [apply, ...endless(200)], unusable),
  fault("endless body of a 307", [apply, ...endless(307)], doubtful(307)),
  fault("endless body of a 400", [reject, ...endless(400)], refused(400)),
  fault("endless body of a 503", [apply, ...endless(503)], doubtful(503, 2)),
  fault("slow body of a 400", [reject, short, trickle(connection, 20)], refused(400), {
    timeoutMs,
  }),
  fault("page of a proxy", [apply, page, send("<h1>Hi</h1>"), close], unusable),
  fault("slow page of a proxy", [apply, page, trickle("<h1>Hi</h1>", 30)], late, { timeoutMs }),
  fault("cut body of a 400", [reject, short, close], refused(400)),
  // A 304 has no body, whatever its headers say.
  fault("304", [apply, send("HTTP/1.1 304 -\r\n\r\n"), keep], doubtful(304)),
  fault("600", [apply, send(bytes(600, json, "{}")), keep], doubtful(600)),
];
