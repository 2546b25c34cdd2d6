import fc from "fast-check";

const lengths = { minLength: 4, maxLength: 24 };
const awkward = [
  ...Array.from("\"\\/\n\r\t\b\f'%+&=<>{}[]()!*~$`,;:? aB7éß€😀\u2028\0"),
  // What looks like an escape, and is none.
  ...["%41", "%2b", "%25", "\\n", "\\u0041", "&amp;"],
];
const surrogates = fc.integer({ min: 0xd7fe, max: 0xe001 });

/** Texts of four or more characters in which something may go wrong. */
const arbitraryText = fc.oneof(
  fc.string({ unit: "binary", ...lengths }),
  fc.string({ unit: "grapheme", ...lengths }),
  fc.string({ unit: "grapheme-ascii", ...lengths }),
  fc.string({ unit: fc.constantFrom(...awkward), ...lengths }),
  fc.string({ unit: surrogates.map((unit) => String.fromCharCode(unit)), ...lengths }),
  fc.stringMatching(/^(?:sk_live_|ghp_|eyJ)[A-Za-z0-9_-]{8,90}$/),
);

const arbitraryNumber = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** A text beside a part of it. */
const overlapping = fc.tuple(arbitraryText, fc.nat(), fc.nat()).map(([text, from, length]) => {
  const start = from % Math.max(1, text.length - 3);
  return { whole: text, part: text.slice(start, start + 4 + (length % text.length)) };
});

const { node } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    arbitraryText,
    arbitraryNumber,
    fc.boolean(),
    overlapping,
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
    fc.string({ unit: "grapheme-ascii", minLength: 4, maxLength: 60 }),
    fc.stringMatching(/^pk_[A-Za-z0-9+/=_-]{8,80}$/),
  )
  .filter((key) => key.trim() !== "");

/** The texts and numbers of four or more characters within a credential, as they go over the wire. */
export function secretsOf(credential: unknown): string[] {
  const found: string[] = [];
  JSON.parse(JSON.stringify(credential), (_, value: unknown) => {
    if (typeof value === "string" || typeof value === "number") found.push(String(value));
    return value;
  });
  return found.filter((secret) => secret.length >= 4);
}
