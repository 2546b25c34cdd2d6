import type { Operation } from "../generated/spec.js";
import type { Request } from "./request.js";

/** Shorter values turn up by chance: of these, only API keys are hidden, and only as written. */
export const shortestSecret = 4;

/** How many layers of escapes are undone. */
export const mostLayers = 4;

/** A host with or without a port, alone or in a URL, where no `@` may stand after it. */
const address =
  /^(?:((?:[a-z][a-z\d+.-]*:)+\/\/)(?:([^/?#@]*)@)?)?(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+])(?::\d+)?([/?#][^@]*)?$/i;

/** True where a property's name says that what it holds is secret. */
export function isSecretName(name: string): boolean {
  return /credential|password|secret|token|api[-_]?key/i.test(name);
}

/**
 * The strings and numbers inside the secret properties of a request. Legible stays, but for a password,
 * what is also, whole, a path parameter or a property that the spec names outside of these, and the host
 * and port of a public property.
 */
export function secretsIn({ path, query, body }: Request, operation: Operation): string[] {
  const json = body === undefined ? undefined : (JSON.parse(body) as unknown);
  const found = new Set<string>();
  const passwords = new Set<string>();
  const pending = [{ item: [query, json] as unknown, isSecret: false, into: found }];
  // What is added meanwhile is visited, too.
  for (const { item, isSecret, into } of pending) {
    if (typeof item === "string" || typeof item === "number") {
      if (isSecret) into.add(String(item));
      continue;
    }
    for (const [name, inner] of Object.entries(Object(item) as object)) {
      const isHere = isSecret || operation.secrets.includes(name) || isSecretName(name);
      const isPassword = /pass|pwd|secret|token|key/i.test(name);
      pending.push({ item: inner, isSecret: isHere, into: isPassword ? passwords : into });
    }
  }
  const valueIn = (item: unknown, name: string) => (Object(item) as Record<string, unknown>)[name];
  for (const [holder, names] of Object.entries(operation.publicProperties ?? {})) {
    for (const name of names) {
      const value = String(valueIn(valueIn(json, holder), name));
      const [isAddress, scheme, userinfo = "", rest = ""] = address.exec(value) ?? [];
      if (isAddress === undefined || (rest && !scheme) || !found.delete(value)) continue;
      // Of a URL, the rest is as secret as it was.
      const [user = "", ...password] = userinfo.split(":");
      found.add(user);
      for (const part of [userinfo, password.join(":"), rest])
        if (part !== user) passwords.add(part);
    }
  }
  const named = operation.legible.map((name) => valueIn(json, name));
  for (const value of [...Object.values(path), ...named]) found.delete(String(value));
  return [...found, ...passwords];
}

/** Patterns of a secret in every form in which it is hidden exactly. */
export function formsOf(secret: string): string[] {
  // What cannot be encoded, half of a surrogate pair, arrives as the replacement character.
  const wellFormed = secret.toWellFormed();
  const encoded = encodeURIComponent(wellFormed);
  const json = JSON.stringify(secret).slice(1, -1);
  // In capitals some letters become two, which a comparison letter by letter does not find.
  const cases = [secret.toUpperCase(), secret.toLowerCase()];
  const forms = [json, encoded, encoded.replaceAll("%20", "+"), ...cases, secret, wellFormed];
  // Who undoes escapes takes what looks like one for one.
  for (let layer = 0; layer < mostLayers; layer++) forms.push(...forms.slice(-2).map(undo));
  const long = forms.filter(({ length }) => length >= shortestSecret);
  return [...long.map(escapeRegExp), ...[secret, json].flatMap(base64Of)];
}

/** Patterns of it inside a base64 text, where it can start on the first, second or third of three bytes. */
function base64Of(secret: string): string[] {
  const utf8Bytes = encodeURIComponent(secret.toWellFormed()).replace(/%../g, unescape);
  return [0, 1, 2].map((offset) => {
    const bytes = "\0".repeat(offset) + utf8Bytes;
    const rest = bytes.length % 3;
    // The characters at the edges belong to what stands beside it as well.
    const form = btoa(bytes).slice(offset && offset + 1, rest ? rest - 4 : undefined);
    // In a URL, two of its characters are others.
    return form.replaceAll("+", "[+-]").replaceAll("/", "[/_]");
  });
}

export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** What else a text can stand for: with a layer of escapes undone, with its lines joined, decoded. */
export function readingsOf(text: string): string[] {
  // Base64 is often broken into lines, which may be indented.
  const joined = text.replace(/(?<=[\w+/-])[^\S\n\r]*[\n\r]\s*(?=[\w+/-])/g, "");
  return [undo(text), undo(text.replaceAll("+", " ")), joined, fromBase64(joined)];
}

/** Undoes JSON's escapes and percent-encoding, and reads UTF-8 that was read byte by byte. */
function undo(text: string): string {
  return text.replace(escape, unescape).replace(utf8, characterOf);
}

const escape = /\\(?:u[\da-f]{4}|["\\/bfnrt])|%[\da-f]{2}/gi;
const utf8 =
  /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|(?:[\xf0-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}/g;

function unescape(found: string): string {
  const isByte = found.startsWith("%");
  if (isByte) return String.fromCharCode(parseInt(found.slice(1), 16));
  return JSON.parse(`"${found.toLowerCase()}"`) as string;
}

/** By hand, since not every environment has a `TextDecoder`: six bits a byte, less the length in the first. */
function characterOf(bytes: string): string {
  const bits = Array.from(bytes).reduce((sum, byte) => sum * 64 + (byte.charCodeAt(0) & 63), 0);
  return String.fromCodePoint(bits & (bytes.length === 4 ? 0x1fffff : 0xffff));
}

function fromBase64(text: string): string {
  const runs = text.match(/[\w+/-]{6,}/g) ?? [];
  const decode = (run: string) => atob(run.replaceAll("-", "+").replaceAll("_", "/"));
  return runs.map((run) => decode(run.length % 4 === 1 ? run.slice(0, -1) : run)).join("\n");
}
