import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

// A gateway that holds its answers until it is told to give them, in a process of its own. It says
// when it holds as many as its argument says.
const full = Number(process.argv[2]);
const answer = JSON.stringify({ id: "8db17e23", name: "s", type: "stripe" });
const head = { "content-type": "application/json", "content-length": answer.length };
let held: ServerResponse[] = [];
let isHolding = true;

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, head);
    if (!isHolding) return response.end(answer);
    return held.push(response) === full && process.send?.("full");
  });
});
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port);
});

process.on("message", (command) => {
  isHolding = command === "hold";
  for (const response of held) response.end(answer);
  held = [];
  process.send?.("done");
});
process.on("disconnect", () => {
  process.exit();
});
