import type { PeakaClientOptions, OperationInput } from "../../src/index.js";
import { clientOf } from "./client-of.js";
import { failureOf } from "./failure.js";
import type { Fault } from "./gateway/faults.js";
import { start } from "./gateway/start.js";
import { exampleUpdate } from "./gateway/seeds.js";

/** An update's circumstances: the options of its client, and what its requests meet. */
interface Circumstances extends PeakaClientOptions {
  faults?: Fault[];
  /** @default the spec's first example */
  input?: OperationInput<"updateConnection">;
}

/** The error of an update, which must be of this class, and the gateway that it was made to. */
export async function failWith<Failure extends Error>(
  Class: abstract new (...given: never[]) => Failure,
  { faults = [], input = exampleUpdate, ...options }: Circumstances = {},
) {
  const gateway = await start();
  gateway.fail(...faults);
  const call = clientOf(gateway, options).updateConnection(input);
  return { error: await failureOf(call, Class), gateway, requests: gateway.requests };
}
