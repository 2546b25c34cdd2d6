import { expect } from "vitest";
import { PeakaUsageError } from "../../src/index.js";

/** The usage error that `run` throws before it returns. */
export function refusalOf(run: () => unknown): PeakaUsageError {
  let thrown: unknown;
  try {
    run();
  } catch (error) {
    thrown = error;
  }
  return checked(thrown);
}

/** The usage error that a call rejects with, before anything was sent. */
export async function rejectionOf(call: Promise<unknown>): Promise<PeakaUsageError> {
  return checked(await call.then(() => undefined, identity));
}

function checked(thrown: unknown): PeakaUsageError {
  expect(thrown).toBeInstanceOf(PeakaUsageError);
  const error = thrown as PeakaUsageError;
  expect(error).toMatchObject({ attempts: 0, outcome: "not-applied" });
  expect(error.cause).toBeUndefined();
  // One sentence: a second would start after a full stop, and a line break would part it.
  expect(error.message).toMatch(/^(?:createPeakaClient|call|[A-Z]+ \/\S* \(\S+\)): \S/);
  expect(error.message).not.toMatch(/\w\.\s|\p{Cc}/u);
  return error;
}

function identity(error: unknown): unknown {
  return error;
}
