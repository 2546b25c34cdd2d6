import { decodeForm, decodeJson, decodePercent } from "./decode.js";

/** Shorter values turn up by chance. Of these, only API keys are hidden, and only as written. */
const shortestSecret = 4;

/** True where a property's name says that what it holds is secret. */
export function isSecretName(name: string): boolean {
  return /credential|password|secret|token|api[-_]?key/i.test(name);
}

/** The strings and numbers inside the properties that `names`, or their own name, call secret. */
export function secretsIn(value: unknown, names: readonly string[]): string[] {
  const found: string[] = [];
  const pending: [item: unknown, isSecret: boolean][] = [[value, false]];
  for (const [item, isSecret] of pending) {
    if (typeof item === "object" && item) {
      for (const [name, inner] of Object.entries(item)) {
        pending.push([inner, isSecret || names.includes(name) || isSecretName(name)]);
      }
    } else if (isSecret && (typeof item === "string" || typeof item === "number")) {
      found.push(String(item));
    }
  }
  return found.filter(({ length }) => length >= shortestSecret);
}

/** Finds secrets in a text, in the forms in which gateways quote them. */
export function createFinder(secrets: readonly string[]) {
  const written = [...new Set(secrets.flatMap(writtenForms))];
  const encoded = secrets.filter(({ length }) => length >= shortestSecret).flatMap(base64Forms);

  /** From where to where secrets stand in a text. They can overlap, and so can these. */
  function spans(text: string): [start: number, end: number][] {
    const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
    return [...search(fold(text), written), ...search(base64, encoded)];
  }

  /** True where a secret comes out of a text by undoing up to three layers of escapes. */
  function isBuried(text: string, layers = 3): boolean {
    return [decodeJson, decodePercent, decodeForm].some((decode) => {
      const inner = decode(text);
      if (inner === text) return false;
      return spans(inner).length > 0 || (layers > 1 && isBuried(inner, layers - 1));
    });
  }

  return { spans, isBuried };
}

function* search(text: string, forms: readonly string[]): Generator<[number, number]> {
  for (const form of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      yield [at, at + form.length];
    }
  }
}

/** As it is, and escaped for JSON or for a URL. */
function writtenForms(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret);
  // What cannot be encoded, half of a surrogate pair, arrives as the replacement character.
  const wellFormed = new TextDecoder().decode(bytes);
  const percent = encodeURIComponent(wellFormed);
  const json = JSON.stringify(secret).slice(1, -1);
  const form = percent.replaceAll("%20", "+");
  // A header is read byte by byte.
  return [secret, wellFormed, json, percent, form, binary(bytes)].map(fold);
}

/** Inside a base64 text, where it can start on the first, the second or the third of three bytes. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].map((offset) => {
    const bytes = new TextEncoder().encode("\0".repeat(offset) + secret);
    const rest = bytes.length % 3;
    // The characters at the edges belong to what stands beside it as well.
    return btoa(binary(bytes)).slice(offset && offset + 1, rest ? rest - 4 : undefined);
  });
}

function binary(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

/** Small letters, of the same length: hosts and databases change the case of what they quote. */
function fold(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
