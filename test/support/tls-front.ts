import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
import { onTestFinished } from "vitest";
import type { Gateway } from "../gateway/gateway.js";

/** A key and a certificate that nobody but itself vouches for; undefined where there is no openssl. */
export function makeCertificate(): { key: string; cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), "peaka-tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  try {
    execFileSync("openssl", [...args, ...names, "-keyout", key, "-out", cert], { stdio: "ignore" });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Puts TLS before a gateway for one test: what it decrypts, the gateway gets. */
export async function startTlsFront(
  { origin, baseUrl }: Gateway,
  certificate: { key: string; cert: string },
): Promise<{ baseUrl: string; handshakes: () => number }> {
  const sockets = new Set<Socket>();
  let handshakes = 0;
  const server = createServer(certificate, (socket) => {
    const inner = connect(Number(new URL(origin).port), "127.0.0.1");
    socket.pipe(inner).pipe(socket);
  });
  server.on("connection", (socket: Socket) => {
    handshakes += 1;
    sockets.add(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  const front = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { baseUrl: baseUrl.replace(origin, front), handshakes: () => handshakes };
}
