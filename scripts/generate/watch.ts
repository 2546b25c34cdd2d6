import { watchFile } from "node:fs";

/**
 * Runs again whenever one of the files has been saved, for as long as the process lives. They are looked
 * at rather than listened to: editors that save by renaming would be lost otherwise.
 */
export function watch(files: readonly string[], run: () => Promise<unknown>): void {
  let isRunning = false;
  let isStale = false;

  async function runLatest(): Promise<void> {
    isStale = true;
    if (isRunning) return;
    isRunning = true;
    while (isStale) {
      isStale = false;
      await run();
    }
    isRunning = false;
  }

  for (const file of files) {
    watchFile(file, { interval: 200 }, (now, before) => {
      if (now.mtimeMs !== before.mtimeMs || now.size !== before.size) void runLatest();
    });
  }
  void runLatest();
}
