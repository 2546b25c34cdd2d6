import { PipelineError } from "../openapi/refuse.js";
import type { Listed } from "./operations.js";

/** Which operations are asked for. */
export interface Wanted {
  /** By their ids; those that the spec has where it is empty. */
  readonly operations: readonly string[];
  /** Whether all that the source has are. */
  readonly all: boolean;
  /** Those to take out of the spec, by their ids. */
  readonly remove: readonly string[];
}

/** What operations there are to select from. */
export interface Offer {
  /** Those of the present spec, and its name. */
  readonly ours: readonly Listed[];
  readonly spec: string;
  /** Those of the source, and its name. */
  readonly theirs: readonly Listed[];
  readonly source: string;
  /** True for a docs page, which says nothing of the operations that it does not show. */
  readonly isPage: boolean;
}

/** The source's operations that are taken, and the present ones that stay. */
export interface Selection {
  readonly taken: readonly Listed[];
  readonly kept: readonly Listed[];
}

export function select(offer: Offer, wanted: Wanted): Selection {
  const { ours, spec, theirs, source, isPage } = offer;
  const { operations, all } = wanted;
  const remove = new Set(wanted.remove);
  checkNamed(offer, wanted);
  if (!isPage && operations.length === 0) checkNoneGone(offer, remove);

  const named = new Set(operations.length > 0 ? operations : ours.map(idOf));
  const taken = theirs.filter(
    (operation) => (all || named.has(idOf(operation))) && !remove.has(idOf(operation)),
  );
  if (taken.length === 0 && remove.size === 0) {
    throw new PipelineError(
      `${source}: has none of the operations of ${spec}: name those to take with --operation, or pass --all: it has ${listing(theirs)}`,
    );
  }
  const takenIds = new Set(taken.map(idOf));
  const takenPlaces = new Set(taken.map(({ where }) => where));
  const kept = ours.filter((operation) => {
    const id = idOf(operation);
    return !takenIds.has(id) && !takenPlaces.has(operation.where) && !remove.has(id);
  });
  return { taken, kept };
}

/** Refuses names of operations that are not there. */
function checkNamed(offer: Offer, { operations, remove }: Wanted): void {
  const { ours, spec, theirs, source } = offer;
  const ourIds = new Set(ours.map(idOf));
  const theirIds = new Set(theirs.map(idOf));
  for (const id of operations) {
    if (!theirIds.has(id)) {
      throw new PipelineError(`${source}: has no operation "${id}": it has ${listing(theirs)}`);
    }
    if (remove.includes(id)) throw new PipelineError(`"${id}" cannot be both taken and removed`);
  }
  for (const id of remove) {
    if (!ourIds.has(id)) throw new PipelineError(`${spec}: has no operation "${id}" to remove`);
  }
}

/** A whole document that lacks an operation says that it is gone, which must not go unnoticed. */
function checkNoneGone({ ours, spec, theirs, source }: Offer, remove: ReadonlySet<string>): void {
  const theirIds = new Set(theirs.map(idOf));
  const gone = ours.map((operation) => {
    const id = idOf(operation);
    if (theirIds.has(id) || remove.has(id)) return undefined;
    const heir = theirs.find(({ where }) => where === operation.where);
    const now = heir === undefined ? "" : `, which is ${heir.id ?? "without an operationId"} there`;
    return `${id} (${operation.where}${now})`;
  });
  const names = gone.filter((name) => name !== undefined);
  if (names.length === 0) return;
  throw new PipelineError(
    `${source}: lacks operations of ${spec}: take out what is gone with --remove, or name those to take with --operation: it lacks ${names.join(", ")}`,
  );
}

/** What an operation is known by: its id, or its place where it has none. */
function idOf({ id, where }: Listed): string {
  return id ?? where;
}

function listing(operations: readonly Listed[]): string {
  return operations.length === 0 ? "no operations" : operations.map(idOf).join(", ");
}
