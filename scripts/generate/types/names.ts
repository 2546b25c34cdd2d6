import type { Json } from "../../openapi/json.js";

// Openapi-typescript takes a name apart at `#/` and decodes what follows a `%`. So in the copy that
// it gets, names have these in a disguise that begins with a character which no text should have.
const mark = "\ufdd0";
const disguises: Readonly<Record<string, string>> = { "#": "h", "%": "p", [mark]: "m" };
const disguised = new Map(Object.entries(disguises).map(([character, code]) => [code, character]));

/** A name as openapi-typescript gets it. */
export function disguiseName(name: string): string {
  return name.replace(/[#%\ufdd0]/g, (character) => mark + (disguises[character] ?? ""));
}

/** A value that is to have a literal type. */
export function disguise(value: Json): Json {
  return typeof value === "string" ? disguiseName(value) : value;
}

/** The code that openapi-typescript made, with the names as they are. */
export function revealNames(code: string): string {
  // The printer writes the mark as an escape in places, which it is after no other backslash.
  return code.replace(
    /(\\*)(?:\ufdd0|(\\uFDD0))([hpm])/g,
    (found, backslashes: string, escape: string | undefined, character: string) =>
      escape !== undefined && backslashes.length % 2 === 1
        ? found
        : backslashes + (disguised.get(character) ?? ""),
  );
}
