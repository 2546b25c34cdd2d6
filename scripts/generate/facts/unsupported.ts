/** Why the facade cannot carry an operation: it stays typed, and is left out of what can be called. */
export class Unsupported extends Error {}

/** Gives up on the operation that is looked at. */
export function leaveOut(reason: string): never {
  throw new Unsupported(reason);
}
