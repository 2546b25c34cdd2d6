import fc from "fast-check";
import { inAscii, inForm, inLines, inSmallHex, percent } from "./secret-forms.js";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const wholly = (text: string) => Buffer.from(text).toString("hex").replace(/../g, "%$&");

/** The ways in which a gateway may escape what it quotes, and any text that quotes it. */
export const escapes: Record<string, (text: string) => string> = {
  "JSON-escaped": json,
  "JSON-escaped in ASCII": (text) => inAscii(json(text)),
  "percent-encoded": percent,
  "percent-encoded in small letters": (text) => inSmallHex(percent(text)),
  "percent-encoded as a URL": (text) => encodeURI(Buffer.from(text).toString()),
  "percent-encoded whole": wholly,
  "form-encoded": inForm,
};

/** The forms in which a gateway may quote what was sent. */
export const echoForms: Record<string, (secret: string) => string> = {
  plain: (secret) => secret,
  "in UTF-8": (secret) => Buffer.from(secret).toString(),
  "in capitals": (secret) => secret.replace(/[a-z]+/g, (small) => small.toUpperCase()),
  quoted: (secret) => `"${secret}"`,
  trimmed: (secret) => (secret.trim().length < 4 ? secret : secret.trim()),
  ...escapes,
  "JSON-escaped twice": (secret) => json(json(secret)),
  "in base64": base64,
  "in base64url": (secret) => Buffer.from(secret).toString("base64url"),
  "in base64 at another byte": (secret) => base64(`x${secret}yz`),
  "in base64 in lines": (secret) => inLines(base64(secret)),
  "JSON-escaped in base64": (secret) => base64(JSON.stringify({ secret })),
  "as the password of Basic auth": (secret) => `Basic ${base64(`user:${secret}`)}`,
  "as the user of Basic auth": (secret) => `Basic ${base64(`${secret}:`)}`,
  "as the user of Basic auth in Latin-1": (secret) =>
    `Basic ${/^[\0-\xff]*$/.test(secret) ? btoa(`${secret}:`) : base64(`${secret}:`)}`,
};

/** How a gateway quotes a secret: in a form, and all of that escaped once more. */
export interface Quote {
  readonly form: string;
  readonly escape: string | null;
}

export const arbitraryQuote: fc.Arbitrary<Quote> = fc.record({
  form: fc.constantFrom(...Object.keys(echoForms)),
  escape: fc.option(fc.constantFrom(...Object.keys(escapes)), { freq: 2 }),
});

/** The secret as it is quoted so. A key of three characters is hidden only as it is written. */
export function echoOf(secret: string, { form, escape }: Quote): string {
  if (secret.length < 4) return secret;
  const echo = echoForms[form]?.(secret) ?? "";
  return escape === null ? echo : (escapes[escape]?.(echo) ?? "");
}

/** True where a quote begins and ends with the secret, and with nothing of its own or its neighbours. */
export function isBare({ form }: Quote): boolean {
  return !/base64|Basic|quoted/.test(form);
}

/** What is no secret in the answers that quote some. */
export const kept = { text: "what is kept", number: 31337, yes: true, no: null, list: ["kept", 7] };
