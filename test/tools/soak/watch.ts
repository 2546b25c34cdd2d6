import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { setImmediate } from "node:timers/promises";

/** Counts the sockets that this process opens to others from now on. */
export function watchSockets() {
  let open = 0;
  let most = 0;
  subscribe("net.client.socket", (message) => {
    open += 1;
    most = Math.max(most, open);
    (message as { socket: Socket }).socket.once("close", () => (open -= 1));
  });
  return { open: () => open, most: () => most };
}

/** What keeps this process alive now, beside what is given. */
export function keptAlive(beside: readonly string[] = []): string[] {
  const known = [...beside];
  return process.getActiveResourcesInfo().filter((name) => {
    const at = known.indexOf(name);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}

/** How many timers keep this process alive now. */
export function timersRunning(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}

/** The bytes of the heap that are in use once there is no garbage. Needs `--expose-gc`. */
export async function heapInUse(): Promise<number> {
  if (!globalThis.gc) throw new Error("run this with --expose-gc");
  // What one collection finds to be unused can let go of more, in a later turn.
  for (let round = 0; round < 4; round++) {
    for (let turn = 0; turn < 4; turn++) await setImmediate();
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

/** The slope of the line that fits values best, per step, by least squares. */
export function slopeOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = (values.length - 1) / 2;
  let above = 0;
  let below = 0;
  for (const [index, value] of values.entries()) {
    above += (index - middle) * (value - mean);
    below += (index - middle) ** 2;
  }
  return above / below;
}
