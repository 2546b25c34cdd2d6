import type { Fault } from "./fault.js";
import type { Result } from "./run-fault.js";
import { connection } from "./steps.js";

/** Beside the time that the attempts may take: bounds what hangs, not what is slow. */
const spareMs = 10_000;

/** In what a result departs from what the fault should come to, and from what holds for every fault. */
export function problemsOf({ expected, timeoutMs = 0 }: Fault, result: Result): string[] {
  const { outcome, value, message, attempts, applied, told, arrived, ms, left, next } = result;
  const departures = Object.entries(expected)
    .filter(([name, value]) => result[name as keyof Result] !== value)
    .map(([name, value]) => `${name} is ${String(result[name as keyof Result])}, not ${value}`);
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
    [ms < attempts * timeoutMs + spareMs, `took ${ms} ms`],
    [left.length === 0, `left ${left.join(", ")} behind`],
    [next === undefined || next === connection, `spoilt the next call: ${next}`],
  ];
  return [...departures, ...rules.filter(([holds]) => !holds).map(([, otherwise]) => otherwise)];
}
