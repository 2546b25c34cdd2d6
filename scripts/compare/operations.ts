import { idempotentMethods } from "../../src/retry.js";
import { placeholdersOf } from "../generate/read/path-template.js";
import { added, changed, type Finding, gone } from "./finding.js";
import { type Direction, type PlacedChange, stepTo } from "./structures.js";
import type { OperationSurface, Surface } from "./surface.js";
import type { Walk } from "./types.js";

/** Compares all operations: those that are gone, those that are new, and what differs in the others. */
export function compareOperations(old: Surface, next: Surface, walk: Walk): Finding[] {
  const findings: Finding[] = [];
  const fresh = new Map([...next.operations].filter(([id]) => !old.operations.has(id)));
  const byEndpoint = new Map([...fresh].map(([id, operation]) => [endpointOf(operation), id]));
  for (const [id, was] of old.operations) {
    const is = next.operations.get(id);
    const newId = byEndpoint.get(endpointOf(was));
    if (is !== undefined) {
      findings.push(...compareOperation(id, was, is, walk));
    } else if (newId === undefined) {
      findings.push({ operation: id, place: "", ...gone("major", textOf(was)) });
    } else {
      fresh.delete(newId);
      const message = `renamed to ${newId} (${textOf(was)})`;
      findings.push({ operation: id, place: "", ...changed("major", id, newId, message) });
    }
  }
  for (const [id, operation] of fresh) {
    findings.push({ operation: id, place: "", ...added("minor", textOf(operation)) });
  }
  return findings;
}

/** Puts a change where it is in an operation. */
function placed(operation: string, direction: Direction): (change: PlacedChange) => Finding {
  return ({ at, ...change }) => {
    const place = `${direction} ${at.replace(/^\./, "")}`.trim();
    return { operation, place, ...change };
  };
}

function textOf({ method, path }: OperationSurface): string {
  return `${method} ${path}`;
}

/** What an operation is in HTTP, whatever it is called and its path parameters are. */
function endpointOf({ method, path }: OperationSurface): string {
  return `${method} ${shapeOf(path)}`;
}

/** A path template without the names of its parameters, which only the spec and the inputs know. */
function shapeOf(path: string): string {
  return path.replace(/\{[^{}]*\}/g, "{}");
}

/** Compares what one operation takes and gives, and what the facade hides of it. */
function compareOperation(
  id: string,
  old: OperationSurface,
  next: OperationSurface,
  walk: Walk,
): Finding[] {
  const renamed = renamedParameters(old.path, next.path);
  const path = old.path.replace(/(?<=\{)[^{}]*(?=\})/g, (name) => renamed.get(name) ?? name);
  const input = walk(old.input, next.input, "input");
  const output = walk(old.result, next.result, "output");
  return [
    ...tellRenamed(input, renamed).map(placed(id, "input")),
    ...output.map(placed(id, "output")),
    ...compareHidden(id, { ...old, path }, next),
  ];
}

/** The new names of path parameters, where the path is otherwise the same. */
function renamedParameters(old: string, next: string): ReadonlyMap<string, string> {
  if (shapeOf(old) !== shapeOf(next)) return new Map();
  const [olds, news] = [placeholdersOf(old), placeholdersOf(next)];
  const pairs = olds.map((name, index) => [name, news[index] ?? name] as const);
  // A name that is still there has moved: who gives it by name gives the same.
  return new Map(pairs.filter(([name, is]) => !news.includes(name) && !olds.includes(is)));
}

/** A path parameter that is gone and the new one in its place are one change: its name. */
function tellRenamed(
  changes: readonly PlacedChange[],
  renamed: ReadonlyMap<string, string>,
): PlacedChange[] {
  const newNames = new Map([...renamed].map((names) => [stepTo(names[0]), names] as const));
  const fresh = new Set([...renamed.values()].map(stepTo));
  return changes.flatMap((change) => {
    if (change.old === null && fresh.has(change.at)) return [];
    const names = newNames.get(change.at);
    if (change.new !== null || names === undefined) return [change];
    const [name, newName] = names;
    return [{ at: change.at, ...changed("major", name, newName, `renamed to ${newName}`) }];
  });
}

/** What is sent in another way, which services do not see. */
function compareHidden(id: string, old: OperationSurface, next: OperationSurface): Finding[] {
  const [wasRetried, isRetried] = [old, next].map((op) => idempotentMethods.includes(op.method));
  const places = [
    ["method", old.method, next.method],
    ["path", old.path, next.path],
    ["request media type", old.requestType, next.requestType],
    ["response media types", old.responseTypes, next.responseTypes],
  ] as const;
  return (
    places
      .filter(([, was, is]) => was !== is)
      // That there is one at all, the types tell.
      .filter(([, was, is]) => was !== "" && is !== "")
      .map(([place, was, is]) => {
        if (place !== "method" || wasRetried === isRetried)
          return { operation: id, place, ...changed("patch", was, is) };
        const message = `${was} → ${is}: what fails is ${isRetried ? "now" : "no longer"} tried again`;
        return { operation: id, place, ...changed("minor", was, is, message) };
      })
  );
}
