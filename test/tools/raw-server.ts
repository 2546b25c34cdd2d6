import { createServer } from "node:http";
import { listen } from "./listen.js";

/** A server for one test that answers whatever comes with these bytes, and closes. */
export async function startRawServer(answer: string | Buffer): Promise<{ baseUrl: string }> {
  const server = createServer((request) => {
    request.resume().once("end", () => request.socket.end(answer));
  });
  // What is no HTTP gets them too.
  server.on("clientError", (_, socket) => socket.end(answer));
  return { baseUrl: `${await listen(server)}/api/v1` };
}
