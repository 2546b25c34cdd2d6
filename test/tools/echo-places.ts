import type { EchoAnswer } from "./echo-server.js";
import fc from "fast-check";
import { arbitrarySecrets, type Secrets } from "./arbitrary-secrets.js";
import { arbitraryQuote, kept } from "./echoes.js";
import { inAscii, percent } from "./secret-forms.js";

type Place = (echoes: string[]) => EchoAnswer;

const headers = {
  "content-type": "application/json",
  "x-request-id": "0e1f-request-id",
  "x-kept": kept.text,
};

/** In brackets, which show if anything of it stays: see `remainsAmong`. */
const marked = (echoes: string[]) => echoes.map((echo) => `⟦${echo}⟧`).join(" | ");
const markedInHeader = (echoes: string[]) =>
  echoes.map((echo) => `<[${fitForHeader(echo)}]>`).join(" | ");

/** A header holds no line break: what has one is percent-encoded by any gateway. */
function fitForHeader(echo: string): string {
  return /[^\P{Cc}\t\x80-\x9f]/u.test(echo) ? percent(echo) : echo;
}

/** Each by itself: a half of a surrogate pair at its end and one at the start of the next are none. */
const wellFormed = (echo: string) => Buffer.from(echo).toString();

const refusal = (status: number, fields: object, more: Record<string, string> = {}) => ({
  status,
  headers: { ...headers, ...more },
  body: JSON.stringify({ error: "INVALID_CREDENTIALS", errorCode: "cn012", kept, ...fields }),
});
const inBody =
  (status: number, fieldsWith: (echo: string) => object): Place =>
  (echoes) =>
    refusal(status, fieldsWith(marked(echoes)));
const inHeaders =
  (status: number, headersWith: (echo: string) => Record<string, string>): Place =>
  (echoes) =>
    refusal(status, { message: "no" }, headersWith(markedInHeader(echoes)));
const redirectTo =
  (location: (echo: string) => string): Place =>
  (echoes) => {
    const target = location(echoes.map(wellFormed).map(fitForHeader).join(""));
    return { status: 307, headers: { ...headers, location: target } };
  };

/** The places of an answer where a gateway may quote a secret: first in its JSON, then outside of it. */
const places: Record<string, Place> = {
  "in the message": inBody(400, (echo) => ({ message: `login failed with ${echo} just now` })),
  "as the code": inBody(401, (echo) => ({ error: echo, code: echo, errorCode: echo })),
  "as the phrase": inBody(503, (echo) => ({ error: `Bad Request: ${echo}` })),
  "as the reason": inBody(403, (echo) => ({ reason: echo })),
  "as the name of a property": inBody(422, (echo) => ({ details: { [echo]: { [echo]: [] } } })),
  "deep in the body": inBody(500, (echo) => ({ details: [{ at: [[echo], { value: echo }] }] })),
  "as each of its fields": (echoes) =>
    refusal(400, Object.fromEntries(echoes.map((echo, index) => [index, marked([echo])]))),
  "in a header": inHeaders(400, (echo) => ({ "x-echo": echo, "set-cookie": echo, server: echo })),
  "in a header's name": (echoes) => {
    const names = echoes.map((echo) => `x-${echo.replace(/[^!#$%&'*+.^`|~\w-]/g, "-")}`);
    return refusal(400, {}, Object.fromEntries(names.map((name) => [name, "1"])));
  },
  "as the request id": inHeaders(400, (echo) => ({ "x-request-id": echo })),
  "as the time to wait": (echoes) => {
    const number = echoes.find((echo) => /^\d+$/.test(echo));
    return refusal(429, { message: "no" }, { "retry-after": number ?? markedInHeader(echoes) });
  },
  "in the headers of a success": (echoes) => ({
    ...inHeaders(200, (echo) => ({ "x-echo": echo, "x-request-id": echo }))(echoes),
    body: "{}",
  }),
  "in the media type of a success": inHeaders(200, (echo) => ({ "content-type": `text/${echo}` })),
  "in the words of the status": (echoes) => ({
    ...refusal(400, { message: "no" }),
    phrase: markedInHeader(echoes),
  }),
  "in the host of a redirect": redirectTo((echo) => `https://${echo}.other.example/`),
  "in the path of a redirect": redirectTo((echo) => `https://other.example/a/${echo}/b`),
  "in the query of a redirect": redirectTo((echo) => `https://other.example/?a=${echo}&b#${echo}`),
  "as the user of a redirect": redirectTo((echo) => `https://${echo}:${echo}@other.example/`),
  "in a redirect that is no URL": redirectTo((echo) => `http://[${echo}`),
  "in a page": (echoes) => ({ status: 502, headers, body: `<p>${marked(echoes)}</p>` }),
  "in what is no HTTP": (echoes) => ({ bytes: `HTTP/1.1 400 No\r\nx\0y: 1\r\n${marked(echoes)}` }),
};

/** Of these, the ones of which nothing can be reached, whatever it is. */
export const deafPlaces = ["in the words of the status", "in a page"];

export const placeNames = Object.keys(places);

/** The answer that quotes so in this place. */
export function answerWith(echoes: string[], place: string): EchoAnswer {
  return places[place]?.(echoes) ?? { bytes: "" };
}

/** Some secrets, in any form and in any place. */
export const arbitraryEcho = fc.record({
  given: arbitrarySecrets,
  quote: arbitraryQuote,
  place: fc.constantFrom(...placeNames),
});

/** An answer that sends the whole request back, in every way at once. */
export function wholeRequest({ key, credential }: Secrets): EchoAnswer {
  const body = JSON.stringify({ credential });
  return refusal(
    400,
    {
      message: `cannot read ${body}`,
      reason: JSON.stringify(body),
      request: { headers: { authorization: `Bearer ${key}` }, body: { credential } },
      form: new URLSearchParams({ key, body }).toString(),
      bytes: Buffer.from(body).toString("base64"),
    },
    { "x-request-body": inAscii(body), "www-authenticate": `Bearer ${key}` },
  );
}
