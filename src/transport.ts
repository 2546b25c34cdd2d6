import type { Operation } from "../generated/spec.js";
import { onAbort } from "./abort.js";
import { AnswerError, expectJson, explanation, readText } from "./answer.js";
import { headersOf, problemOfKey } from "./auth.js";
import type { ApiKey, Limits, Settings } from "./options.js";

/** One call, checked and ready but for the API key. */
export interface Call {
  readonly operation: Operation;
  readonly settings: Settings;
  readonly limits: Limits;
  readonly url: string;
  readonly body: string | undefined;
}

/** How one attempt ended. What it holds is as it came: nothing here is scrubbed. */
export interface Reply {
  /** Why it failed, from an API key that is missing to a 2xx that the spec does not promise. */
  problem?: "key" | "network" | "timeout" | "aborted" | "redirect" | "status" | "response";
  /** The problem with a key or a response, in words. */
  detail?: string;
  /** What was thrown, where something was. */
  cause?: unknown;
  /** The API key that was used. */
  key?: string;
  /** True once `fetch` was called. */
  sent: boolean;
  /** The answer, once its headers came. */
  response?: Response;
  /** The answer's JSON, where it could be read. */
  json?: unknown;
}

/** Makes one attempt. It never rejects, and leaves no timer, listener or open stream behind. */
export function attempt(call: Call): Promise<Reply> {
  return new Promise((resolve) => {
    const reply: Reply = { sent: false };
    const controller = new AbortController();
    const { signal } = controller;
    let stopReading: (() => void) | undefined;

    const finish = () => {
      clearTimeout(timer);
      release();
      resolve(reply);
    };
    // Not every transport heeds the signal, so the race is run here.
    const cut = (problem: "timeout" | "aborted") => {
      // Where a status came that decides, it is no matter that its explanation did not.
      if (problem === "aborted" || !reply.problem) reply.problem = problem;
      finish();
      controller.abort();
      stopReading?.();
    };
    const timer = setTimeout(cut, call.limits.timeoutMs, "timeout");
    const release = onAbort(call.limits.signal, () => {
      cut("aborted");
    });
    const fail = (cause: unknown) => {
      if (cause instanceof AnswerError) {
        reply.problem ??= "response";
        reply.detail = cause.message;
      } else if (!signal.aborted && !reply.problem) {
        Object.assign(reply, { problem: "network", cause });
      }
      finish();
    };
    exchange(call, reply, signal, (stop) => (stopReading = stop)).then(finish, fail);
  });
}

/** Fills in the reply step by step, and no more once the signal has aborted. */
async function exchange(
  { operation, settings: { apiKey, fetch }, url, body }: Call,
  reply: Reply,
  signal: AbortSignal,
  onReading: (stop: () => void) => void,
): Promise<void> {
  const asked = typeof apiKey === "string" ? { key: apiKey } : await askForKey(apiKey);
  signal.throwIfAborted();
  Object.assign(reply, asked);
  if (reply.key === undefined) return;

  reply.sent = true;
  const headers = headersOf(operation, body, reply.key);
  // Where a connection breaks that they kept, Deno and Bun send the request again and tell nobody:
  // the outcome would be that of the second. A connection of its own is not tried twice.
  if ("Deno" in globalThis || "Bun" in globalThis) headers.connection = "close";
  const init: RequestInit = { method: operation.method, headers, redirect: "manual", signal };
  if (body !== undefined) init.body = body;
  const response = await fetch(url, init);
  const { status, type, redirected, headers: answered } = response;
  const isRedirect = (status >= 300 && status < 400) || type === "opaqueredirect" || redirected;
  const isStatus = Number.isInteger(status) && (status >= 200 || isRedirect);
  const isResponse = isStatus && typeof (answered as Headers | undefined)?.get === "function";
  if (!isResponse) throw new TypeError("fetch must give a Response, with a status and headers");
  const isSuccess = !isRedirect && status >= 200 && status < 300;
  if (!signal.aborted) {
    reply.response = response;
    if (!isSuccess) reply.problem = isRedirect ? "redirect" : "status";
  }
  if (signal.aborted || isRedirect || (isSuccess && operation.success.kinds.length === 0)) {
    void response.body?.cancel().catch(() => undefined);
    return;
  }
  const text = await readText(response, onReading);
  signal.throwIfAborted();
  reply.json = isSuccess ? expectJson(operation.success, response, text) : explanation(text);
}

async function askForKey(apiKey: Exclude<ApiKey, string>): Promise<Partial<Reply>> {
  try {
    const key: unknown = await apiKey();
    const detail = problemOfKey(key);
    return detail ? { problem: "key", detail } : { key: key as string };
  } catch (cause) {
    return { problem: "key", detail: "was not given: the function for it threw", cause };
  }
}
