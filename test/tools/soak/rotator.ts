import { createPeakaClient, isPeakaError } from "../../../src/index.js";
import type { AnyPeakaError, Attempt, Outcome, PeakaClientOptions } from "../../../src/index.js";
import { exampleUpdate } from "../gateway/seeds.js";
import type { Told } from "./ledger.js";

/** What a caller takes the outcome of a failure to be. */
export type OutcomeOf = (error: AnyPeakaError, attempts: readonly Attempt[]) => Outcome;

export interface Rotator {
  /** Makes `token` a connection's credential, and tells how that ended for the caller. */
  rotate: (connectionId: string, token: string, abortAfterMs?: number) => Promise<Told>;
  /** How many attempts it has made. */
  attempts: () => number;
}

const { projectId, body } = exampleUpdate;

/** A worker with a client of its own. */
export function createRotator(options: PeakaClientOptions, outcomeOf: OutcomeOf): Rotator {
  const told: Attempt[] = [];
  const client = createPeakaClient({ ...options, onAttempt: (attempt) => told.push(attempt) });

  async function rotate(connectionId: string, token: string, abortAfterMs?: number): Promise<Told> {
    const before = told.length;
    const caller = new AbortController();
    const abort = () => caller.abort();
    const timer = abortAfterMs === undefined ? undefined : setTimeout(abort, abortAfterMs);
    const input = { projectId, connectionId, body: { ...body, credential: { token } } };
    try {
      await client.updateConnection(input, { signal: caller.signal });
      return "success";
    } catch (error) {
      if (!isPeakaError(error)) throw error;
      if (error.name === "PeakaAbortError") return "aborted";
      return outcomeOf(error, told.slice(before));
    } finally {
      clearTimeout(timer);
    }
  }
  return { rotate, attempts: () => told.length };
}
