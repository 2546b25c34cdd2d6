/** A gateway that fails at random, in a process of its own: what it keeps is not the clients'. */
import { startGateway } from "../gateway/gateway.js";
import { exampleConnections } from "../gateway/seeds.js";
import { gatewayFaults, pick } from "./mix.js";

const ahead = 5_000;

const gateway = await startGateway({
  apiKey: "partner-key",
  connections: exampleConnections(),
});
let seed = Number(process.argv[2]);
let left = 0;

/** Forgets the requests that have come, and sees to it that there is a fault for those to come. */
function refill(): void {
  left -= gateway.requests.splice(0).length;
  while (left < ahead) {
    gateway.fail(...pick(gatewayFaults, seed++, ahead));
    left += ahead;
  }
}

refill();
setInterval(refill, 20);
process.on("disconnect", () => {
  process.exit();
});
process.send?.(gateway.baseUrl);
