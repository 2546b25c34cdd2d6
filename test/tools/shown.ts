import type { Attempt } from "../../src/index.js";
import { connectionId, projectId } from "./gateway/put.js";
import type { Secrets } from "./arbitrary-secrets.js";
import { clientOf } from "./client-of.js";
import { startEchoServer, type EchoAnswer } from "./echo-server.js";
import { reach, type Reached } from "./reach.js";

/** All that a caller can get hold of after a call; no error where it succeeded. */
export interface Shown {
  readonly error: unknown;
  readonly attempts: Attempt[];
}

export interface Echo {
  readonly origin: string;
  /** What is shown when an update with these secrets gets these answers, one to each attempt. */
  show: (secrets: Secrets, ...answers: EchoAnswer[]) => Promise<Shown>;
  /** What is shown with secrets that nobody looks for, once for each kind of answer. */
  showTwin: (kind: string, answersTo: (secrets: string[]) => EchoAnswer[]) => Promise<Shown>;
}

const twin = { key: "Tw1n-k3y-Tw1n", credential: { token: "Tw1n-cr3dential" } };

/** A client and a server that echoes, for one test. */
export async function startEcho(): Promise<Echo> {
  const server = await startEchoServer();
  const twins = new Map<string, Promise<Shown>>();
  let keys: readonly string[] = [];
  let attempts: Attempt[] = [];
  // One for all cases: each would open connections of its own.
  const client = clientOf(server, {
    apiKey: () => keys[attempts.length] ?? "",
    onAttempt: (attempt) => attempts.push(attempt),
  });

  async function show(secrets: Secrets, ...answers: EchoAnswer[]): Promise<Shown> {
    server.answer(...answers);
    keys = secrets.keys ?? answers.map(() => secrets.key);
    attempts = [];
    const body = { name: "kept name", type: "stripe", credential: secrets.credential };
    const limits = { maxRetries: answers.length - 1 };
    const error: unknown = await client
      .updateConnection({ projectId, connectionId, body }, limits)
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    return { error, attempts };
  }

  return {
    origin: new URL(server.baseUrl).origin,
    show,
    showTwin(kind, answersTo) {
      const shown = twins.get(kind) ?? show(twin, ...answersTo([twin.key, twin.credential.token]));
      twins.set(kind, shown);
      return shown;
    },
  };
}

/** Every text that can be reached from it. */
export function reachIn({ error, attempts }: Shown): Reached[] {
  return reach({ error, attempts: attempts.map(readOnce) });
}

/** The same, with what its getters give: they scrub each time, which takes longer than all the rest. */
function readOnce<Value extends object>(value: Value): Value {
  const copy = Object.create(Object.getPrototypeOf(value) as object | null) as Value;
  for (const name of Reflect.ownKeys(value)) {
    const enumerable = Object.prototype.propertyIsEnumerable.call(value, name);
    Object.defineProperty(copy, name, { value: Reflect.get(value, name), enumerable });
  }
  return copy;
}
