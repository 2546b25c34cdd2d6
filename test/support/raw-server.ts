import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A server for one test that answers whatever comes with these bytes, and closes. */
export async function startRawServer(answer: string | Buffer): Promise<{ baseUrl: string }> {
  const server = createServer((request) => {
    request.resume().once("end", () => request.socket.end(answer));
  });
  // What is no HTTP gets them too.
  server.on("clientError", (_, socket) => socket.end(answer));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1` };
}
