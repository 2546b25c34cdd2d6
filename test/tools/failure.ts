import { assert, expect } from "vitest";

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
