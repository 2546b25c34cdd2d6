import { cut, fault, late, lost, refused, unreached, unusable, updated } from "./fault.js";
import { answered, apply, bytes, close, connection, json, keep, pause } from "./steps.js";
import { read, repeat, reset, send, trickle, type Step } from "./steps.js";

const announced = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 37\r\n";
const timeoutMs = 300;
const scheme = "https";
/** As long as the client waits, however long that is. */
const forever = pause(60_000);

/** A request that was applied, and whose answer is not there in time. */
const slow = (name: string, ...script: Step[]) =>
  fault(name, [apply, ...script], late, { timeoutMs });

/** Connections that are not made, break, or are slow. */
export const connectionFaults = [
  fault("connection refused", [], { ...unreached, code: "ECONNREFUSED" }, { at: "a closed port" }),
  fault("name unknown", [], { ...unreached, code: "ENOTFOUND" }, { at: "an unknown name", scheme }),

  // Linux tells the client while it still connects: it has sent nothing, and says so.
  fault("reset on accept", [reset], { ...unreached, code: "ECONNRESET" }),
  fault("closed on accept", [close], cut),
  fault("reset within the request", [read("half"), reset], cut, { isLarge: true }),
  fault("closed within the request", [read("half"), close], cut, { isLarge: true }),
  fault("reset after the request", [apply, reset], lost),
  fault("closed after the request", [apply, close], lost),
  fault("reset of a connection in use again", [read("a byte"), reset], cut, { isWarm: true }),
  fault("close of a connection in use again", [apply, close], lost, { isWarm: true }),

  fault("closed after the headers", [apply, send(`${announced}\r\n`), close], lost),
  fault(
    "closed after headers that announce no length",
    [apply, send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n"), close],
    unusable,
  ),
  fault("closed within the body", [apply, send(`${announced}\r\n{"id":`), close], lost),
  fault("reset within the body", [apply, send(`${announced}\r\n{"id":`), pause(20), reset], lost),

  fault("answered before the request", [...answered, apply, keep], updated),
  fault(
    "refused before the request was read",
    [read("the head"), send(bytes(413, { ...json, connection: "close" }, "{}"))],
    { ...refused(413), requests: 0 },
    { isLarge: true },
  ),

  slow("silence", forever),
  fault(
    "silence before the request is read",
    [read("the head"), pause(2 * timeoutMs)],
    { ...late, requests: 0, applied: 0 },
    { timeoutMs, isLarge: true },
  ),
  slow("slow headers", trickle(announced, 20)),
  slow("headers that stop", send(announced), forever),
  slow("slow body", send(`${announced}\r\n`), trickle(connection, 20)),
  slow("body that stops", send(`${announced}\r\n{"id":`), forever),
  slow("endless informational answers", repeat("HTTP/1.1 103 -\r\nlink: </a>\r\n\r\n", 10)),
  fault("late, but in time", [apply, pause(50), ...answered], updated, { timeoutMs: 5_000 }),
];
