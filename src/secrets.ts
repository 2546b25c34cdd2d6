import { undoEscapes, type Span } from "./decode.js";

/** Shorter values turn up by chance. Of these, only API keys are hidden, and only as written. */
const shortestSecret = 4;

/** How many layers of escapes are undone. */
const mostLayers = 3;

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
      // Headers and forms lose the spaces at its ends, and many a service drops a line break there.
      found.push(String(item), String(item).trim());
    }
  }
  return found.filter(({ length }) => length >= shortestSecret);
}

/**
 * Finds secrets in a text, in the forms in which gateways quote them and beneath layers of escapes:
 * from where to where they stand. They can overlap, and so can these.
 */
export function createFinder(secrets: readonly string[]) {
  const written = new Set(secrets.flatMap(writtenForms));
  const long = secrets.filter(({ length }) => length >= shortestSecret);
  const encoded = new Set(long.flatMap(base64Forms));

  function* find(text: string): Generator<Span> {
    yield* search(fold(text), written);
    yield* search(text.replaceAll("-", "+").replaceAll("_", "/"), encoded);
  }

  return function spans(given: string): Span[] {
    const found: Span[] = [];
    const seen = new Set([given]);
    const readings = [{ text: given, back: (...span: Span) => span, layers: 0 }];
    // Beneath what was found already, too: a part of a secret can be a secret.
    for (const { text, back, layers } of readings) {
      for (const span of find(text)) found.push(back(...span));
      if (layers === mostLayers) continue;
      for (const inner of undoEscapes(text)) {
        if (seen.has(inner.text)) continue;
        seen.add(inner.text);
        const outward = (...span: Span) => back(...inner.back(...span));
        readings.push({ text: inner.text, back: outward, layers: layers + 1 });
      }
    }
    return found;
  };
}

function* search(text: string, forms: Iterable<string>): Generator<Span> {
  for (const form of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      yield [at, at + form.length];
    }
  }
}

/** As it is, and escaped for JSON or for a URL. */
function writtenForms(secret: string): string[] {
  // What cannot be encoded, half of a surrogate pair, arrives as the replacement character.
  const wellFormed = secret.toWellFormed();
  const percent = encodeURIComponent(wellFormed);
  const json = JSON.stringify(secret).slice(1, -1);
  const form = percent.replaceAll("%20", "+");
  return [secret, wellFormed, json, percent, form].map(fold);
}

/** Inside a base64 text, where it can start on the first, the second or the third of three bytes. */
function base64Forms(secret: string): string[] {
  // A whole body in JSON can be in base64, and a user's password in Latin-1.
  const texts = [binary(secret), binary(JSON.stringify(secret).slice(1, -1))];
  if (/^[\0-\xff]*$/.test(secret)) texts.push(secret);
  return texts.flatMap((text) =>
    [0, 1, 2].map((offset) => {
      const bytes = "\0".repeat(offset) + text;
      const rest = bytes.length % 3;
      // The characters at the edges belong to what stands beside it as well.
      return btoa(bytes).slice(offset && offset + 1, rest ? rest - 4 : undefined);
    }),
  );
}

/** The bytes of a text, each as a character. */
function binary(text: string): string {
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** Small letters, of the same length: hosts and databases change the case of what they quote. */
function fold(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
