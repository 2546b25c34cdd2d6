import { describe, expect, onTestFinished, test } from "vitest";
import { keptBytes } from "../../tools/arrivals.js";
import { isOverUndici } from "../../tools/client-of.js";
import { skipBackoff } from "../../tools/no-backoff.js";
import type { Expected } from "./fault.js";
import { problemsOf } from "./judge.js";
import { matrix } from "./matrix.js";
import { runFault } from "./run-fault.js";

const rows = matrix.map((fault) => [fault.name, wordsOf(fault.expected), fault] as const);

describe("a server with a fault: what comes of the call, what was sent, and nothing is left", () => {
  test.each(rows)("%s: %s", async (_name, _words, fault) => {
    skipBackoff();
    const result = await runFault(fault, isOverUndici ? "undici" : "fetch");
    onTestFinished(result.close);
    result.arrived.forEach(keptBytes);
    expect(problemsOf(fault, result)).toEqual([]);
  });
});

test("every fault has a name of its own", () => {
  expect(new Set(matrix.map(({ name }) => name)).size).toBe(matrix.length);
});

function wordsOf({ error, outcome, attempts }: Expected): string {
  return `${error ?? "success"}, ${outcome}, after ${attempts === 1 ? "one attempt" : "two attempts"}`;
}
