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
  fields: PeakaErrorFields,
  retryAfterMs: number | undefined,
  redactor: Redactor,
): AnyPeakaError {
  const { target } = call.settings;
  const { problem, response } = reply;
  const status = response?.status ?? 0;
  const requestId = redactor.text(response?.headers.get("x-request-id") ?? "") || undefined;
  const body = redactor.json(reply.json);
  const explanation = explanationIn(body);
  const { code, errorCode } = explanation;
  const hint = status === 401 || status === 403 ? hintOf(target) : undefined;

  // Only the reason can quote the gateway. The rest is our own, and stays legible.
  const reason = inOneLine(reasonOf(reply, call, explanation, redactor), redactor);
  const parts = [
    headOf(call.operation, target) + reason,
    fields.outcome === "unknown" && "the change may have been applied",
    retryAfterMs !== undefined && `try again after ${Math.ceil(retryAfterMs / 1000)} s`,
    hint,
  ];
  const message = parts.filter(Boolean).join("; ");
  const cause = problem === "response" ? undefined : redactor.thrown(reply.cause);
  const all = { ...fields, cause };
  switch (problem) {
    case "key":
      return seal(new PeakaUsageError(message, all), redactor);
    case "timeout":
      return seal(
        new PeakaTimeoutError(message, { ...all, timeoutMs: call.limits.timeoutMs }),
        redactor,
      );
    case "network": {
      const systemCode = redactor.text(codeOf(reply.cause) ?? "") || undefined;
      return seal(new PeakaNetworkError(message, { ...all, code: systemCode }), redactor);
    }
    case "response":
      return seal(new PeakaResponseError(message, { ...all, status, requestId }), redactor);
    default: {
      const answer = { status, code, errorCode, requestId, retryAfterMs, body, hint };
      return seal(new PeakaApiError(message, { ...all, ...answer }), redactor);
    }
  }
}

interface Explanation {
  code: string | undefined;
  errorCode: string | undefined;
  words: string | undefined;
}

/**
 * What the answer says. The application's errors have a code in `error`, the framework's a phrase, and
 * some parts of the gateway write `code` and `reason`: what is there is taken.
 */
function explanationIn(json: unknown): Explanation {
  const { error, code, errorCode, message, reason } = Object(json) as Record<string, unknown>;
  const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
  const isCode = (value: string) => /^[A-Z][A-Z\d_]*$/.test(value);
  return {
    code: [error, code].filter(isText).find(isCode),
    errorCode: isText(errorCode) ? errorCode : undefined,
    words: [message, reason, error].filter(isText).find((words) => !isCode(words)),
  };
}

/** Why an attempt failed, in a few words, which may be the answer's. */
function reasonOf(reply: Reply, call: Call, explanation: Explanation, redactor: Redactor): string {
  const { problem, cause, sent, response, wrongKey = "" } = reply;
  const status = response?.status ? `${response.status} ` : "";
  switch (problem) {
    case "key":
      return `apiKey ${wrongKey}`;
    case "timeout":
      return `${sent ? "no answer" : "no apiKey"} within ${call.limits.timeoutMs} ms`;
    case "network":
      return `${response ? "the answer broke off" : "no answer"} (${codeOf(cause) ?? "no code"})`;
    case "response":
      return `${status}with ${(cause as Error).message}`;
    case "redirect": {
      const redirect = `redirect${targetOfRedirect(response, call.url, redactor)}`;
      if (!response?.redirected) return `${status}${redirect} refused`;
      return `the given fetch followed a ${redirect}: give one that follows none`;
    }
    default: {
      const { code, errorCode, words } = explanation;
      return (
        [response?.status, code, errorCode].filter(Boolean).join(" ") + (words ? `: ${words}` : "")
      );
    }
  }
}

/** The origin alone: the rest of a redirect's target can hold anything. */
function targetOfRedirect(response: Response | undefined, url: string, redactor: Redactor): string {
  const location = response?.redirected ? response.url : response?.headers.get("location");
  try {
    // Scrubbed first, since parsing changes the case of a host and decodes it.
    const { origin } = new URL(redactor.text(location ?? "").replaceAll(mark, "redacted"), url);
    return location && origin !== "null" ? ` to ${origin}` : "";
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
function inOneLine(reason: string, redactor: Redactor): string {
  const line = redactor.text(redactor.text(reason).replace(/[\p{Cc}\u2028\u2029]+/gu, " "));
  return line.length > longestReason ? `${line.slice(0, longestReason)}…` : line;
}

/** The stack repeats the message, and then names functions and files, where anything can stand. */
function seal<E extends Error>(error: E, redactor: Redactor): E {
  const { name, message, stack = "" } = error;
  const at = stack.indexOf(message);
  const frames = at < 0 ? stack : stack.slice(at + message.length);
  const value = `${name}: ${message}${redactor.text(frames)}`;
  return Object.defineProperty(error, "stack", { value, configurable: true, writable: true });
}
