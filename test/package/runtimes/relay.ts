import { request, type IncomingMessage, type ServerResponse } from "node:http";

/** Passes a request on, and its answer back, with all that breaks on either side. */
export function relay(incoming: IncomingMessage, response: ServerResponse, url: string): void {
  const { method, headers } = incoming;
  // A connection of its own, so that none is broken by what was before.
  const outgoing = request(url, { method, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    // An answer that breaks off must not look whole.
    answer.once("error", () => response.destroy());
    answer.pipe(response);
  });
  outgoing.once("error", () => response.destroy());
  response.once("close", () => outgoing.destroy());
  incoming.pipe(outgoing);
}
