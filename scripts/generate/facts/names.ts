import type { OperationId, PeakaClient } from "../../../src/index.js";
import type { Operation } from "../read/operations.js";
import { leaveOut } from "./unsupported.js";

/** What a client has beside its methods. */
const ownNames: Record<Exclude<keyof PeakaClient, OperationId>, true> = {
  zone: true,
  baseUrl: true,
};

/** What `await`, and whatever else takes a value for a promise or writes it as JSON, would call. */
const calledNames = ["then", "catch", "finally", "toJSON"];

/** Leaves out an operation whose `operationId` cannot be the name of a method. */
export function checkName({ id, method, path }: Operation): void {
  const isTaken = id in ownNames || calledNames.includes(id);
  if (!isTaken && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(id)) return;
  const problem = isTaken ? "would hide a name that clients have already" : "is no identifier";
  const target = `$.paths[${JSON.stringify(path)}].${method.toLowerCase()}`;
  leaveOut(
    `its operationId ${problem}: give it another in the overlay, by an action with the target ${target} and the update { operationId: … }`,
  );
}
