const watched = /* @__PURE__ */ new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Runs `run` when the signal aborts, until the returned function is called. However many calls share
 * a signal, it carries one listener, and none once the last of them is done.
 */
export function onAbort(signal: AbortSignal | undefined, run: () => void): () => void {
  if (!signal) return () => undefined;
  const runs = watched.get(signal) ?? new Set();
  if (runs.size === 0) {
    watched.set(signal, runs);
    signal.addEventListener("abort", runAll);
  }
  runs.add(run);
  return () => {
    if (runs.delete(run) && runs.size === 0) signal.removeEventListener("abort", runAll);
  };
}

function runAll(this: AbortSignal): void {
  for (const run of watched.get(this) ?? []) run();
}

/** Waits for so long or until the signal aborts, not at all where it has, and never rejects. */
export function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      release();
      resolve();
    };
    const timer = setTimeout(end, ms);
    const release = onAbort(signal, end);
  });
}
