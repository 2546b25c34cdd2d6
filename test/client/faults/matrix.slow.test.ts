import { describe, expect, onTestFinished, test } from "vitest";
import { isOverUndici } from "../../tools/client-of.js";
import { skipBackoff } from "../../tools/no-backoff.js";
import { bodyFaults } from "./body-faults.js";
import { connectionFaults } from "./connection-faults.js";
import type { Fault } from "./fault.js";
import { framingFaults } from "./framing-faults.js";
import { runFault, type Result } from "./run-fault.js";
import { connection } from "./steps.js";
import { tlsFaults } from "./tls-faults.js";

/** Every fault that a client must come through, and how. */
const matrix = [...connectionFaults, ...tlsFaults, ...framingFaults, ...bodyFaults];

describe("a server with a fault: what comes of the call, what was sent, and nothing is left", () => {
  const rows = matrix.map((fault) => {
    const { error = "success", outcome, attempts } = fault.expected;
    return [fault.name, `${error}, ${outcome}, attempts: ${attempts}`, fault] as const;
  });
  test.each(rows)("%s: %s", async (_name, _words, fault) => {
    skipBackoff();
    const result = await runFault(fault, isOverUndici ? "undici" : "fetch");
    onTestFinished(result.close);
    expect(result).toMatchObject(fault.expected);
    expect(problemsOf(fault, result)).toEqual([]);
  });
});

test("every fault has a name of its own", () => {
  expect(new Set(matrix.map(({ name }) => name)).size).toBe(matrix.length);
});

/** In what a result departs from what holds for every fault. */
function problemsOf({ expected: { applied } }: Fault, result: Result): string[] {
  const { outcome, value, message, attempts, told, arrived, left, next } = result;
  const outcomes = [outcome, ...told];
  const rules: [holds: boolean, otherwise: string][] = [
    [told.length === attempts, `onAttempt was told of ${told.length} attempts of ${attempts}`],
    [applied === 0 || !outcomes.includes("not-applied"), "denies an update that was applied"],
    [applied > 0 || !outcomes.includes("applied"), "claims an update that was not applied"],
    [value === undefined || value.startsWith('{"id":"1",'), `gave ${value}`],
    [
      (outcome === "unknown") === message.includes("the change may have been applied"),
      `says of an outcome that is ${outcome}: ${message}`,
    ],
    [new Set(arrived).size <= 1, "the attempts sent different bytes"],
    [left.length === 0, `left ${left.join(", ")} behind`],
    [next === undefined || next === connection, `spoilt the next call: ${next}`],
  ];
  return rules.filter(([holds]) => !holds).map(([, otherwise]) => otherwise);
}
