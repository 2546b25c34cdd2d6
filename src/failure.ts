import { zones } from "../generated/spec.js";
import type { Answer } from "./answer.js";
import type { AttemptResult, Call } from "./attempt.js";
import { PeakaAbortError, PeakaApiError, PeakaNetworkError, PeakaResponseError } from "./errors.js";
import { PeakaTimeoutError, PeakaUsageError, toOneLine } from "./errors.js";
import type { AnyPeakaError, PeakaErrorFields } from "./errors.js";
import type { Settings } from "./options.js";
import { chainOf } from "./outcome.js";
import { mark, type Redactor } from "./redact.js";
import { retryAfterMs } from "./retry.js";

/** Gateways quote whole documents; a log line needs the start of one. */
const longestReason = 500;

/** How the messages of a call begin. */
export function prefixOf({ method, path }: Call["operation"], { label }: Settings): string {
  return `${method} ${path} (${label}): `;
}

/** The error that says how an attempt failed, with no secret in anything that it holds. */
export function errorOf(
  result: AttemptResult,
  { operation, client, limits }: Call,
  fields: PeakaErrorFields,
  redactor: Redactor,
): AnyPeakaError {
  const { failure, isSent, detail = "", answer, timeoutMs } = result;
  const abortReason: unknown = limits.signal?.reason;
  const cause = failure === "aborted" ? abortReason : redactor.cause(result.cause);
  const ofAnswer = { ...fields, status: answer?.status, requestId: requestIdOf(answer, redactor) };
  const doubt = fields.outcome === "unknown" && "the change may have been applied";
  // Only the reason can quote the gateway. The rest is our own, and stays legible.
  const messageOf = (reason: string, ...more: unknown[]) => {
    const line = inOneLine(reason, redactor);
    // Past the budget of work all text is hidden, but the status is told.
    const shown = redactor.isExhausted() ? String(answer?.status ?? line) : line;
    return [prefixOf(operation, client) + shown, doubt, ...more].filter(Boolean).join("; ");
  };
  const create = () => {
    if (failure === "aborted")
      return new PeakaAbortError(messageOf("aborted by the caller's signal"), { ...fields, cause });
    if (failure === "usage") return new PeakaUsageError(messageOf(detail), { ...fields, cause });
    if (failure === "timeout") {
      const message = messageOf(`no ${isSent ? "answer" : "apiKey"} within ${timeoutMs} ms`);
      return new PeakaTimeoutError(message, { ...fields, timeoutMs });
    }
    if (failure === "network") {
      const thrown = chainOf(result.cause).find(({ code }) => code);
      const code = redactor.text(thrown?.code ?? "") || undefined;
      const message = answer ? "the answer broke off" : "no answer";
      const withCode = messageOf(code ? `${message} (${code})` : message);
      return new PeakaNetworkError(withCode, { ...fields, code, cause });
    }
    const { status } = ofAnswer;
    if (failure === "response")
      return new PeakaResponseError(messageOf(`${status} with ${redactor.text(detail)}`), ofAnswer);
    const { words, hint, ...refusal } = refusalIn(answer as Answer, client, redactor);
    const { retryAfterMs: waitMs } = refusal;
    const advice = waitMs !== undefined && `try again after ${Math.ceil(waitMs / 1000)} s`;
    return new PeakaApiError(messageOf(words, advice, hint), { ...ofAnswer, ...refusal, hint });
  };
  return withCleanStack(create(), redactor);
}

/** What an answer that is no success says, and in a few words. */
function refusalIn(answer: Answer, { zone, label, baseUrl }: Settings, redactor: Redactor) {
  const { status, isRedirect, isFollowed, headers, content } = answer;
  const body = redactor.json(content);
  const { code, errorCode, reason } = explanationIn(body);
  const end = isFollowed ? "followed by fetch" : "refused";
  const redirect = isRedirect && `redirect${originOf(answer, baseUrl, redactor)} ${end}`;
  // A browser gives 0 for the status of a redirect that it was told not to follow.
  const summary = [status, code, errorCode, redirect].filter(Boolean).join(" ");
  const words = reason ? `${summary}: ${reason}` : summary;
  // A number can be a secret, too.
  const header = headers.get("retry-after") ?? "";
  const waitMs = redactor.text(header) === header ? retryAfterMs(answer) : undefined;
  const others = Object.keys(zones).filter((name) => zone && name !== zone);
  const elsewhere = others.length > 0 ? `to another zone (${others.join(", ")})` : "elsewhere";
  const hint =
    !isRedirect && [401, 403, 404].includes(status)
      ? `the call went to ${label}: the key or the project may belong ${elsewhere}`
      : undefined;
  return { words, code, errorCode, retryAfterMs: waitMs, body, hint };
}

/** The answer's `x-request-id`. */
export function requestIdOf(answer: Answer | undefined, { text }: Redactor): string | undefined {
  return text(answer?.headers.get("x-request-id") ?? "") || undefined;
}

/**
 * What the answer says. The application's errors have a code in `error`, the framework's a phrase, some
 * parts of the gateway write `code` and `reason`, others `title` and `detail` (RFC 9457) or lists: what is
 * there is taken.
 */
function explanationIn(json: unknown) {
  const fields = Object(json) as Record<string, unknown>;
  const texts = (...names: string[]) => names.map((name) => wordsIn(fields[name])).filter(Boolean);
  const codes = texts("error", "code");
  const code = codes.find((word) => /^[A-Z][A-Z\d_]*$/.test(word));
  const phrases = codes.filter((word) => word !== code);
  const problem = texts("title", "detail").join(": ");
  const reasons = [...texts("message", "reason"), problem, ...phrases, ...texts("errors")];
  return { code, errorCode: texts("errorCode")[0], reason: reasons.find(Boolean) };
}

/** The text of a value; of a list or an object what its items or its usual names say. */
function wordsIn(value: unknown, depth = 0): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null || depth > 3) return "";
  const { message, detail, title } = value as Record<string, unknown>;
  const items = Array.isArray(value) ? (value as unknown[]) : [message ?? detail ?? title];
  const words = items.map((item) => wordsIn(item, depth + 1));
  return words.filter(Boolean).join("; ");
}

/** The origin alone: the rest of a redirect's target can hold anything. */
function originOf({ location }: Answer, baseUrl: string, { text }: Redactor): string {
  // Scrubbed first, since parsing drops tabs and line breaks, decodes a host and changes its case.
  const safe = text(text(location).replace(/[\t\r\n]/g, ""));
  const target = safe === mark ? "" : safe.replaceAll(mark, "redacted");
  const { origin } = new URL(URL.canParse(target, baseUrl) ? target : "about:", baseUrl);
  return target && origin !== "null" ? ` to ${origin}` : "";
}

/** Scrubbed again after it is one line, for a line break can part a secret. */
function inOneLine(reason: string, { text }: Redactor): string {
  // What comes in was scrubbed but for a few words, so cutting it here parts no secret.
  const start = text(reason.slice(0, 4 * longestReason));
  const line = text(toOneLine(start));
  return line.length > longestReason ? `${line.slice(0, longestReason).toWellFormed()}…` : line;
}

/** The stack repeats the message, and then names functions and files, where anything can stand. */
function withCleanStack<E extends Error>(error: E, { text }: Redactor): E {
  const { name, message } = error;
  // Error.prepareStackTrace can make anything of it.
  const stack = typeof error.stack === "string" ? error.stack : "";
  const at = stack.indexOf(message);
  const value = `${name}: ${message}${text(at < 0 ? stack : stack.slice(at + message.length))}`;
  return Object.defineProperty(error, "stack", { value, configurable: true, writable: true });
}
