/** Characters that end a line, change the order of reading, or show as nothing: 7F to 9F, and some. */
const invisible = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Code in whose string literals such characters are written as escapes. */
export function escapeInvisible(code: string): string {
  return code.replace(invisible, escape);
}

/** Text of a document as it may stand in a comment of a generated file: nothing in it is code. */
export function commentText(text: string): string {
  // Most text is plain, and a large document has a lot of it.
  if (!/[^ -~\n]|@|eslint-|sourceMappingURL/.test(text)) return text;
  return (
    text
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
      // Control characters, and halves of characters, which no file can hold.
      .replace(/(?![\n\t])\p{Cc}|\p{Cs}/gu, "\ufffd")
      .replace(invisible, "\ufffd")
      // At the start of a line `@` begins a tag; some, and other directives, are heeded anywhere.
      .replace(/^[^\S\n]*@/gm, (start) => start.replace("@", "\\@"))
      .replace(/@(?=internal|ts-|jsx|preserve|license)/gi, "@ ")
      .replace(/(eslint|sourceMapping)(?=-|URL)/g, "$1 ")
  );
}

/** Text of a document in a terminal: on one line, in its own order, and not endless. */
export function oneLine(text: string): string {
  const line = escapeInvisible(text.replace(/\p{Cc}/gu, escape));
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
