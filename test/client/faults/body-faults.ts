import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { doubtful, fault, late, lost, refused, unusable, updated } from "./fault.js";
import { apply, bytes, close, connection, json } from "./steps.js";
import { keep, reject, repeat, send, trickle } from "./steps.js";

const html = { "content-type": "text/html" };
const page = "<h1>Please log in</h1>";
const named = connection.replace('"n"', '"näme"');
const utf16 = { "content-type": "application/json; charset=utf-16" };
const success = (headers: Record<string, string>, body: string | Buffer) => [
  apply,
  send(bytes(200, headers, body)),
  keep,
];
const coded = (coding: string, body: string | Buffer) =>
  success({ ...json, "content-encoding": coding }, body);
const gzip = gzipSync(connection);
const bomb = gzipSync(`{"id":"${"0".repeat(32 * 1024 * 1024)}"}`);
const endless = (status: number) => [
  send(`HTTP/1.1 ${status} -\r\ncontent-type: application/json\r\nretry-after: 0\r\n\r\n{"id":"`),
  repeat("x".repeat(64 * 1024)),
];

/** Answers that are whole, and whose body is not what it should be. */
export const bodyFaults = [
  fault("HTML in place of JSON", success(html, page), unusable),
  fault("HTML that is called JSON", success(json, page), unusable),
  fault("JSON that is called HTML", success(html, connection), unusable),
  fault("no media type", success({}, connection), unusable),
  fault("no body", success(json, ""), unusable),
  fault("broken JSON", success(json, connection.slice(0, -1)), unusable),
  fault("an array in place of an object", success(json, `[${connection}]`), unusable),

  fault("Latin-1 in place of UTF-8", success(json, Buffer.from(named, "latin1")), unusable),
  fault("UTF-16", success(utf16, Buffer.from(named, "utf16le")), unusable),
  fault("UTF-8 that is called UTF-16", success(utf16, named), updated),
  fault("UTF-8 with a byte order mark", success(json, `\uFEFF${named}`), updated),

  fault("gzip", coded("gzip", gzip), updated),
  fault("deflate", coded("deflate", deflateSync(connection)), updated),
  fault("brotli", coded("br", brotliCompressSync(connection)), updated),
  fault("gzip that is none", coded("gzip", connection), lost),
  fault("gzip cut short", coded("gzip", gzip.subarray(0, -12)), unusable),
  fault("gzip with a wrong checksum", coded("gzip", flip(gzip)), lost),
  fault("gzip of more than 10 MiB", coded("gzip", bomb), unusable),
  fault("unknown content-encoding", coded("x-unknown", gzip), unusable),

  fault("endless body", [apply, ...endless(200)], unusable),
  fault("endless body of a 307", [apply, ...endless(307)], doubtful(307)),
  fault("endless body of a 400", [reject, ...endless(400)], refused(400)),
  fault("endless body of a 503", [apply, ...endless(503)], doubtful(503, 2)),
  fault(
    "slow body of a 400",
    [reject, send(`HTTP/1.1 400 -\r\ncontent-length: 99\r\n\r\n`), trickle(connection, 20)],
    refused(400),
    { timeoutMs: 300 },
  ),
  fault(
    "slow page of a proxy",
    [apply, send("HTTP/1.1 200 -\r\ncontent-type: text/html\r\n\r\n"), trickle(page, 30)],
    late,
    { timeoutMs: 300 },
  ),
  fault(
    "cut body of a 400",
    [reject, send(`HTTP/1.1 400 -\r\ncontent-length: 99\r\n\r\n{`), close],
    refused(400),
  ),
];

/** With a checksum at its end that is wrong. */
function flip(given: Buffer): Buffer {
  const wrong = Buffer.from(given);
  wrong.writeUInt8(wrong.readUInt8(wrong.length - 8) ^ 1, wrong.length - 8);
  return wrong;
}
