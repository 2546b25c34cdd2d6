import type { Direction, PlacedChange } from "./difference.js";
import { changed, type Finding } from "./finding.js";
import { renamedParameters, renameParameters } from "./path.js";
import { stepTo } from "./structures.js";
import type { OperationSurface } from "./surface.js";
import type { Walk } from "./walk.js";

/** Compares what one operation takes and gives, and what the facade hides of it. */
export function compareOperation(
  id: string,
  old: OperationSurface,
  next: OperationSurface,
  walk: Walk,
): Finding[] {
  const renamed = renamedParameters(old.path, next.path);
  const input = walk(old.input, next.input, "input");
  const output = walk(old.result, next.result, "output");
  return [
    ...tellRenamed(input, renamed).map(placed(id, "input")),
    ...output.map(placed(id, "output")),
    ...compareHidden(id, { ...old, path: renameParameters(old.path, renamed) }, next),
  ];
}

/** Puts a change where it is in an operation. */
export function placed(operation: string, direction: Direction): (change: PlacedChange) => Finding {
  return ({ at, ...change }) => {
    const place = `${direction} ${at.replace(/^\./, "")}`.trim();
    return { operation, place, ...change };
  };
}

/** A path parameter that is gone and the new one in its place are one change: its name. */
function tellRenamed(
  changes: readonly PlacedChange[],
  renamed: ReadonlyMap<string, string>,
): PlacedChange[] {
  const newNames = new Map([...renamed].map((names) => [stepTo(names[0]), names] as const));
  const isFresh = new Set([...renamed.values()].map(stepTo));
  return changes.flatMap((change) => {
    const names = newNames.get(change.at);
    if (change.old === null && isFresh.has(change.at)) return [];
    if (change.new !== null || names === undefined) return [change];
    const [name, newName] = names;
    const message = `renamed to ${newName}`;
    return [{ at: change.at, ...changed("major", name, newName), message }];
  });
}

/** What is sent in another way, which services do not see. */
function compareHidden(id: string, old: OperationSurface, next: OperationSurface): Finding[] {
  const places = [
    ["method", old.method, next.method],
    ["path", old.path, next.path],
    ["request media type", old.requestType, next.requestType],
    ["response media types", old.responseTypes, next.responseTypes],
  ] as const;
  return places.flatMap(([place, was, is]) =>
    // That there is one at all, the types tell.
    was === is || was === "" || is === ""
      ? []
      : [{ operation: id, place, ...changed("patch", was, is) }],
  );
}
