import type { OperationId, PeakaClient } from "../../../src/index.js";
import type { Operation } from "../read/operations.js";
import { leaveOut } from "./unsupported.js";

type ClientName = Exclude<keyof PeakaClient, OperationId>;
/** What a client has beside its methods, and what `await` and JSON would call if it had it. */
const taken: Record<ClientName | "then" | "catch" | "finally" | "toJSON", true> = {
  ...{ zone: true, baseUrl: true, then: true, catch: true, finally: true, toJSON: true },
};

/** Leaves out an operation whose `operationId` cannot be the name of a method. */
export function checkName({ id, method, path }: Operation): void {
  // What every object has is in there too.
  const isTaken = id in taken;
  if (!isTaken && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(id)) return;
  const problem = isTaken ? "would hide a name that clients have already" : "is no identifier";
  const target = `$.paths[${JSON.stringify(path)}].${method.toLowerCase()}`;
  leaveOut(
    `its operationId ${problem}: give it another in the overlay, by an action with the target ${target} and the update { operationId: … }`,
  );
}
