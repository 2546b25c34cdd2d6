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
    response.writeHead(status, sent).end(body);
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
