import fc from "fast-check";

/** What a call is given to keep. */
export interface Secrets {
  readonly key: string;
  readonly credential: Record<string, unknown>;
}

const awkwardAscii = [
  ...Array.from("\"\\/'%+&=<>{}[]()!*~$`,;:? "),
  // What looks like an escape, and is none.
  ...["%41", "%2b", "%25", "\\n", "\\u0041", "&amp;"],
];
const awkward = [
  ...awkwardAscii,
  ...Array.from("\n\r\t\b\féß€😀\u2028\0\ufeff"),
  "\ud800",
  "\udfff",
];
const some = (units: string[]) => fc.string({ unit: fc.constantFrom(...units), maxLength: 8 });

/** Text in which something may go wrong for who looks for a secret, or undoes escapes. */
export const awkwardText = some(awkward);

/** Letters and digits that no text holds by chance, so that wherever they are found, something leaked. */
export const arbitraryToken = fc.stringMatching(
  /^[b-df-hj-np-tv-xzG-Z]{4}[0-9][b-df-hj-np-tv-xz]{9}$/,
);

const around = (units: string[]) =>
  fc
    .tuple(some(units), arbitraryToken, some(units), arbitraryToken, some(units))
    .map((parts) => parts.join(""));

/** An API key that the client takes: one in quotes is refused. */
export const arbitraryKey = around(awkwardAscii).filter((key) => !/^(["'`]).*\1$/.test(key.trim()));

/** A secret in which something may go wrong; each of its parts is one that no text holds by chance. */
export const arbitraryText = fc.oneof(
  around(awkward),
  arbitraryToken,
  // A key in a text of many lines.
  fc.array(arbitraryToken, { minLength: 9, maxLength: 9 }).map((words) => {
    const lines = words.join("").replace(/.{64}/g, "$&\n");
    return `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`;
  }),
);

/** Makes another secret of two: one that holds one of them, or is a part of it. */
const relations: ((key: string, text: string) => unknown)[] = [
  (key, text) => [key, text + key],
  (key) => `${key}é"${key}\n`,
  (_, text) => partsOf(text).map((part) => [part.slice(0, 9), part.slice(-9)]),
  (key, text) => ({ basic: Buffer.from(`${text}:${key}`).toString("base64") }),
  (_, text) => JSON.stringify({ text }),
  (_, text) => encodeURIComponent(text.toWellFormed()),
];

/** A key and a credential, whose values may be parts of each other. */
export const arbitrarySecrets: fc.Arbitrary<Secrets> = fc
  .record({
    key: arbitraryKey,
    token: arbitraryText,
    list: fc.array(fc.oneof(arbitraryText, fc.integer({ min: 1e12, max: 1e15 })), { maxLength: 2 }),
    relate: fc.constantFrom(...relations),
  })
  .map(({ key, token, list, relate }) => ({
    key,
    credential: { token, deep: [{ list, ssl: true }], related: relate(key, token) },
  }));

/**
 * The key, and the texts and numbers of a credential, as they go over the wire, without the spaces and
 * line breaks at their ends, which headers, forms and services drop.
 */
export function secretsOf({ key, credential }: Partial<Secrets>): string[] {
  const found: string[] = key === undefined ? [] : [key];
  JSON.parse(JSON.stringify(credential ?? {}), (_, value: unknown) => {
    if (typeof value === "string" || typeof value === "number") found.push(String(value));
    return value;
  });
  return [...new Set(found.map((text) => text.trim()))];
}

/**
 * The parts of a secret that no text holds by chance: where not one of them shows, in any form, nothing
 * of the secret does. Base64 of a long one may be broken into lines, and shows only as a whole.
 */
export function partsOf(secret: string): string[] {
  const parts = secret.match(/[A-Za-z0-9]{14,}/g) ?? [];
  return parts.length === 0 || secret.length > 57 ? [secret, ...parts] : parts;
}
