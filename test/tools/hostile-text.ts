import fc from "fast-check";

/** What is apt to break out of a path segment, and pieces that make it up once they are joined. */
const pieces = [
  ...[".", "..", "/", "\\", "?", "#", "@", ":", ";", "&", "+", " ", "~", "$&", "$'", "*", "|"],
  ...["%", "%2", "%2e", "%2E", "%2f", "%5C", "%00", "%0a", "%7f", "%C2%85", "%25", "%2525", "25"],
  ...["%3f", "%23", "%20", "%c0%ae", "%ff", "%zz", "%e9", "2e", "2f", "{projectId}", "http://h"],
  ...[
    "\0",
    "\n",
    "\r",
    "\t",
    "\u007f",
    "\u0085",
    "\ud800",
    "\udfff",
    "\u2028",
    "é",
    "😀",
    "．",
    "a",
  ],
];

const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
  .map((codes) => String.fromCharCode(...codes));

/** Any text: the usual, the hostile, half surrogate pairs, and all of it percent-encoded often. */
export const anyText: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      { arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 6 }), weight: 3 },
      {
        arbitrary: fc.array(fc.constantFrom(".", "%2e", "%2E", "%252e"), { maxLength: 3 }),
        weight: 2,
      },
      fc.array(anyUnits, { maxLength: 1 }),
      fc.array(fc.string({ unit: "grapheme", maxLength: 12 }), { maxLength: 1 }),
    ),
    fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, fc.integer({ min: 1, max: 4 })),
  )
  .map(([parts, times]) => percentEncode(parts.join(""), times));

/** Every byte percent-encoded, so many times. */
export function percentEncode(text: string, times = 1): string {
  let encoded = text;
  for (let left = times; left > 0; left--) {
    encoded = Array.from(Buffer.from(encoded), toEscape).join("");
  }
  return encoded;
}

function toEscape(byte: number): string {
  return `%${byte.toString(16).padStart(2, "0")}`;
}

/** A path segment as the most lenient server reads it: decoded for as long as that changes it. */
export function decodeForever(text: string): string {
  const bytes = Buffer.from(text).toString("latin1");
  const decoded = bytes.replace(/%([0-9a-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
  return decoded === bytes ? text : decodeForever(Buffer.from(decoded, "latin1").toString());
}
