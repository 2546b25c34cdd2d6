import type { Attempt } from "../../src/index.js";
import type { Secrets } from "./arbitrary-secrets.js";
import { clientOf } from "./client-of.js";
import type { Answer } from "./gateway/answers.js";
import { exampleUpdate } from "./gateway/seeds.js";
import { startRecorder } from "./recorder.js";

/** All that a caller can get hold of after a call; no error where it succeeded. */
export interface Shown {
  readonly error: unknown;
  readonly attempts: readonly Attempt[];
}

/** A client, and a server that quotes what it is told to, for one test. */
export async function startEcho() {
  const recorder = await startRecorder();
  let keys: string[] = [];
  let attempts: Attempt[] = [];
  // One client for all calls of a test: each would open connections of its own.
  const client = clientOf(recorder, {
    apiKey: () => keys.shift() ?? "",
    onAttempt: (attempt) => attempts.push(attempt),
  });

  /** What an update with this credential shows that gets these answers, each to a key of its own. */
  async function show(
    { key, credential }: { key: string | string[]; credential: Secrets["credential"] },
    ...answers: Partial<Answer>[]
  ): Promise<Shown> {
    recorder.answer(
      ...answers.map((answer) => ({ status: 400, headers: {}, body: "", ...answer })),
    );
    keys = [key].flat();
    attempts = [];
    const body = { name: "kept name", type: "stripe", credential };
    const limits = { maxRetries: answers.length - 1 };
    const error: unknown = await client.updateConnection({ ...exampleUpdate, body }, limits).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    // Their getters scrub each time that they are read, which takes longer than all the rest.
    return { error, attempts: attempts.map((attempt) => ({ ...attempt })) };
  }

  return { show };
}
