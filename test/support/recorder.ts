import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { json, type Answer } from "../gateway/answers.js";
import type { Arrived } from "../gateway/contract.js";

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
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/gate/v1`,
    requests,
    answer(...answers) {
      queue.push(...answers);
    },
  };
}
