import type { Attempt } from "../../src/index.js";

/** What the demo prints, and whether everything was as it should be. */
export type Report = ReturnType<typeof createReport>;

export function createReport(print: (line: string) => void) {
  const printed: string[] = [];
  let passed = 0;
  let failed = 0;

  function line(text: string): void {
    printed.push(text);
    print(text);
  }

  /** One thing that the demo shows; prints whether it holds. */
  function check(holds: boolean, what: string): void {
    if (holds) passed += 1;
    else failed += 1;
    line(`  ${holds ? "ok    " : "FAILED"}  ${what}`);
  }

  function heading(text: string): void {
    if (printed.length > 0) line("");
    line(text);
  }

  return {
    heading,
    line: (text: string) => line(`          ${text}`),
    attempt(label: string, { attempt, status, error, durationMs, retryInMs }: Attempt) {
      const answer = String(status ?? error?.name).padEnd(5);
      const duration = durationMs.toFixed(0).padStart(5);
      const next = retryInMs === undefined ? "" : `, next attempt in ${retryInMs.toFixed(0)} ms`;
      line(`  ${label.padEnd(6)}  attempt ${attempt}  ${answer}${duration} ms${next}`);
    },
    check,
    /** Looks for the secrets in all that was printed, sums up, and tells whether all is well. */
    finish(secrets: readonly string[]) {
      const output = printed.join("\n");
      check(!secrets.some((secret) => output.includes(secret)), "no secret is in this output");
      const total = passed + failed;
      heading(failed === 0 ? `All ${total} checks hold.` : `${failed} of ${total} checks FAILED.`);
      return failed === 0;
    },
  };
}
