const utf8 = new TextDecoder();

/** Percent-decodes what can be decoded and leaves the rest as it is, as lenient servers do. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    utf8.decode(Uint8Array.from(run.slice(1).split("%"), (byte) => parseInt(byte, 16))),
  );
}

const shortEscapes: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** Undoes JSON's escapes in a text that quotes JSON. */
export function decodeJsonEscapes(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|([^]))/gi, (_, code?: string, short = "") =>
    code
      ? String.fromCharCode(parseInt(code, 16))
      : (shortEscapes[short as string] ?? String(short)),
  );
}
