/** Hosts a module worker as its platform does: a web `Request` in, a web `Response` out. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

interface Worker {
  default: { fetch: (request: Request, env: object) => Promise<Response> };
}

const [, , file = ""] = process.argv;
const { default: worker } = (await import(pathToFileURL(file).href)) as Worker;
const { ROTATOR_PEAKA_KEY, ROTATOR_PEAKA_URL, ROTATOR_PROJECT } = process.env;
const env = {
  ...{ PEAKA_KEY: ROTATOR_PEAKA_KEY, PEAKA_URL: ROTATOR_PEAKA_URL, PROJECT: ROTATOR_PROJECT },
};

const server = createServer((incoming, outgoing) => {
  void (async () => {
    const { method = "", url = "" } = incoming;
    const body = await text(incoming);
    const request = new Request(new URL(url, "http://worker.example"), { method, body });
    const response = await worker.fetch(request, env);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  })();
});
server.listen(Number(process.env["PORT"]), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once("SIGTERM", () => {
  server.close();
  server.closeIdleConnections();
});
