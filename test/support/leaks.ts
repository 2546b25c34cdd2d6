import { reach } from "./reach.js";

const mark = "[redacted]";

/**
 * Where a secret can be reached from a value, and in which form; empty where none can. The marker does
 * not count, nor does what `twin` holds: the same failure with other secrets, so all that it shows is
 * the facade's own words.
 */
export function leaksIn(root: unknown, secrets: readonly string[], twin?: unknown): string[] {
  const own = twin === undefined ? [] : reach(twin).map(({ text }) => withoutMark(text));
  // By its text, since most forms of a plain secret are the same.
  const forms = new Map<string, string>();
  for (const secret of secrets) {
    for (const [name, form] of Object.entries(formsOf(secret)).reverse()) forms.set(form, name);
  }
  const searched = [...forms].filter(([form]) => !own.some((text) => text.includes(form)));
  return reach(root).flatMap(({ path, text }) => {
    const rest = withoutMark(text);
    return searched
      .filter(([form]) => rest.includes(form))
      .map(([form, name]) => `${path}: ${name} ${JSON.stringify(form)}`);
  });
}

function withoutMark(text: string): string {
  return text.replaceAll(mark, "\uE000");
}

/** The forms in which a secret must not be seen, by name. */
export function formsOf(secret: string): Record<string, string> {
  if (secret.length < 4) return { plain: secret };
  const wellFormed = Buffer.from(secret).toString();
  const json = JSON.stringify(secret).slice(1, -1);
  const percent = encodeURIComponent(wellFormed);
  return {
    plain: secret,
    "well-formed": wellFormed,
    "JSON-escaped": json,
    "JSON-escaped in ASCII": inAscii(json),
    "JSON-escaped twice": JSON.stringify(json).slice(1, -1),
    "percent-encoded": percent,
    "percent-encoded in small letters": inSmallHex(percent),
    "percent-encoded whole": Buffer.from(secret).toString("hex").replace(/../g, "%$&"),
    "form-encoded": inForm(wellFormed),
    ...base64Of(secret, "base64"),
    ...base64Of(secret, "base64url"),
  };
}

/** With `\u` for all that is not ASCII, as many servers write JSON. */
export function inAscii(json: string): string {
  return json.replace(
    /[^\0-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export function inSmallHex(percent: string): string {
  return percent.replace(/%../g, (byte) => byte.toLowerCase());
}

export function inForm(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}

/** What stays the same wherever in a longer text the secret stands: the characters of its bits alone. */
function base64Of(secret: string, encoding: "base64" | "base64url"): Record<string, string> {
  const forms: Record<string, string> = {};
  for (const offset of [0, 1, 2]) {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    const start = Math.ceil((offset * 8) / 6);
    const end = Math.floor((bytes.length * 8) / 6);
    forms[`${encoding} at ${offset}`] = bytes.toString(encoding).slice(start, end);
  }
  return forms;
}
