import { describe, expect, onTestFinished, test, vi } from "vitest";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";

// Their own fetch sends a request twice over a connection that breaks: `npm run test:runtimes` shows it.
describe.each(["Deno", "Bun"])("in %s, which sends again what a kept connection lost", (name) => {
  test("each attempt asks for a connection of its own", async () => {
    vi.stubGlobal(name, {});
    onTestFinished(() => void vi.unstubAllGlobals());
    const gateway = await start();
    gateway.fail({ status: 503, headers: { "retry-after": "0" } });
    await clientOf(gateway).updateConnection(exampleUpdate);
    const asked = gateway.requests.map(({ headers }) => headers["connection"]);
    expect(asked).toEqual(["close", "close"]);
  });
});

test("elsewhere connections are kept", async () => {
  const gateway = await start();
  await clientOf(gateway).updateConnection(exampleUpdate);
  expect(gateway.requests.map(({ headers }) => headers["connection"])).toEqual(["keep-alive"]);
});
