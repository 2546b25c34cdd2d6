import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// The gateway of the benchmarks, in a process of its own so that its work is not the clients'.
// It answers every update with the same connection, once the request has been read.
const answer = JSON.stringify({
  id: "8db17e23",
  name: "exampleStripeConnection21",
  type: "stripe",
});
const headers = {
  "content-type": "application/json",
  "content-length": Buffer.byteLength(answer),
  "x-request-id": "0123456789abcdef",
};

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, headers);
    response.end(answer);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.on("disconnect", () => {
  process.exit();
});
