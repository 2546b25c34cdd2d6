import { inspect } from "node:util";
import type { Fetch } from "../../src/index.js";

/** What a `fetch` is called with. */
export type SentRequest = Parameters<Fetch>;

const bodyOf = ({ body }: RequestInit) => body as string;

/** All of it. */
export const textOf = ([url, init]: SentRequest) =>
  `${url} ${JSON.stringify(init)} ${bodyOf(init)}`;

/** Keeps the request where only its own code can reach it. */
class PrivateError extends Error {
  readonly #request: SentRequest;
  constructor(request: SentRequest) {
    super("failed");
    this.#request = request;
  }
  get request(): SentRequest {
    return this.#request;
  }
}

/** Shows it, too. */
class ShownError extends Error {
  readonly #request: SentRequest;
  constructor(request: SentRequest) {
    super("failed");
    this.#request = request;
  }
  [inspect.custom](): string {
    return textOf(this.#request);
  }
  toJSON(): string {
    return textOf(this.#request);
  }
}

export const failed = (fields: object) => Object.assign(new Error("failed"), fields);

/** What a fetch may throw that knows its request. */
export const thrown = (apiKey: string): Record<string, (request: SentRequest) => unknown> => ({
  "an error that quotes it": (request) => new Error(textOf(request)),
  "an error with it as a property": (request) => failed({ url: request[0], init: request[1] }),
  "an error with its headers": ([, init]) => failed({ config: { headers: init.headers } }),
  "an error with Headers": ([, init]) => failed({ headers: new Headers(init.headers) }),
  "an error with a Request": ([url, init]) => failed({ request: new Request(url, init) }),
  "an error with a Map": ([, init]) => failed({ sent: new Map([["body", bodyOf(init)]]) }),
  "an error with bytes": ([, init]) => failed({ sent: Buffer.from(bodyOf(init)) }),
  "an error with a URL": ([, init]) =>
    failed({ url: new URL(`https://x/?k=${encodeURIComponent(bodyOf(init))}`) }),
  "an error with a function": (request) => failed({ retry: () => request }),
  "an error with a list": (request) => failed({ history: [[request]] }),
  "an error with a symbol": (request) => failed({ [Symbol("request")]: request }),
  "an error with a name that is secret": () => failed({ [apiKey]: true }),
  "an error with a hidden property": (request) =>
    Object.defineProperty(new Error("failed"), "request", { value: request }),
  "an error with a getter": (request) =>
    Object.defineProperty(new Error("failed"), "request", { get: () => request }),
  "an error with an accessor in its class": (request) => new PrivateError(request),
  "an error that shows itself": (request) => new ShownError(request),
  "an error whose cause quotes it": (request) =>
    new Error("failed", { cause: new TypeError("inner", { cause: new Error(textOf(request)) }) }),
  "an error whose cause is it": (request) => new Error("failed", { cause: request }),
  "several errors": (request) =>
    new AggregateError([new Error("first"), new Error(textOf(request))], "failed"),
  "an error whose stack quotes it": (request) => failed({ stack: textOf(request) }),
  "an error whose name quotes it": () => failed({ name: apiKey }),
  "an error whose code quotes it": () => failed({ code: `E_${apiKey}` }),
  "a text": textOf,
  "an object": (request) => ({ request }),
  "the request": (request) => request,
});
