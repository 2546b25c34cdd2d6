import { getEventListeners } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { reasonOf } from "../tools/failure.js";

describe("a signal that many calls share", () => {
  /** A signal, with the number of its listeners now and at their most. */
  function watchedSignal() {
    const caller = new AbortController();
    const { signal } = caller;
    const count = () => getEventListeners(signal, "abort").length;
    let most = 0;
    const add = signal.addEventListener.bind(signal);
    const added = vi.spyOn(signal, "addEventListener");
    added.mockImplementation((...args: Parameters<typeof add>) => {
      add(...args);
      most = Math.max(most, count());
    });
    return { caller, signal, count, most: () => most, added };
  }

  test("carries one listener, and none once the last of them is done", async () => {
    const gateway = await start();
    const { signal, count, most, added } = watchedSignal();
    const clients = [clientOf(gateway), clientOf(gateway)];
    gateway.fail({ status: 503, headers: { "retry-after": "0" }, times: 5 }, { reset: "mid-body" });
    const calls = Array.from({ length: 20 }, () =>
      clients.map((client) => client.updateConnection(exampleUpdate, { signal })),
    ).flat();
    await Promise.allSettled(calls);
    expect(added).toHaveBeenCalled();
    expect(most()).toBe(1);
    expect(count()).toBe(0);
  });

  test("carries none after calls that failed, and ends all that are under way", async () => {
    const gateway = await start();
    const { caller, signal, count, most } = watchedSignal();
    gateway.fail({ status: 400 }, { hang: true, times: 20 });
    const client = clientOf(gateway);
    await reasonOf(client.updateConnection(exampleUpdate, { signal }));
    expect(count()).toBe(0);
    const calls = Array.from({ length: 20 }, () =>
      reasonOf(client.updateConnection(exampleUpdate, { signal })),
    );
    await gateway.arrived(21);
    expect(count()).toBe(1);
    caller.abort("stop");
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["stop"]));
    expect(most()).toBe(1);
    expect(count()).toBe(0);
  });

  test("ends the calls under way also when others have finished before", async () => {
    const gateway = await start();
    const { caller, signal, count } = watchedSignal();
    gateway.fail({ hang: true }, {});
    const client = clientOf(gateway);
    const hanging = reasonOf(client.updateConnection(exampleUpdate, { signal }));
    await gateway.arrived(1);
    await client.updateConnection(exampleUpdate, { signal });
    expect(count()).toBe(1);
    caller.abort("stop");
    expect(await hanging).toBe("stop");
  });
});
