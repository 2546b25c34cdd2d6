/** Percent-decodes what can be decoded and leaves the rest as it is, as lenient servers do. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    const bytes = run.slice(1).split("%");
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => parseInt(byte, 16)));
  });
}

/** Decodes a form's text, where a plus is a space. */
export function decodeForm(text: string): string {
  return decodePercent(text.replaceAll("+", " "));
}

/** Undoes the escapes of JSON in a text that quotes it. */
export function decodeJson(text: string): string {
  return text.replace(/\\(?:u[\da-fA-F]{4}|["\\/bfnrt])/g, (escape) =>
    String(JSON.parse(`"${escape}"`)),
  );
}
