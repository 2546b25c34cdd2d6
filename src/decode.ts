/** Undoes one layer of JSON's escapes and of percent-encoding, and leaves alone what is neither. */
export function decode(text: string): string {
  return text
    .replace(/\\(?:u[\da-fA-F]{4}|["\\/bfnrt])/g, (escape) => String(JSON.parse(`"${escape}"`)))
    .replace(/(?:%[\da-f]{2})+/gi, (run) => {
      const bytes = run.slice(1).split("%");
      return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => parseInt(byte, 16)));
    });
}
