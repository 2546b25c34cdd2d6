/** A place in the document: a key, and the place of what holds it. Spelled out only when it is told. */
export interface Place {
  readonly key: string;
  readonly parent: Place | undefined;
}

/** A problem with what the pipeline was given, told in one line, without a stack trace. */
export class PipelineError extends Error {
  override readonly name = "PipelineError";

  constructor(
    message: string,
    /** Where in the document, as keys from its root. */
    readonly keys?: readonly string[],
    /** Whether no part of the document can be used because of it, whichever part it is in. */
    readonly isFatal = false,
  ) {
    super(message);
  }
}

/** Gives up with one line about the document at this place; `undefined` is its root. */
export function refuse(place: Place | undefined, message: string, isFatal = false): never {
  throw new PipelineError(message, keysOf(place), isFatal);
}

export function at(parent: Place | undefined, key: string | number): Place {
  return { key: String(key), parent };
}

/** A place as a message spells it. */
export function pointerOf(place: Place | undefined): string {
  return pointerTo(keysOf(place));
}

/** The JSON pointer that these keys make. */
export function pointerTo(keys: readonly string[]): string {
  return ["#", ...keys.map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1"))].join("/");
}

/** A place as keys from the document's root. */
export function keysOf(place: Place | undefined): string[] {
  const keys: string[] = [];
  for (let here = place; here !== undefined; here = here.parent) keys.unshift(here.key);
  return keys;
}
