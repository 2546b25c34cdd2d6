/**
 * Runs every fault over both transports and prints what came of it. Nothing is closed at the end: the
 * process must end by itself, at once, although the clients hold idle connections.
 */
import { problemsOf } from "./judge.js";
import { matrix } from "./matrix.js";
import { runFault, type Result } from "./run-fault.js";
import { transports } from "./transports.js";

// Where full jitter starts: the times are those of the faults, not of the backoff.
Math.random = () => 0;

const columns = ["fault", "class", "outcome", "requests", "applied"];
printRow([...columns, ...transports.map((name) => `ms over ${name}`)]);
printRow([...columns, ...transports].map(() => "---"));
for (const fault of matrix) {
  const results: Result[] = [];
  for (const name of transports) {
    const result = await runFault(fault, name);
    results.push(result);
    for (const problem of problemsOf(fault, result)) {
      console.error(`${fault.name} over ${name}: ${problem}`);
      process.exitCode = 1;
    }
  }
  // One value where the transports agree, as they should.
  const cell = (read: (result: Result) => unknown) => [...new Set(results.map(read))].join(" / ");
  printRow([
    fault.name,
    cell(({ error }) => error ?? "none"),
    cell(({ outcome }) => outcome),
    cell(({ requests }) => requests),
    cell(({ applied }) => applied),
    ...results.map(({ ms }) => Math.round(ms)),
  ]);
}

const doneAt = performance.now();
process.once("exit", () => {
  const heldMs = performance.now() - doneAt;
  // Idle connections stay open for 4 s.
  if (heldMs < 3_000) return;
  console.error(`the process was held for ${heldMs} ms`);
  process.exitCode = 1;
});

function printRow(cells: readonly (string | number)[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}
