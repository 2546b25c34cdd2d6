// Openapi-typescript takes a name apart at `#/` and decodes what follows a `%`. In the copy that it
// gets, two characters that Unicode keeps for internal use stand for these.
const hash = "\ufdd1";
const percent = "\ufdd0";

/** A name as openapi-typescript gets it. */
export function disguiseName(name: string): string {
  return name.replaceAll("#", hash).replaceAll("%", percent);
}

/** The code that openapi-typescript made, with the names as they are. */
export function revealNames(code: string): string {
  return (
    code
      .replaceAll(hash, "#")
      .replaceAll(percent, "%")
      // The printer writes them as escapes; after an even number of backslashes it is no escape.
      .replace(/(\\+)uFDD([01])/g, (written, backslashes: string, digit: string) =>
        backslashes.length % 2 === 1 ? backslashes.slice(1) + (digit === "1" ? "#" : "%") : written,
      )
  );
}
