import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { json, type Answer } from "./gateway/answers.js";
import type { Arrived } from "./gateway/contract.js";
import { listen } from "./listen.js";

/** A server that knows no API: it takes every request, and keeps it as it was on the wire. */
export interface Recorder {
  /** Has a path of its own, so that a request which leaves it shows. */
  baseUrl: string;
  requests: Arrived[];
  /** The answers to the next requests; after these, the JSON object `{}`. */
  answer: (...answers: Answer[]) => void;
}

/** Starts a recorder for one test. */
export async function startRecorder(): Promise<Recorder> {
  const requests: Arrived[] = [];
  const queue: Answer[] = [];

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = incoming;
    requests.push({ method, url, headers, body: await text(incoming) });
    const { status, headers: sent, body } = queue.shift() ?? json(200, {});
    response.writeHead(status, asBytes(sent)).end(body);
  }

  const server = createServer((incoming, response) => void serve(incoming, response));
  const origin = await listen(server);
  return {
    baseUrl: `${origin}/gate/v1`,
    requests,
    answer(...answers) {
      queue.push(...answers);
    },
  };
}

/** What a text is as a header: its bytes in UTF-8, but for those that no header can hold. */
function asBytes(headers: Record<string, string>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    Buffer.from(value)
      .toString("latin1")
      .replace(/[^\t\x20-\x7e\x80-\xff]/g, "?"),
  ]);
  return Object.fromEntries(entries);
}
