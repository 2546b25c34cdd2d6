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

/** A text with escapes undone, and the way back to where a part of it stands in the given text. */
export interface Undone {
  readonly text: string;
  readonly back: (start: number, end: number) => [start: number, end: number];
}

/** What a text is with each kind of escapes undone, of those kinds that it has. */
export function undoEscapes(text: string): Undone[] {
  const plus = text.includes("+") ? [undo(text, /(?:%[\da-f]{2}|\+)+/gi, decodeForm)] : [];
  return [
    undo(text, /\\(?:u[\da-fA-F]{4}|["\\/bfnrt])/g, (escape) => String(JSON.parse(`"${escape}"`))),
    undo(text, /(?:%[\da-f]{2})+/gi, decodeBytes),
    ...plus,
    // A header is read byte by byte.
    undo(text, /[\x80-\xff]+/g, (run) =>
      utf8.decode(Uint8Array.from(run, (byte) => byte.charCodeAt(0))),
    ),
    // Base64 is often broken into lines.
    undo(text, /\r?\n(?<=[\w+/-]{60}\r?\n)/g, () => ""),
  ].filter((undone) => undone !== undefined);
}

/** Decodes a form's text, where a plus is a space. */
function decodeForm(run: string): string {
  return decodePercent(run.replaceAll("+", " "));
}

function undo(given: string, escapes: RegExp, decode: (run: string) => string): Undone | undefined {
  // Where each run of escapes was, and where what it stands for is now.
  const runs: { from: number; to: number; start: number; end: number }[] = [];
  let text = "";
  for (const { 0: run, index: from } of given.matchAll(escapes)) {
    text += given.slice(runs.at(-1)?.to ?? 0, from);
    const start = text.length;
    text += decode(run);
    runs.push({ from, to: from + run.length, start, end: text.length });
  }
  if (runs.length === 0) return undefined;
  text += given.slice(runs.at(-1)?.to);

  const back = (index: number, side: "from" | "to") => {
    let [low, high] = [0, runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((runs[middle]?.start ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    const run = runs[low - 1];
    if (!run) return index + (side === "to" ? 1 : 0);
    return index < run.end ? run[side] : index - run.end + run.to + (side === "to" ? 1 : 0);
  };
  return { text, back: (start, end) => [back(start, "from"), back(end - 1, "to")] };
}
