import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";

/** A base URL on loopback at which nothing listens, nor will for as long as this process lives. */
export async function closedBaseUrl(): Promise<string> {
  const server = createServer((socket) => socket.unref()).unref();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  // A port that is let go of can be anybody's next. This one is in use: by the near end of a connection.
  const socket = connect({ port, host: "127.0.0.1", localAddress: "127.0.0.1" });
  await once(socket, "connect");
  socket.unref();
  return `http://127.0.0.1:${socket.localPort}`;
}
