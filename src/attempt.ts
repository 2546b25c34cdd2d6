import { auth, type Operation } from "../generated/spec.js";
import { onAbort } from "./abort.js";
import { answerOf, dismiss, expectJson, readBody, type Answer } from "./answer.js";
import { check, Problem, problemIn } from "./errors.js";
import { checkKey, type FetchInit, type Limits, type Settings } from "./options.js";
import { chainOf, readThrown, type Thrown } from "./outcome.js";
import { fillPath, serialiseQuery, type Request } from "./request.js";

/** A client's settings, and what its calls share. */
export interface Client extends Settings {
  readonly openapi: OpenapiClient;
  /** The API keys of its last calls: one that was rotated is a secret still. */
  recentKeys: readonly string[];
}

/** One call, checked and ready but for the API key. */
export interface Call {
  readonly client: Client;
  readonly operation: Operation;
  readonly request: Request;
  readonly limits: Limits;
}

/** The part of openapi-fetch that is used, for operations that are known at run time only. */
export interface OpenapiClient {
  request(method: string, path: string, init: object): Promise<{ data?: string; response: Answer }>;
}

/** In place of `Request`: a real one costs a tenth of the call, for a transport that takes a URL. */
export class PlainRequest {
  constructor(
    readonly url: string,
    readonly init: Omit<FetchInit, "headers"> & { headers: Headers },
  ) {}
}

/** How one attempt ended. What it holds is as it came: nothing here is scrubbed. */
export interface AttemptResult {
  isSent: boolean;
  /** The API key, once there is one. */
  key?: string;
  /** The answer, once its head has come. */
  answer?: Answer;
  /** Undefined after a success; `status` is an answer that is none. */
  failure?: "usage" | "network" | "timeout" | "aborted" | "status" | "response";
  /** What is wrong with what was given or with a response, in words. */
  detail?: string;
  /** The limit that a timeout ran past. */
  timeoutMs?: number;
  cause?: Thrown | undefined;
  value?: unknown;
}

/** Node's own `fetch` waits no longer for headers, or between two parts of a body, whatever it is told. */
const nodeFetchTimeoutMs = 300_000;

/** Makes one attempt. It never rejects, and leaves no timer, listener or open stream behind. */
export function attempt(call: Call): Promise<AttemptResult> {
  return new Promise((resolve) => {
    const { timeoutMs, signal } = call.limits;
    const controller = new AbortController();
    // What is known so far.
    const progress: AttemptResult = { isSent: false };
    const end = (result: Partial<AttemptResult>) => {
      clearTimeout(timer);
      release();
      const { answer } = progress;
      // Where a status came that decides, it is no matter that its explanation did not.
      const isDecided = answer && !answer.ok && result.failure !== "aborted";
      resolve({ ...progress, ...(isDecided ? { failure: "status" } : result) });
    };
    // Not every transport heeds the signal, so the race is run here.
    const cut = (failure: "timeout" | "aborted") => {
      end({ failure, timeoutMs });
      controller.abort();
    };
    const timer = setTimeout(cut, timeoutMs, "timeout");
    const release = onAbort(signal, () => cut("aborted"));
    exchange(call, progress, controller.signal).then(
      (value) => end({ value }),
      (error: unknown) => end(failureOf(error, timeoutMs)),
    );
  });
}

function failureOf(error: unknown, timeoutMs: number): Partial<AttemptResult> {
  const problem = problemIn(error);
  const cause = readThrown(problem ? problem.cause : error);
  if (problem) return { failure: problem.failure, detail: problem.message, cause };
  const chain = chainOf(cause);
  // Whatever the service might say, undici refuses to call it.
  if (chain.some(({ message }) => message === "bad port"))
    return { failure: "usage", isSent: false, detail: "baseUrl has a port that fetch refuses" };
  const isLimit = chain.some(({ code }) => /^UND_ERR_(?:HEADERS|BODY)_TIMEOUT$/.test(code));
  return isLimit && timeoutMs > nodeFetchTimeoutMs
    ? { failure: "timeout", timeoutMs: nodeFetchTimeoutMs }
    : { failure: "network", cause };
}

/** Asks for the key, sends the request through openapi-fetch, and gives the JSON that the spec promises. */
async function exchange(call: Call, progress: AttemptResult, signal: AbortSignal) {
  const { client, operation, request } = call;
  const { method, path, success, body } = operation;
  progress.key = await keyFrom(client);
  signal.throwIfAborted();
  const headers: Record<string, string> = { [auth.header]: auth.prefix + progress.key };
  if (success.mediaTypes.length > 0) headers.accept = success.mediaTypes.join(", ");
  if (body && request.body !== undefined) headers["content-type"] = body.mediaType;
  // Where a connection breaks that they kept, Deno and Bun send the request again and tell nobody.
  if ("Deno" in globalThis || "Bun" in globalThis) headers.connection = "close";
  const { data = "", response } = await client.openapi.request(method, path, {
    params: request,
    querySerializer: (query: Request["query"]) => serialiseQuery(operation, query),
    body: request.body,
    headers,
    signal,
    parseAs: "text",
    fetch: (sent: PlainRequest) => transport(call, progress, sent),
  });
  return response.ok ? expectJson(success, response, data) : undefined;
}

async function keyFrom({ apiKey }: Settings): Promise<string> {
  let key: unknown = apiKey;
  try {
    if (typeof apiKey === "function") key = await apiKey();
  } catch (cause) {
    throw new Problem("apiKey was not given: the function for it threw", { cause });
  }
  checkKey(key);
  return key;
}

/** Calls the user's `fetch`, follows no redirect, and gives openapi-fetch the answer once it has arrived. */
async function transport(call: Call, progress: AttemptResult, { url, init }: PlainRequest) {
  const { client, operation, request } = call;
  const { origin, pathname, href } = new URL(url);
  const isKept = origin + pathname === client.baseUrl + fillPath(operation.path, request.path);
  check(isKept, "its URL would leave the operation's path: check the path parameters");
  // The global is looked up at each call, so that one which is patched later is used.
  const { fetch = globalThis.fetch } = client;
  check(typeof fetch === "function", "fetch is missing in this runtime: pass one");
  progress.isSent = true;
  const response = await fetch(href, { ...init, headers: Object.fromEntries(init.headers) });
  const answer = answerOf(response);
  const isRead = !answer.isRedirect && !(answer.ok && operation.success.kinds.length === 0);
  if (init.signal.aborted || !isRead) dismiss(response.body);
  if (init.signal.aborted) return answer;
  progress.answer = answer;
  if (isRead) answer.content = await readBody(response, answer, init.signal);
  return answer;
}
