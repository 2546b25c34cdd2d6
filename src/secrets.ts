import type { Operation } from "../generated/spec.js";
import type { Request } from "./request.js";

/** Shorter values turn up by chance. Of these, only API keys are hidden, and only as written. */
const shortestSecret = 4;

/** How many layers of escapes are undone. */
const mostLayers = 4;

/**
 * How much is searched for the sake of one error, in characters times what is looked for. An answer made
 * of escapes can be read in so many ways that it would else keep the process busy for seconds.
 */
const mostWork = 25_000_000;

/** True where a property's name says that what it holds is secret. */
export function isSecretName(name: string): boolean {
  return /credential|password|secret|token|api[-_]?key/i.test(name);
}

/**
 * The strings and numbers inside the secret properties of a request. A value that is also, whole, a path
 * parameter or a property that the spec names outside of these stays legible, unless it is a password.
 */
export function secretsIn(
  { path, query, body }: Request,
  { secrets, legible }: Operation,
): string[] {
  const json = body === undefined ? undefined : (JSON.parse(body) as unknown);
  const found = new Set<string>();
  const passwords = new Set<string>();
  const pending: [item: unknown, isSecret: boolean, isPassword: boolean][] = [];
  pending.push([query, false, false], [json, false, false]);
  for (const [item, isSecret, isPassword] of pending) {
    if (typeof item === "object" && item) {
      for (const [name, inner] of Object.entries(item)) {
        const isHere = isSecret || secrets.includes(name) || isSecretName(name);
        pending.push([inner, isHere, isPassword || /pass|pwd|secret|token|key/i.test(name)]);
      }
    } else if (isSecret && (typeof item === "string" || typeof item === "number")) {
      (isPassword ? passwords : found).add(String(item));
    }
  }
  const named = legible.map((name) => (Object(json) as Record<string, unknown>)[name]);
  for (const value of [...Object.values(path), ...named]) found.delete(String(value));
  // Headers and forms lose the spaces at its ends, and many a service drops a line break there.
  const all = [...found, ...passwords].flatMap((secret) => [secret, secret.trim()]);
  return all.filter(({ length }) => length >= shortestSecret);
}

interface Hider {
  readonly hide: (text: string) => string;
  readonly isExhausted: () => boolean;
}

/** Hides secrets in texts, until it has searched as much as it may: then it hides each text whole. */
export function createHider(secrets: readonly string[], mark: string): Hider {
  const long = secrets.filter(({ length }) => length >= shortestSecret);
  const short = secrets.filter(({ length }) => length < shortestSecret);
  const forms = long.flatMap((secret) => [...writtenForms(secret), ...base64Forms(secret)]);
  const written = patternOf([escapeRegExp(mark), ...forms]);
  const asGiven = patternOf([mark, ...short].map(escapeRegExp));
  const beneath = patternOf(forms);
  // A part of a secret can be a secret: hiding it first would leave the rest of the whole.
  const wholes = long.filter((secret) =>
    long.some((part) => part.length < secret.length && secret.includes(part)),
  );
  const whole = wholes.length > 0 ? createHider(wholes, mark) : undefined;
  let left = mostWork;

  /** The text with a mark in place of each secret; the mark alone where one stands beneath escapes. */
  function hide(text: string): string {
    if (!mayRead(text) || whole?.hide(text) === mark) return mark;
    const clean = replace(text, written);
    if (conceals(clean.replaceAll(mark, "\0"), mostLayers)) return mark;
    return short.length > 0 ? replace(clean, asGiven) : clean;
  }

  function replace(text: string, pattern: RegExp): string {
    let clean = "";
    let end = 0;
    for (const { index, 1: form = "" } of text.matchAll(pattern)) {
      // What overlaps or touches the one before is part of the same mark.
      if (index > end || clean === "") clean += text.slice(end, index) + mark;
      end = Math.max(end, index + form.length);
    }
    return clean + text.slice(end);
  }

  function conceals(text: string, layers: number): boolean {
    for (const reading of layers > 0 ? readingsOf(text) : []) {
      const isHit = !mayRead(reading) || reading.search(beneath) >= 0;
      if (isHit || conceals(reading, layers - 1)) return true;
    }
    return false;
  }

  function mayRead({ length }: string): boolean {
    left -= length * (1 + forms.length);
    return left >= 0;
  }

  return { hide, isExhausted: () => left < 0 };
}

/** Finds each place where one of these begins, also inside of another, and the longest of them there. */
function patternOf(forms: readonly string[]): RegExp {
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  // Hosts and databases change the case of what they quote. An empty set matches nothing.
  return new RegExp(`(?=(${longestFirst.join("|") || "(?!)"}))`, "gi");
}

/** As it is, escaped for JSON, for a URL and for a form, and as it is misread. */
function writtenForms(secret: string): string[] {
  // What cannot be encoded, half of a surrogate pair, arrives as the replacement character.
  const wellFormed = secret.toWellFormed();
  const percent = encodeURIComponent(wellFormed);
  const json = JSON.stringify(secret).slice(1, -1);
  const forms = [secret, wellFormed, json, percent, percent.replaceAll("%20", "+")];
  // In capitals some letters become two, which a comparison letter by letter does not find.
  forms.push(
    ...[secret.toUpperCase(), secret.toLowerCase()].filter((form) => form.length !== secret.length),
  );
  // Who undoes escapes takes what looks like one for one.
  for (let form = secret, layer = 0; layer < mostLayers; layer++) forms.push((form = undo(form)));
  return forms.filter(({ length }) => length >= shortestSecret).map(escapeRegExp);
}

/** Inside a base64 text, where it can start on the first, the second or the third of three bytes. */
function base64Forms(secret: string): string[] {
  return [secret, JSON.stringify(secret).slice(1, -1)].flatMap((text) =>
    [0, 1, 2].map((offset) => {
      const utf8 = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
      const bytes = "\0".repeat(offset) + utf8.join("");
      const rest = bytes.length % 3;
      // The characters at the edges belong to what stands beside it as well.
      const form = btoa(bytes).slice(offset && offset + 1, rest ? rest - 4 : undefined);
      // In a URL, two of its characters are others.
      return form.replaceAll("+", "[+-]").replaceAll("/", "[/_]");
    }),
  );
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** What else a text can stand for: with a layer of escapes undone, with its lines joined, decoded. */
function readingsOf(text: string): Set<string> {
  // Base64 is often broken into lines, which may be indented.
  const joined = text.replace(/(?<=[\w+/-])\s+(?=[\w+/-])/g, (gap) =>
    /\n|\r/.test(gap) ? "" : gap,
  );
  const readings = new Set([
    undo(text),
    undo(text.replaceAll("+", " ")),
    joined,
    fromBase64(joined),
  ]);
  readings.delete(text);
  return readings;
}

/** Undoes JSON's escapes and percent-encoding, and reads what came byte by byte. */
function undo(text: string): string {
  const escapes = /\\(?:u[\da-f]{4}|["\\/bfnrt])|(?:%[\da-f]{2})+|[\x80-\xff]{2,}/gi;
  return text.replace(escapes, (found) => {
    if (found.startsWith("\\")) return JSON.parse(`"${found.toLowerCase()}"`) as string;
    const codes = found.startsWith("%")
      ? found
          .slice(1)
          .split("%")
          .map((byte) => parseInt(byte, 16))
      : Array.from(found, (character) => character.charCodeAt(0));
    try {
      const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      return utf8.decode(Uint8Array.from(codes));
    } catch {
      // It is no UTF-8, so it is Latin-1.
      return codes.map((code) => String.fromCharCode(code)).join("");
    }
  });
}

function fromBase64(text: string): string {
  const runs = text.match(/[\w+/-]{6,}/g) ?? [];
  const decode = (run: string) => atob(run.replaceAll("-", "+").replaceAll("_", "/"));
  return runs.map((run) => decode(run.length % 4 === 1 ? run.slice(0, -1) : run)).join("\n");
}
