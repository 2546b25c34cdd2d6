import type * as Package from "../../../src/index.js";
import type { AnyPeakaError, PeakaClient, PeakaClientOptions } from "../../../src/index.js";
import type { Fault } from "../../tools/gateway/faults.js";
import { exampleUpdate } from "../../tools/gateway/seeds.js";
import type { Capabilities } from "./capabilities.js";
import type { Received, Stage, Started } from "./stage-client.js";

/** What a check is given. */
export interface Given {
  readonly peaka: typeof Package;
  readonly stage: Stage;
  readonly capabilities: Capabilities;
}

/** Rejects where what its name says does not hold. */
export type Check = (given: Given) => Promise<void>;

export const apiKey = "partner-key";
// With what URLs, JSON and base64 write in other ways.
export const token = 'sk live/+"žluť"-4242';
export const update = {
  ...exampleUpdate,
  body: { ...exampleUpdate.body, name: "účet 🎷", credential: { token } },
};

/** A gateway of its own for one check, and a client of it. */
export interface Played extends Started {
  readonly client: PeakaClient;
  readonly received: () => Promise<Received>;
}

/** Starts a gateway whose first requests meet these faults. */
export async function play(
  { peaka, stage }: Given,
  faults: Fault[] = [],
  options: PeakaClientOptions = {},
): Promise<Played> {
  const started = await stage("gateway", { faults });
  return {
    ...started,
    client: peaka.createPeakaClient({ baseUrl: started.baseUrl, apiKey, ...options }),
    received: () => stage("received", { id: started.id }),
  };
}

/** What a call rejects with, whatever it is. */
export async function reasonOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (reason) {
    return reason;
  }
  throw new Error("the call succeeded");
}

/** What a call rejects with, which must be an error of this class. */
export async function failureOf<Name extends AnyPeakaError["name"]>(
  { peaka }: Given,
  name: Name,
  call: Promise<unknown>,
) {
  const reason = await reasonOf(call);
  const isOne = reason instanceof peaka[name] && reason instanceof peaka.PeakaError;
  holds(isOne && peaka.isPeakaError(reason), `${String(reason)} is no ${name}`);
  // What a service would log: the runner reads that no secret is in it.
  console.error(reason);
  return reason as unknown as Extract<AnyPeakaError, { name: Name }>;
}

export function holds(condition: unknown, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/** Compares what JSON tells of two values. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value));
  holds(is === should, `${what}: ${is}, not ${should}`);
}

/** The error that creating a client fails with. */
export function refusalOf(given: Given, options?: object) {
  const create = async () => {
    await Promise.resolve();
    given.peaka.createPeakaClient(options);
  };
  return failureOf(given, "PeakaUsageError", create());
}
