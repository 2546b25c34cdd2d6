/** The forms in which a secret must not be seen, by name. */
export function formsOf(secret: string): Record<string, string> {
  if (secret.length < 4) return { plain: secret };
  const wellFormed = Buffer.from(secret).toString();
  const json = JSON.stringify(secret).slice(1, -1);
  return {
    plain: secret,
    "well-formed": wellFormed,
    "JSON-escaped": json,
    "JSON-escaped in ASCII": inAscii(json),
    "JSON-escaped twice": JSON.stringify(json).slice(1, -1),
    "percent-encoded": percent(secret),
    "percent-encoded in small letters": inSmallHex(percent(secret)),
    "percent-encoded as a URL": encodeURI(wellFormed),
    "percent-encoded whole": Buffer.from(secret).toString("hex").replace(/../g, "%$&"),
    "form-encoded": inForm(wellFormed),
    ...base64Of(secret, "base64"),
    ...base64Of(secret, "base64url"),
    "base64 in lines": inLines(base64At(0, secret, "base64")),
    ...base64Of(json, "base64", "JSON in base64"),
    ...(/^[\0-\xff]*$/.test(secret) &&
      base64Of(Buffer.from(secret, "latin1"), "base64", "Latin-1")),
  };
}

/** With `\u` for all that is not ASCII, as many servers write JSON. */
export function inAscii(json: string): string {
  return json.replace(
    /[^\0-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** For a URL, with the replacement character for half of a surrogate pair. */
export function percent(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

export function inSmallHex(escaped: string): string {
  return escaped.replace(/%../g, (byte) => byte.toLowerCase());
}

export function inForm(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}

/** As much mail and many command lines write base64. */
export function inLines(base64: string): string {
  return base64.replace(/.{76}(?=.)/g, "$&\r\n");
}

function base64Of(
  secret: string | Buffer,
  encoding: "base64" | "base64url",
  name: string = encoding,
): Record<string, string> {
  const forms = [0, 1, 2].map((offset) => base64At(offset, secret, encoding));
  return Object.fromEntries(forms.map((form, offset) => [`${name} at ${offset}`, form]));
}

/** What stays the same wherever in a longer text the secret stands: the characters of its bits alone. */
function base64At(offset: number, secret: string | Buffer, encoding: "base64" | "base64url") {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret as string)]);
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor((bytes.length * 8) / 6);
  return bytes.toString(encoding).slice(start, end);
}

/** True where none of the secrets stands in the text, in any form or in other capitals. */
export function areApart(secrets: readonly string[], text: string): boolean {
  const small = text.toLowerCase();
  const forms = secrets.flatMap((secret) => Object.values(formsOf(secret)));
  return !forms.some((form) => text.includes(form) || small.includes(form.toLowerCase()));
}
