import { onTestFinished, vi } from "vitest";

/** Makes every backoff of this test 0 ms long, where full jitter starts. */
export function skipBackoff(): void {
  const random = vi.spyOn(Math, "random").mockReturnValue(0);
  onTestFinished(() => {
    random.mockRestore();
  });
}
