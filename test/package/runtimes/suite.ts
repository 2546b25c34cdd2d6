/**
 * What every runtime does. It runs there, as one file of plain JavaScript beside the installed
 * package, and uses nothing but what the web's standards give. It makes the calls that it is sent and
 * reports what came of them; the test that started the runtime judges.
 */
import type * as Main from "../../../src/index.js";
import type * as Testing from "../../../src/testing/index.js";
import type { Attempt, Fetch, PeakaClientOptions } from "../../../src/index.js";
import type { OperationInput } from "../../../src/index.js";

type Peaka = typeof Main & typeof Testing;

/** A call to make, with a client of its own, in plain JSON. */
export interface Call {
  readonly name: string;
  readonly options: Omit<PeakaClientOptions, "apiKey" | "fetch" | "onAttempt">;
  /** A list is for a function that gives the next one on every attempt; null is for no key. */
  readonly apiKey: string | readonly string[] | null;
  readonly input: OperationInput<"updateConnection">;
  /** How many calls succeed before the one that counts. */
  readonly before: number;
  readonly fetch?: "global" | "quotes secrets" | "follows redirects" | "of a zone" | "of a test";
  /** That of a gateway, to which a `fetch` takes what is for a zone. */
  readonly baseUrl: string;
  readonly abort?: "before" | "on arrival" | "on attempt";
  /** Answers once the request has arrived. */
  readonly arrival: string;
  /** The client is made where the runtime has no `process`, or one with nothing in it. */
  readonly process?: "empty" | "missing";
}

export interface Setting {
  readonly calls: readonly Call[];
  /** Forms in which a secret may be quoted. */
  readonly echoes: readonly string[];
  /** Where to report. */
  readonly stage: string;
}

/** What the suite reports. */
export type Report = Awaited<ReturnType<typeof makeCalls>> & { readonly loaded: string };

/** Runs it over a transport, or else over the runtime's own `fetch`. */
export async function runSuite(
  peaka: Peaka,
  setting: Setting,
  loaded: string,
  transport?: Fetch,
): Promise<void> {
  const report: Report = { ...(await makeCalls(peaka, setting, transport)), loaded };
  await fetch(`${setting.stage}/report`, { method: "POST", body: JSON.stringify(report) });
}

async function makeCalls(peaka: Peaka, { calls, echoes }: Setting, transport?: Fetch) {
  const unhandled: string[] = [];
  // Node, which has no such event, ends the process instead.
  const { addEventListener } = globalThis as { addEventListener?: Listen };
  addEventListener?.("unhandledrejection", ({ reason }) => unhandled.push(String(reason)));
  const outcomes = [];
  for (const call of calls) outcomes.push(await makeCall(peaka, call, echoes, transport));
  // What a service would log: whoever started this runtime reads that no secret is in it.
  console.error(peaka.createPeakaClient({ zone: "eu", apiKey: echoes[0] }));
  return { outcomes, unhandled };
}

async function makeCall(peaka: Peaka, call: Call, echoes: readonly string[], transport?: Fetch) {
  console.error(call.name);
  const attempts: Attempt[] = [];
  const urls: string[] = [];
  const caller = new AbortController();
  const reason = { not: "an error" };
  if (call.abort === "before") caller.abort();
  let [result, error]: unknown[] = [];
  try {
    const client = withProcess(call.process, () =>
      peaka.createPeakaClient({
        ...{ ...call.options, ...apiKeyOf(call), fetch: transport },
        ...fetchOf(call, peaka, echoes, urls),
        onAttempt(attempt) {
          attempts.push(attempt);
          if (call.abort === "on attempt") caller.abort(reason);
        },
      }),
    );
    for (let count = 0; count < call.before; count++) await client.updateConnection(call.input);
    const updating = client.updateConnection(call.input, { signal: caller.signal });
    if (call.abort === "on arrival") void fetch(call.arrival).then(() => caller.abort(reason));
    result = await updating;
  } catch (thrown) {
    console.error(thrown);
    error = thrown;
  }
  return {
    ...{ result, urls, leaks: leaksIn([error, ...attempts], echoes) },
    error: factsOf(peaka, error, reason),
    attempts: attempts.map(({ attempt, status, outcome, retryInMs, ...rest }) => {
      const isWhole = rest.durationMs >= 0 && rest.requestId === rest.headers["x-request-id"];
      return { attempt, status, outcome, retryInMs, isWhole };
    }),
  };
}

function factsOf(peaka: Peaka, error: unknown, reason: object): object | string {
  if (!peaka.isPeakaError(error)) return String(error);
  const isOfItsClass = error instanceof peaka[error.name] && error instanceof peaka.PeakaError;
  const { name, message, cause } = error;
  const fields = Object.fromEntries<unknown>(Object.entries(error));
  const isReason = cause === reason;
  return { ...fields, name, message, isOfItsClass, cause: isReason ? "given" : String(cause) };
}

function apiKeyOf({ apiKey }: Call): PeakaClientOptions {
  if (apiKey === null) return {};
  if (typeof apiKey === "string") return { apiKey };
  const left = [...apiKey];
  return { apiKey: () => Promise.resolve(left.shift() ?? "") };
}

function fetchOf(
  { fetch: kind, options, baseUrl, input, apiKey }: Call,
  { zones, defaultZone, createTestGateway }: Peaka,
  echoes: readonly string[],
  urls: string[],
): PeakaClientOptions {
  const { projectId, connectionId: id, body } = input;
  const gateway = createTestGateway({
    apiKey: String(apiKey),
    connections: [{ projectId, id, name: "", type: "", ...body, credential: {} }],
  });
  gateway.next("refuse", "lose-answer");
  const fetches: Record<NonNullable<Call["fetch"]>, Fetch> = {
    global: globalThis.fetch,
    "of a test": gateway.fetch,
    "quotes secrets": () => Promise.reject(new TypeError(`no route for ${echoes.join(" ")}`)),
    "follows redirects": (url, init) => fetch(url, { ...init, redirect: "follow" }),
    "of a zone"(url, init) {
      urls.push(url);
      return fetch(baseUrl + url.slice(zones[options.zone ?? defaultZone].length), init);
    },
  };
  return kind ? { fetch: fetches[kind] } : {};
}

function withProcess<Result>(kind: Call["process"], run: () => Result): Result {
  if (!kind) return run();
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, "process");
  const value = kind === "empty" ? {} : undefined;
  Object.defineProperty(globalThis, "process", { value, configurable: true });
  try {
    return run();
  } finally {
    Reflect.deleteProperty(globalThis, "process");
    if (descriptor) Object.defineProperty(globalThis, "process", descriptor);
  }
}

/** The texts in some values, and those as which a runtime shows them, that quote a secret. */
function leaksIn(roots: readonly unknown[], echoes: readonly string[]): string[] {
  const runtime = globalThis as { Deno?: Inspects; Bun?: Inspects };
  const { inspect = String } = runtime.Deno ?? runtime.Bun ?? {};
  const shown = [JSON.stringify(roots), ...roots.map(String)];
  const inspected = inspect(roots, { depth: 20, getters: true });
  const texts = [...shown, inspected, ...textsIn(roots, new Set())];
  const isLeak = (text: string) =>
    echoes.some((echo) => text.toLowerCase().includes(echo.toLowerCase()));
  return texts.filter(isLeak);
}

/** By properties, enumerable or not, their names, and the getters of classes. */
function* textsIn(value: unknown, seen: Set<unknown>): Generator<string, void> {
  if (typeof value === "function" || seen.has(value)) return;
  if (typeof value !== "object" || value === null) {
    yield String(value);
    return;
  }
  seen.add(value);
  let from: object | null = value;
  for (; from && from !== Object.prototype; from = Reflect.getPrototypeOf(from)) {
    for (const name of Reflect.ownKeys(from)) {
      yield String(name);
      yield* textsIn(Reflect.get(value, name), seen);
    }
  }
}

type Inspects = { inspect: (value: unknown, options: object) => string };
type Listen = (type: "unhandledrejection", run: (event: { reason: unknown }) => void) => void;
