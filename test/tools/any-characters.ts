import fc from "fast-check";

const isWhole = (code: number) => code < 0xd800 || code > 0xdfff;
const character = fc
  .nat(0x10ffff)
  .filter(isWhole)
  .map((code) => String.fromCodePoint(code));

/** Text of any characters. The unit "binary" of fast-check takes each process most of a second. */
export const anyCharacters = fc.string({ unit: character, maxLength: 10 });
