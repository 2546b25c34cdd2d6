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

/** The operations of a file. */
interface Side {
  readonly name: string;
  readonly operations: readonly Listed[];
}

/** The source's operations that are taken, and the present ones that stay. */
export interface Selection {
  readonly taken: readonly Listed[];
  readonly kept: readonly Listed[];
}

/** Selects from a spec and a source; a docs page says nothing of the operations that it does not show. */
export function select(
  spec: Side,
  source: Side & { readonly isPage: boolean },
  wanted: Wanted,
): Selection {
  const { operations, all, remove } = wanted;
  checkNamed(spec, source, wanted);
  const isRemoved = (operation: Listed): boolean => remove.includes(idOf(operation));
  if (!source.isPage && operations.length === 0) checkNoneGone(spec, source, isRemoved);

  const named = new Set(operations.length > 0 ? operations : spec.operations.map(idOf));
  const taken = source.operations.filter(
    (operation) => (all || named.has(idOf(operation))) && !isRemoved(operation),
  );
  if (taken.length === 0 && remove.length === 0) {
    const advice = "name those to take with --operation, or pass --all";
    throw new PipelineError(
      `${source.name}: has none of the operations of ${spec.name}: ${advice}: it has ${listing(source)}`,
    );
  }
  const replaced = new Set(taken.flatMap((operation) => [idOf(operation), operation.where]));
  const kept = spec.operations.filter(
    (operation) =>
      !replaced.has(idOf(operation)) && !replaced.has(operation.where) && !isRemoved(operation),
  );
  return { taken, kept };
}

/** Refuses names of operations that are not there. */
function checkNamed(spec: Side, source: Side, { operations, remove }: Wanted): void {
  const has = (side: Side, id: string): boolean =>
    side.operations.some((operation) => idOf(operation) === id);
  for (const id of operations) {
    if (!has(source, id)) {
      throw new PipelineError(
        `${source.name}: has no operation "${id}": it has ${listing(source)}`,
      );
    }
    if (remove.includes(id)) throw new PipelineError(`"${id}" cannot be both taken and removed`);
  }
  for (const id of remove) {
    if (!has(spec, id)) throw new PipelineError(`${spec.name}: has no operation "${id}" to remove`);
  }
}

/** A whole document that lacks an operation says that it is gone, which must not go unnoticed. */
function checkNoneGone(spec: Side, source: Side, isRemoved: (operation: Listed) => boolean): void {
  const present = new Set(source.operations.map(idOf));
  const gone = spec.operations.filter(
    (operation) => !present.has(idOf(operation)) && !isRemoved(operation),
  );
  if (gone.length === 0) return;
  const names = gone.map((operation) => {
    const { where } = operation;
    const heir = source.operations.find((other) => other.where === where);
    const now = heir === undefined ? "" : `, which is ${heir.id ?? "without an operationId"} there`;
    return `${idOf(operation)} (${where}${now})`;
  });
  const advice = "take out what is gone with --remove, or name those to take with --operation";
  throw new PipelineError(
    `${source.name}: lacks operations of ${spec.name}: ${advice}: it lacks ${names.join(", ")}`,
  );
}

/** What an operation is known by: its id, or its place where it has none. */
function idOf({ id, where }: Listed): string {
  return id ?? where;
}

function listing({ operations }: Side): string {
  return operations.length === 0 ? "no operations" : operations.map(idOf).join(", ");
}
