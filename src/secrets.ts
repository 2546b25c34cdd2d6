import { decodeJsonEscapes, decodePercent } from "./decode.js";

/** Shorter values turn up by chance; of these only API keys are looked for, and only as written. */
const shortestSecret = 4;

/** True where a property's name says that what it holds is secret. */
export function isSecretName(name: string): boolean {
  return /credential|password|secret|token|api[-_]?key/i.test(name);
}

/** The strings and numbers inside the properties that `names`, or their own name, call secret. */
export function secretsIn(value: unknown, names: readonly string[]): string[] {
  const found: string[] = [];
  const pending: [item: unknown, secret: boolean][] = [[value, false]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [item, secret] = next;
    if (typeof item === "object" && item !== null) {
      for (const [name, inner] of Object.entries(item)) {
        pending.push([inner, secret || names.includes(name) || isSecretName(name)]);
      }
    } else if (secret && (typeof item === "string" || typeof item === "number")) {
      if (String(item).length >= shortestSecret) found.push(String(item));
    }
  }
  return found;
}

/** Finds secrets in a text, in every form in which a gateway may quote them. */
export interface Finder {
  /** From where to where they stand as written, JSON-escaped, percent-encoded or in base64. */
  spans(text: string): [start: number, end: number][];
  /** True where one comes out of the text by undoing up to three layers of escapes. */
  isBuried(text: string): boolean;
}

/** One form of a secret, and how many characters beside a match hold some of its bits. */
interface Form {
  readonly text: string;
  readonly before: number;
  readonly after: number;
}

export function createFinder(secrets: readonly string[]): Finder {
  // Gateways cut short what they quote, so each 64 characters of a long secret are one themselves.
  const pieces = secrets.flatMap((secret) => secret.slice(0, 16_384).match(/[^]{64}/g) ?? []);
  const whole = [...new Set([...secrets, ...pieces])];
  const written = [...new Set(whole.flatMap(writtenForms))];
  const writtenSpans = written.map((text) => ({ text, before: 0, after: 0 }));
  const encoded = whole.filter(({ length }) => length >= shortestSecret).flatMap(base64Forms);

  function spans(text: string): [number, number][] {
    const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
    return [...search(fold(text), writtenSpans), ...search(base64, encoded)];
  }

  function isBuried(text: string, layers = 3): boolean {
    return decoders.some((decode) => {
      const inner = decode(text);
      return (
        inner !== text && (spans(inner).length > 0 || (layers > 1 && isBuried(inner, layers - 1)))
      );
    });
  }

  return { spans, isBuried };
}

const decoders = [
  decodeJsonEscapes,
  decodePercent,
  (text: string) => decodePercent(text.replaceAll("+", " ")),
];

function* search(text: string, forms: readonly Form[]): Generator<[number, number]> {
  for (const { text: form, before, after } of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      yield [Math.max(0, at - before), Math.min(text.length, at + form.length + after)];
    }
  }
}

/** In small letters: hosts and databases change the case of what they quote. */
function writtenForms(secret: string): string[] {
  // What cannot be encoded, half of a surrogate pair, arrives as the replacement character.
  const wellFormed = new TextDecoder().decode(new TextEncoder().encode(secret));
  const percent = encodeURIComponent(wellFormed);
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, wellFormed, json, percent, percent.replaceAll("%20", "+")].map(fold);
}

/** The secret inside a base64 text, at each of the three places where it can fall between the bytes. */
function base64Forms(secret: string): Form[] {
  return [0, 1, 2].map((offset) => {
    const bytes = new TextEncoder().encode("\0".repeat(offset) + secret);
    const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    const base64 = btoa(binary).replace(/=+$/, "");
    // A character at the edge holds bits of what stands beside the secret too.
    const before = offset === 0 ? 0 : 1;
    const after = bytes.length % 3 === 0 ? 0 : 1;
    return { text: base64.slice(before && offset + 1, base64.length - after), before, after };
  });
}

/** Small letters, of the same length. */
function fold(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
