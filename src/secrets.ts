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

/** The forms in which gateways quote a secret: as it is, escaped for JSON or a URL, in base64. */
export function formsOf(secret: string): string[] {
  // What cannot be encoded, half of a surrogate pair, arrives as the replacement character.
  const wellFormed = new TextDecoder().decode(new TextEncoder().encode(secret));
  const percent = encodeURIComponent(wellFormed);
  const json = JSON.stringify(secret).slice(1, -1);
  const forms = [secret, wellFormed, json, percent, percent.replaceAll("%20", "+")];
  // In base64, it can start on the first, the second or the third of three bytes.
  for (let offset = 0; offset < 3 && secret.length >= shortestSecret; offset++) {
    const bytes = new TextEncoder().encode("\0".repeat(offset) + secret);
    const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    const rest = bytes.length % 3;
    // The characters at the edges belong to what stands beside it as well.
    const core = base64.slice(offset && offset + 1, rest ? rest - 4 : undefined);
    forms.push(core, core.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return forms;
}
