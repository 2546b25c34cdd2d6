import type { Fault } from "../gateway/faults.js";
import { inAscii, inForm, inSmallHex } from "./leaks.js";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const percent = (text: string) => encodeURIComponent(Buffer.from(text).toString());

/** The forms in which a gateway may quote what was sent. */
export const echoForms: Record<string, (secret: string) => string> = {
  plain: (secret) => secret,
  "in UTF-8": (secret) => Buffer.from(secret).toString(),
  quoted: (secret) => `"${secret}"`,
  "JSON-escaped": json,
  "JSON-escaped in ASCII": (secret) => inAscii(json(secret)),
  "JSON-escaped twice": (secret) => json(json(secret)),
  "percent-encoded": percent,
  "percent-encoded in small letters": (secret) => inSmallHex(percent(secret)),
  "percent-encoded whole": (secret) => Buffer.from(secret).toString("hex").replace(/../g, "%$&"),
  "form-encoded": inForm,
  "in base64": base64,
  "in base64url": (secret) => Buffer.from(secret).toString("base64url"),
  "in base64 at another byte": (secret) => base64(`x${secret}yz`),
  "as the password of Basic auth": (secret) => `Basic ${base64(`user:${secret}`)}`,
  "as the user of Basic auth": (secret) => `Basic ${base64(`${secret}:`)}`,
};

/** What is no secret in each of these answers. */
export const kept = { text: "what is kept", number: 31337, yes: true, no: null, list: ["kept", 7] };

const requestId = "0e1f-request-id";
const headers = { "content-type": "application/json", "x-request-id": requestId };
const refusal = (fields: object, more: Record<string, string> = {}): Fault => ({
  status: 400,
  headers: { ...headers, ...more },
  body: JSON.stringify({ error: "INVALID_CREDENTIALS", errorCode: "cn012", kept, ...fields }),
});
const inHeader = (echo: string) => echo.replace(/[^\t\x20-\x7e\xa0-\xff]/g, "?");

/** The places of an answer where a gateway may quote it. */
export const echoPlaces: Record<string, (echo: string) => Fault> = {
  "in the message": (echo) => refusal({ message: `login failed with ⟦${echo}⟧ just now` }),
  "as the code": (echo) => refusal({ error: echo, code: echo, errorCode: echo }),
  "as the reason": (echo) => refusal({ reason: echo }),
  "as the name of a property": (echo) => refusal({ details: { [echo]: { [echo]: [] } } }),
  "deep in the body": (echo) => refusal({ details: [{ at: [[echo], { value: echo }] }] }),
  "in a header": (echo) => refusal({}, { "x-echo": inHeader(echo), "set-cookie": inHeader(echo) }),
  "as the request id": (echo) => refusal({}, { "x-request-id": inHeader(echo) }),
  "in the target of a redirect": (echo) => ({
    status: 307,
    headers: { ...headers, location: inHeader(`https://other.example/${echo}?${echo}#${echo}`) },
  }),
  "in the host of a redirect": (echo) => ({
    status: 307,
    headers: { ...headers, location: inHeader(`https://${echo}.other.example/`) },
  }),
  "in the media type of a success": (echo) => ({
    status: 200,
    headers: { ...headers, "content-type": inHeader(`text/${echo}; x=${echo}`) },
    body: "{}",
  }),
  "in a page": (echo) => ({ status: 502, headers, body: `<p>${echo}</p>` }),
};
