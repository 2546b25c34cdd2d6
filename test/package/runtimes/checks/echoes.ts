import { apiKey, token } from "../check.js";

/** Forms in which a gateway may quote a secret. */
export const echoes = [apiKey, token].flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams({ secret }).toString(),
  JSON.stringify(secret).slice(1, -1),
  base64(secret),
  base64(`user:${secret}`),
]);

/** A form of a secret that stands in a text, if one does. */
export function leakIn(text: string): string | undefined {
  return echoes.find((echo) => text.toLowerCase().includes(echo.toLowerCase()));
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
