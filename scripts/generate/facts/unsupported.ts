/** Why the facade cannot carry an operation: it stays typed, and is left out of what can be called. */
export class Unsupported extends Error {
  override readonly name = "Unsupported";
}
