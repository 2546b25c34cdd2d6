import { added, changed, type Finding, gone } from "./finding.js";
import { compareOperation } from "./operation.js";
import { shapeOf } from "./path.js";
import type { OperationSurface, Surface } from "./surface.js";
import type { Walk } from "./walk.js";

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
      findings.push({ operation: id, place: "", ...changed("major", id, newId), message });
    }
  }
  for (const [id, operation] of fresh) {
    findings.push({ operation: id, place: "", ...added("minor", textOf(operation)) });
  }
  return findings;
}

function textOf({ method, path }: OperationSurface): string {
  return `${method} ${path}`;
}

/** What an operation is in HTTP, whatever it is called and its path parameters are. */
function endpointOf({ method, path }: OperationSurface): string {
  return `${method} ${shapeOf(path)}`;
}
