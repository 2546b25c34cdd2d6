import { zones } from "../generated/spec.js";
import { PeakaApiError, PeakaNetworkError, PeakaResponseError } from "./errors.js";
import { PeakaTimeoutError, PeakaUsageError } from "./errors.js";
import type { AnyPeakaError, PeakaErrorFields } from "./errors.js";
import { codeOf } from "./outcome.js";
import { mark, type Redactor } from "./redact.js";
import type { Call, Reply } from "./transport.js";
import type { Target } from "./zone.js";

/** Gateways quote whole documents; a log line needs the start of one. */
const longestReason = 500;

/** How the messages of a call begin. */
export function headOf({ method, path }: Call["operation"], { label }: Target): string {
  return `${method} ${path} (${label}): `;
}

/** The error that says how an attempt failed, with no secret in anything that it holds. */
export function errorOf(
  reply: Reply,
  call: Call,
  told: PeakaErrorFields,
  retryAfterMs: number | undefined,
  redactor: Redactor,
): AnyPeakaError {
  const asked = reply.response?.headers.get("retry-after") ?? "";
  // A number can be a secret, too.
  if (redactor.text(asked) !== asked) retryAfterMs = undefined;
  const [Class, reason, carried] = diagnose(reply, call, retryAfterMs, redactor);
  // Only the reason can quote the gateway. The rest is our own, and stays legible.
  const parts = [
    headOf(call.operation, call.settings.target) + inOneLine(reason, redactor),
    told.outcome === "unknown" && "the change may have been applied",
    retryAfterMs !== undefined && `try again after ${Math.ceil(retryAfterMs / 1000)} s`,
    carried.hint,
  ];
  const fields = { ...told, cause: redactor.value(reply.cause), ...carried };
  return seal(new Class(parts.filter(Boolean).join("; "), fields), redactor);
}

/** Which error it is, the reason in a few words, which may be the answer's, and what it carries. */
function diagnose(
  reply: Reply,
  { settings, limits: { timeoutMs }, url }: Call,
  retryAfterMs: number | undefined,
  { text, value }: Redactor,
): [
  new (message: string, fields: PeakaErrorFields) => AnyPeakaError,
  string,
  Record<string, unknown>,
] {
  const { problem, detail, sent, response } = reply;
  const status = response?.status;
  const requestId = text(response?.headers.get("x-request-id") ?? "") || undefined;
  if (problem === "key") return [PeakaUsageError, `apiKey ${detail}`, {}];
  if (problem === "timeout") {
    const missing = sent ? "answer" : "apiKey";
    return [PeakaTimeoutError, `no ${missing} within ${timeoutMs} ms`, { timeoutMs }];
  }
  if (problem === "network") {
    const code = text(codeOf(reply.cause) ?? "") || undefined;
    const reason = response ? "the answer broke off" : "no answer";
    return [PeakaNetworkError, code ? `${reason} (${code})` : reason, { code }];
  }
  if (problem === "response") {
    return [PeakaResponseError, `${status} with ${detail}`, { status, requestId }];
  }
  const body = value(reply.json);
  const { code, errorCode, words } = explanationIn(body);
  const isRedirect = problem === "redirect";
  const isDenied = !isRedirect && (status === 401 || status === 403);
  const hint = isDenied ? hintOf(settings.target) : undefined;
  // A browser gives 0 for the status of a redirect that it was told not to follow.
  const facts = [status, code, errorCode, isRedirect && redirectIn(response, url, text)];
  const reason = facts.filter(Boolean).join(" ") + (words ? `: ${words}` : "");
  const carried = { status, code, errorCode, requestId, retryAfterMs, body, hint };
  return [PeakaApiError, reason, carried];
}

/**
 * What the answer says. The application's errors have a code in `error`, the framework's a phrase, and
 * some parts of the gateway write `code` and `reason`: what is there is taken.
 */
function explanationIn(json: unknown) {
  const fields = Object(json) as Record<string, unknown>;
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : "");
  const said = [text("error"), text("code")];
  const code = said.find((word) => /^[A-Z][A-Z\d_]*$/.test(word));
  const phrase = said.find((word) => word && word !== code);
  const words = text("message") || text("reason") || phrase;
  return { code, errorCode: text("errorCode") || undefined, words };
}

function redirectIn(response: Response | undefined, url: string, text: Redactor["text"]): string {
  const isFollowed = response?.redirected;
  const location = isFollowed ? response.url : response?.headers.get("location");
  const to = originOf(location ?? "", url, text);
  return isFollowed ? `fetch followed a redirect${to}` : `redirect${to} refused`;
}

/** The origin alone: the rest of a redirect's target can hold anything. */
function originOf(location: string, url: string, text: Redactor["text"]): string {
  // Scrubbed first, since parsing drops tabs and line breaks, decodes a host and changes its case.
  const safe = text(text(location).replace(/[\t\r\n]/g, ""));
  try {
    const { origin } = new URL(safe.replaceAll(mark, "redacted"), url);
    return safe && safe !== mark && origin !== "null" ? ` to ${origin}` : "";
  } catch {
    return "";
  }
}

function hintOf({ zone, label }: Target): string {
  const others = Object.keys(zones).filter((name) => name !== zone);
  const elsewhere =
    zone && others.length > 0 ? `to another zone (${others.join(", ")})` : "elsewhere";
  return `the call went to ${label}: the key or the project may belong ${elsewhere}`;
}

/** A line break in a log forges an entry. Scrubbed again after, for one can part a secret. */
function inOneLine(reason: string, { text }: Redactor): string {
  const line = text(text(reason).replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]+/g, " "));
  return line.length > longestReason ? `${line.slice(0, longestReason).toWellFormed()}…` : line;
}

/** The stack repeats the message, and then names functions and files, where anything can stand. */
function seal<E extends Error>(error: E, { text }: Redactor): E {
  const { name, message } = error;
  // Error.prepareStackTrace can make anything of it.
  const stack = typeof error.stack === "string" ? error.stack : "";
  const at = stack.indexOf(message);
  const value = `${name}: ${message}${text(at < 0 ? stack : stack.slice(at + message.length))}`;
  return Object.defineProperty(error, "stack", { value, configurable: true, writable: true });
}
