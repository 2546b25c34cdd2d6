/** Percent-decodes what can be decoded and leaves the rest as it is, as lenient servers do. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, decodeBytes);
}

// Only what stands at the start of a document is a mark of its byte order.
const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

function decodeBytes(run: string): string {
  const bytes = run.slice(1).split("%");
  return utf8.decode(Uint8Array.from(bytes, (byte) => parseInt(byte, 16)));
}

/** From where to where a part of a text stands. */
export type Span = [start: number, end: number];

/** A text with escapes undone, and the way back to where a part of it stands in the given text. */
interface Undone {
  readonly text: string;
  readonly back: (...span: Span) => Span;
}

/** What a text is with each kind of escapes undone. */
export function undoEscapes(text: string): Undone[] {
  return [
    undo(
      text,
      /(\\(?:u[\da-fA-F]{4}|["\\/bfnrt]))/,
      (escape) => JSON.parse(`"${escape}"`) as string,
    ),
    undo(text, /((?:%[\da-f]{2})+)/i, decodeBytes),
    // In a form, a plus is a space.
    undo(text, /((?:%[\da-f]{2}|\+)+)/i, (run) => decodePercent(run.replaceAll("+", " "))),
    // A header is read byte by byte.
    undo(text, /([\x80-\xff]+)/, (run) =>
      utf8.decode(Uint8Array.from(run, (byte) => byte.charCodeAt(0))),
    ),
    // Base64 is often broken into lines.
    undo(text, /(?<=[\w+/-]{60})(\r?\n)/, () => ""),
  ];
}

/** The one group of `escapes` is all that it matches. */
function undo(given: string, escapes: RegExp, decode: (run: string) => string): Undone {
  // For each character, where that which it came from starts and ends.
  const starts: number[] = [];
  const ends: number[] = [];
  let text = "";
  let from = 0;
  for (const [index, part] of given.split(escapes).entries()) {
    const to = from + part.length;
    const isRun = index % 2 === 1;
    const piece = isRun ? decode(part) : part;
    for (let at = 0; at < piece.length; at++) {
      starts.push(isRun ? from : from + at);
      ends.push(isRun ? to : from + at + 1);
    }
    text += piece;
    from = to;
  }
  return { text, back: (start, end) => [starts[start] as number, ends[end - 1] as number] };
}
