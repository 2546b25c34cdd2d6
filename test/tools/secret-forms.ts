const utf8 = (text: string) => Buffer.from(text);
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const isLatin1 = (text: string) => /^[\0-\xff]*$/.test(text);

/** The ways in which a gateway may escape what it quotes, and any text that quotes it. */
export const escapes: Record<string, (text: string) => string> = {
  plain: (text) => text,
  "JSON-escaped": json,
  "JSON-escaped in ASCII": (text) => inAscii(json(text)),
  "percent-encoded": percent,
  "percent-encoded in small letters": (text) =>
    percent(text).replace(/%../g, (byte) => byte.toLowerCase()),
  "percent-encoded as a URL": (text) => encodeURI(utf8(text).toString()),
  "percent-encoded whole": (text) => utf8(text).toString("hex").replace(/../g, "%$&"),
  "form-encoded": (text) => new URLSearchParams({ "": text }).toString().slice(1),
};

/** The forms in which a gateway may quote a secret. */
export const echoForms: Record<string, (secret: string) => string> = {
  ...escapes,
  "in UTF-8": (secret) => utf8(secret).toString(),
  "in capitals": (secret) => secret.replace(/[a-z]+/g, (small) => small.toUpperCase()),
  trimmed: (secret) => secret.trim(),
  "JSON-escaped twice": (secret) => json(json(secret)),
  "in base64": (secret) => utf8(secret).toString("base64"),
  "in base64url": (secret) => utf8(secret).toString("base64url"),
  "in base64 at another byte": (secret) => utf8(`x${secret}yz`).toString("base64"),
  "in base64 in lines": (secret) => inLines(utf8(secret).toString("base64")),
  "JSON-escaped in base64": (secret) => utf8(JSON.stringify({ secret })).toString("base64"),
  "as the password of Basic auth": (secret) => `Basic ${utf8(`user:${secret}`).toString("base64")}`,
  "as the user of Basic auth in Latin-1": (secret) =>
    `Basic ${Buffer.from(`${secret}:`, isLatin1(secret) ? "latin1" : "utf8").toString("base64")}`,
};

/** What must not be found of a secret, by name: escapes in any case, base64 as it is written. */
export function needlesOf(secret: string) {
  const written = [secret, utf8(secret).toString(), utf8(secret).toString("latin1"), json(secret)];
  const escaped = Object.values(escapes).map((escape) => escape(secret));
  const bytes = [utf8(secret), utf8(json(secret))];
  if (isLatin1(secret)) bytes.push(Buffer.from(secret, "latin1"));
  const base64 = bytes.flatMap((each) => [0, 1, 2].map((offset) => base64At(offset, each)));
  return {
    inAnyCase: [...new Set([...written, ...escaped, json(json(secret))])],
    asWritten: [...new Set(base64.flatMap((form) => [form, inLines(form), urlSafe(form)]))],
  };
}

/** With `\u` for all that is not ASCII, as many servers write JSON. */
export function inAscii(text: string): string {
  return text.replace(
    /[^\0-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** For a URL, with the replacement character for half of a surrogate pair. */
export function percent(text: string): string {
  return encodeURIComponent(utf8(text).toString());
}

/** As much mail and many command lines write base64. */
export function inLines(base64: string): string {
  return base64.replace(/.{76}(?=.)/g, "$&\r\n");
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

/** What stays the same wherever in a longer text the bytes stand: the characters of their bits alone. */
function base64At(offset: number, given: Buffer): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), given]);
  const [start, end] = [Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6)];
  return bytes.toString("base64").slice(start, end);
}
