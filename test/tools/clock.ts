import { setImmediate } from "node:timers/promises";
import { onTestFinished, vi } from "vitest";

/**
 * Stops the clock of this test for what waits by `setTimeout`: the client does, the servers do not.
 * Gives the function that lets time pass, and then lets what waited go on.
 */
export function stopClock(): (ms: number) => Promise<void> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  return async (ms) => {
    vi.advanceTimersByTime(ms);
    await setImmediate();
  };
}
