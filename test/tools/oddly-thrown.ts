import { createContext, runInContext } from "node:vm";
import { failed, textOf, type SentRequest } from "./thrown.js";

/** A list that shows more than its items. */
class History extends Array<number> {
  readonly #request: SentRequest;
  constructor(request: SentRequest) {
    super();
    this.#request = request;
  }
  get request(): SentRequest {
    return this.#request;
  }
}

const otherRealm = createContext();

const failedWith = (name: string, get: () => unknown) =>
  Object.defineProperty(new Error("failed"), name, { get });

function refuse(request: SentRequest): never {
  throw new Error(textOf(request));
}

/** What a `fetch` may throw that no ordinary code does. */
export const oddlyThrown: Record<string, (request: SentRequest) => unknown> = {
  "an error with a match": (request) => failed({ match: /./s.exec(textOf(request)) }),
  "an error with a list that has properties": (request) =>
    failed({ history: Object.assign([1], { request }) }),
  "an error with a list of a class": (request) => failed({ history: new History(request) }),
  "an error with BigInts": (request) =>
    failed({
      ids: textOf(request)
        .match(/\d+/g)
        ?.map((digits) => BigInt(digits)),
    }),
  "an error with an object above an object": (request) =>
    failed({
      at: Object.create(Object.assign(Object.create(null) as object, { request })) as object,
    }),
  "an error whose cause cannot be read": (request) => failedWith("cause", () => refuse(request)),
  "an error whose code cannot be read": (request) => failedWith("code", () => refuse(request)),
  "an error whose code cannot be written": (request) =>
    failed({ code: { toString: () => refuse(request) } }),
  "an error whose syscall cannot be written": (request) =>
    failed({ syscall: { toString: () => refuse(request) } }),
  "an error whose code has no text": () => failed({ code: Object.create(null) as object }),
  "several errors that cannot be read": (request) =>
    failed({ errors: [failedWith("code", () => refuse(request))] }),
  "a DOMException": (request) => new DOMException(textOf(request), "AbortError"),
  "an error of another realm": (request) => {
    const error = runInContext("new RangeError('failed')", otherRealm) as Error;
    return Object.assign(error, { request, cause: textOf(request) });
  },
  "a frozen error": (request) => Object.freeze(failed({ request })),
  "an error behind a proxy": (request) => new Proxy(failed({ request }), {}),
  "what calls itself an error": (request) => ({ request, [Symbol.toStringTag]: "Error" }),
  "a String object": (request) => new String(textOf(request)),
  "a promise": (request) => Object.assign(Promise.resolve(), { request }),
};
