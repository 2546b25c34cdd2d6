import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listen } from "./listen.js";

/** What goes over the wire in place of a gateway's answer. */
export type EchoAnswer = HttpAnswer | { readonly bytes: string };

interface HttpAnswer {
  readonly status: number;
  /** The words beside the status. */
  readonly phrase?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface EchoServer {
  readonly baseUrl: string;
  /** The answers to the next requests, in their order. */
  answer: (...answers: EchoAnswer[]) => void;
}

/** A server for one test that says what it is told to: the gateway words no status and breaks no HTTP. */
export async function startEchoServer(): Promise<EchoServer> {
  const queue: EchoAnswer[] = [];
  const server = createServer((incoming, response) => {
    incoming.resume().once("end", () => {
      send(incoming, response, queue.shift() ?? { bytes: "" });
    });
  });
  const origin = await listen(server);
  return {
    baseUrl: `${origin}/api/v1`,
    answer(...answers) {
      queue.push(...answers);
    },
  };
}

function send({ socket }: IncomingMessage, response: ServerResponse, answer: EchoAnswer): void {
  if ("bytes" in answer) {
    socket.end(answer.bytes);
    return;
  }
  const { status, phrase = "", headers, body } = answer;
  response.writeHead(status, headerText(phrase), headersOf(headers)).end(body);
}

function headersOf(headers: HttpAnswer["headers"] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, headerText(value)]),
  );
}

/** The bytes of a text as a header can hold them. */
function headerText(text: string): string {
  return Buffer.from(text)
    .toString("latin1")
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, "?");
}
