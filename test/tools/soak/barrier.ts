import { once } from "node:events";
import { connect } from "node:net";

/**
 * Resolves when a server has read whatever was sent to it before. It takes connections in the order
 * in which they come, and one is refused here that was opened after all the others.
 */
export async function barrier(origin: string): Promise<void> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  // No HTTP, and so no request: the server's parser answers by itself.
  socket.end("?\r\n\r\n");
  socket.resume();
  await once(socket, "close");
}
