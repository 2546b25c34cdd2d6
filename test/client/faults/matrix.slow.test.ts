import { expect, test } from "vitest";
import type { Fault as TestFault } from "../../../src/testing/index.js";
import { skipBackoff } from "../../tools/no-backoff.js";
import { bodyFaults } from "./body-faults.js";
import { connectionFaults } from "./connection-faults.js";
import { framingFaults } from "./framing-faults.js";
import { endInTests, runFault } from "./run-fault.js";
import { connection } from "./steps.js";
import { tlsFaults } from "./tls-faults.js";

/** The faults of the package's test gateway that have to look the same to a client. */
const inTests: Record<string, TestFault> = {
  "connection refused": "refuse",
  "closed within the request": "break",
  "closed after the request": "lose-answer",
  silence: "apply-late",
  "silence before the request is read": "silence",
  "endless body of a 307": "redirect",
  "page of a proxy": "html",
  "closed within the body": "broken-body",
  "endless body": "endless-body",
  "endless body of a 400": "echo",
  "endless body of a 503": { status: 503 },
};

const matrix = [...connectionFaults, ...tlsFaults, ...framingFaults, ...bodyFaults];
const rows = matrix.map((fault) => {
  const { error = "success", outcome, attempts } = fault.expected;
  return [fault.name, `${error}, ${outcome}, attempts: ${attempts}`, fault] as const;
});

test.each(rows)("%s: %s", async (_name, _words, fault) => {
  skipBackoff();
  const result = await runFault(fault);
  expect(result).toMatchObject(fault.expected);
  // What holds for every fault.
  const { outcome, value, message, attempts, applied, told, arrived, left, next } = result;
  expect(told).toHaveLength(attempts);
  const claims = [outcome, ...told];
  expect(claims).not.toContain(applied > 0 ? "not-applied" : "applied");
  if (value !== undefined) expect(value).toMatch(/^\{"id":"1",/);
  expect(message.includes("the change may have been applied")).toBe(outcome === "unknown");
  expect(new Set(arrived).size).toBeLessThan(2);
  expect(left).toEqual([]);
  expect(next ?? connection).toBe(connection);
  const named = inTests[fault.name];
  if (!named) return;
  const ended = await endInTests(named, fault.timeoutMs);
  const { error, status } = result;
  const { code = ended.code } = fault.expected;
  expect(ended).toMatchObject({ error, outcome, attempts, status, code });
});
