import { setImmediate } from "node:timers/promises";

/** Sockets and streams that are being closed may take so long, on a machine that is busy. */
const patienceMs = 10_000;

/**
 * What keeps the process alive now and did not before, by its kind, once the event loop has had the
 * time to let go of what is closed.
 */
export async function leftSince(before: readonly string[]): Promise<string[]> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const known = [...before];
    const left = process.getActiveResourcesInfo().filter((kind) => {
      const at = known.indexOf(kind);
      if (at >= 0) known.splice(at, 1);
      return at < 0;
    });
    if (left.length === 0 || performance.now() > deadline) return left;
    await setImmediate();
  }
}
