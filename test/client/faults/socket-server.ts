import { EventEmitter, once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import type { Certificate } from "./certificates.js";
import { openLine } from "./line.js";
import { good, type Log, type Script } from "./steps.js";

/** A server that is well until it is told to play another script. */
export interface SocketServer {
  readonly port: number;
  /** From now on, every request gets this. What comes of them is told by the log. */
  play: (script: Script) => Log;
  /** Resolves once no request is under way: each connection has ended, or waits for the next one. */
  settled: () => Promise<void>;
  /** Ends every connection at once. */
  close: () => Promise<void>;
}

/**
 * Starts a server on a free port of loopback. It speaks in bytes, since a server of `node:http` would
 * mend what it sends. Nothing of it keeps the process alive: whatever does is the client's.
 */
export async function startSocketServer(certificate?: Certificate): Promise<SocketServer> {
  const sockets = new Set<Socket>();
  const busy = new Set<Socket>();
  const progress = new EventEmitter();
  let current: { script: Script; log: Log };

  const play = (script: Script) => {
    current = { script, log: { requests: [], applied: 0 } };
    return current.log;
  };
  const rest = (socket: Socket) => {
    busy.delete(socket);
    progress.emit("rest");
  };

  async function serve(socket: Socket): Promise<void> {
    sockets.add(socket);
    busy.add(socket);
    socket.once("close", () => {
      sockets.delete(socket);
      rest(socket);
    });
    const line = openLine(socket);
    try {
      for (;;) {
        const { script, log } = current;
        for (const step of script) await step(line, log);
        // What is left unread would hide that the client has gone.
        socket.resume();
        if (!line.isKept) return;
        line.isKept = false;
        rest(socket);
        await line.arrived("a byte");
        busy.add(socket);
      }
    } catch (error) {
      // A client that has gone is no error of the server.
      if (!socket.destroyed) throw error;
    }
  }

  const secureContext = certificate && createSecureContext(certificate);
  const server = createServer((socket) => {
    socket.unref();
    void serve(secureContext ? new TLSSocket(socket, { isServer: true, secureContext }) : socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();

  play(good);
  return {
    port: (server.address() as AddressInfo).port,
    play,
    async settled() {
      while (busy.size > 0) await once(progress, "rest");
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
