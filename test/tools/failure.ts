import { assert, expect } from "vitest";
import { PeakaUsageError } from "../../src/index.js";

/** What a call rejects with, which must be an error of this class. */
export async function failureOf<Failure extends Error>(
  call: Promise<unknown>,
  Class: abstract new (...given: never[]) => Failure,
): Promise<Failure> {
  const reason = await reasonOf(call);
  expect(reason).toBeInstanceOf(Class);
  return reason as Failure;
}

/** What a call rejects with, whatever it is. */
export async function reasonOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (reason) {
    return reason;
  }
  return assert.fail("the call succeeded");
}

/** The usage error that `run` throws before it returns. */
export function refusalOf(run: () => unknown): PeakaUsageError {
  try {
    run();
  } catch (error) {
    return checked(error);
  }
  return assert.fail("nothing was refused");
}

/** The usage error that a call rejects with, before anything was sent. */
export async function rejectionOf(call: Promise<unknown>): Promise<PeakaUsageError> {
  return checked(await reasonOf(call));
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
