import { watchFile } from "node:fs";

/**
 * Runs again whenever the file has been saved, for as long as the process lives. The file is looked
 * at rather than listened to: editors that save by renaming would be lost otherwise.
 */
export function watch(file: string, run: () => Promise<unknown>): void {
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

  watchFile(file, { interval: 200 }, (now, before) => {
    if (now.mtimeMs !== before.mtimeMs || now.size !== before.size) void runLatest();
  });
  void runLatest();
}
