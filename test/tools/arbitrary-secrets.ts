import fc from "fast-check";
import { apiWords } from "./api-words.js";

/** What a call is given to keep. */
export interface Secrets {
  readonly key: string;
  /** One for each attempt, where they differ. */
  readonly keys?: readonly string[];
  readonly credential: Record<string, unknown>;
}

const lengths = { minLength: 4, maxLength: 24 };
const awkward = [
  ...Array.from("\"\\/\n\r\t\b\f'%+&=<>{}[]()!*~$`,;:? aB7éß€😀\u2028\0\ufeff"),
  // What looks like an escape, and is none.
  ...["%41", "%2b", "%25", "\\n", "\\u0041", "&amp;", "\r\n"],
];
const surrogates = fc.integer({ min: 0xd7fe, max: 0xe001 });
const plain = Array.from("ABCDEFabcdefghijklmnopqrstuvwxyz0123456789_-");
const ascii = fc.string({ unit: "grapheme-ascii", minLength: 4, maxLength: 60 });

/** Text in which something may go wrong for who looks for a secret, or undoes escapes. */
export const awkwardText = fc.string({ unit: fc.constantFrom(...awkward), maxLength: 24 });

/** A secret as services make them, which no text holds by chance. */
export const arbitraryToken = fc
  .tuple(
    fc.constantFrom("sk_live_", "ghp_", "eyJ", "pk_"),
    fc.string({ unit: fc.constantFrom(...plain), minLength: 8, maxLength: 80 }),
  )
  .map((parts) => parts.join(""));

/** A key in a text of many lines. */
const arbitraryPem = fc.base64String({ minLength: 80, maxLength: 240 }).map((base64) => {
  const lines = base64.replace(/.{64}/g, "$&\n");
  return `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`;
});

/** Texts of four or more characters in which something may go wrong. */
const arbitraryText = fc.oneof(
  fc.string({ unit: "binary", ...lengths }),
  fc.string({ unit: "grapheme", ...lengths }),
  ascii,
  fc.string({ unit: fc.constantFrom(...awkward), ...lengths }),
  fc.string({ unit: surrogates.map((unit) => String.fromCharCode(unit)), ...lengths }),
  fc.constantFrom(...apiWords.filter(({ length }) => length >= 4)),
  arbitraryToken,
  arbitraryPem,
);

const arbitraryNumber = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const { node } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: arbitraryText, weight: 3 },
    arbitraryNumber,
    fc.boolean(),
    fc.array(tie("node"), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 6 }), tie("node"), { maxKeys: 3 }),
  ),
}));

/** A credential of any depth. */
export const arbitraryCredential = fc.dictionary(fc.string({ maxLength: 8 }), node, {
  minKeys: 1,
  maxKeys: 3,
});

/** An API key that the client takes. */
export const arbitraryKey = fc
  .oneof(
    { arbitrary: ascii, weight: 3 },
    { arbitrary: arbitraryToken, weight: 2 },
    fc.constantFrom(...apiWords),
    fc
      .tuple(fc.constantFrom("", " "), arbitraryToken, fc.constantFrom("", "  "))
      .map((parts) => parts.join("")),
    fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 3 }),
  )
  .filter((key) => key.trim() !== "");

/** Makes another secret of two: one that is, holds or is a part of one of them. */
const relations: ((key: string, text: string) => unknown)[] = [
  (key) => key,
  (key) => `${key}é"${key}\n`,
  (key, text) => [text + key, key + text],
  (_, text) => text.slice(text.length > 4 ? 1 : 0, 5 + text.length / 2),
  (_, text) => [text.slice(0, 4), text.slice(-4)],
  (key, text) => ({ basic: Buffer.from(`${text}:${key}`).toString("base64") }),
  (_, text) => JSON.stringify({ text }),
  (_, text) => encodeURIComponent(Buffer.from(text).toString()),
];

/** A key and a credential, whose values may be parts of each other. */
export const arbitrarySecrets: fc.Arbitrary<Secrets> = fc
  .tuple(arbitraryKey, arbitraryCredential, fc.option(fc.constantFrom(...relations), { freq: 2 }))
  .map(([key, credential, relate]) => {
    if (!relate) return { key, credential };
    const text = secretsOf({ credential }).find((secret) => secret.length < 40) ?? "a related text";
    return { key, credential: { ...credential, related: relate(key, text) } };
  });

/**
 * The keys, and the texts and numbers of four or more characters, as they go over the wire, and as they
 * are without the spaces and line breaks at their ends, which headers, forms and services drop.
 */
export function secretsOf({ key, keys, credential }: Partial<Secrets>): string[] {
  const found: string[] = [];
  JSON.parse(JSON.stringify(credential ?? {}), (_, value: unknown) => {
    if (typeof value === "string" || typeof value === "number") found.push(String(value));
    return value;
  });
  const long = found.flatMap((text) => [text, text.trim()]).filter(({ length }) => length >= 4);
  const used = keys ?? (key === undefined ? [] : [key]);
  return [...used.map((one) => one.trim()), ...new Set(long)];
}
