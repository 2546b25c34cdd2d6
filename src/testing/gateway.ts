import { auth } from "../../generated/spec.js";
import { safeMethods } from "../outcome.js";
import { answerConnections, frameworkError, respond } from "./answers.js";
import { checked, strike, type Fault } from "./faults.js";
import type { TestGateway, TestGatewayOptions, TestRequest } from "./options.js";
import { createRouter } from "./route.js";

/**
 * Creates a gateway for the tests of a service: a `fetch` that answers as the live service was seen to, and
 * that fails when a test wants it to. Time is the test's: it has no timer of its own.
 */
export function createTestGateway(options: TestGatewayOptions = {}): TestGateway {
  const { apiKey = "test-api-key" } = options;
  const connections = new Map(options.connections?.map((one) => [one.id, one]));
  const own = answerConnections(connections, options);
  const handlers = new Map(Object.entries({ ...own, ...(options.handlers as typeof own) }));
  const route = createRouter();
  const requests: TestRequest[] = [];
  const queue: Fault[] = [];
  const picks: { predicate: (request: TestRequest) => boolean; fault: Fault }[] = [];
  const underWay = new Set<Promise<unknown>>();
  const late: (() => Promise<unknown>)[] = [];

  const fetch: TestGateway["fetch"] = async (url, init = {}) => {
    init.signal?.throwIfAborted();
    const gone = new Promise<never>((_, reject) => {
      init.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error));
    });
    const work = serve(new URL(url), init, gone);
    underWay.add(work);
    work.finally(() => underWay.delete(work)).catch(() => undefined);
    // What is being applied goes on where the caller does not wait for it.
    return Promise.race([work, gone]);
  };

  async function serve(url: URL, init: RequestInit, gone: Promise<never>): Promise<Response> {
    const { method = "GET", body } = init;
    const text = typeof body === "string" ? body : await new Response(body).text();
    const all = Object.fromEntries(new Headers(init.headers));
    const { [auth.header]: authorization = "", ...headers } = all;
    const isRead = safeMethods.includes(method.toUpperCase());
    const routed = route(method.toUpperCase(), url, text);
    const { id: operation, input } = routed ?? {};
    const state = { operation, input, headers, arrivedAt: Date.now(), applied: false };
    const request = state as TestRequest;
    const mayWait = isRead && (queue[0] === "lose-answer" || queue[0] === "apply-late");
    const next = mayWait ? undefined : queue.shift();
    const fault = next ?? picks.find(({ predicate }) => routed && predicate(request))?.fault;
    if (routed && fault !== "refuse") requests.push(request);
    const answer = async () => {
      const response = await decide(authorization, routed);
      state.applied ||= response.ok && !isRead;
      return response;
    };
    const secrets = `${text} and ${authorization}`;
    return (fault && (await strike(fault, { answer, gone, late, secrets }))) ?? answer();
  }

  /** What the live service would answer; how it words a 401 is not known. */
  async function decide(authorization: string, routed: ReturnType<typeof route>) {
    if (authorization !== auth.prefix + apiKey) {
      const message = `invalid api key ${authorization}`;
      return respond(401, { error: "UNAUTHORIZED", errorCode: "au001", message });
    }
    if (!routed) return frameworkError(404, "Not Found", "No message available");
    const { id, input, missing } = routed;
    if (missing) return frameworkError(400, "Bad Request", `required: ${missing}`);
    const handler = handlers.get(id);
    if (!handler) return frameworkError(501, "Not Implemented", `there is no handler for ${id}`);
    const result = await handler(input as never);
    if (result instanceof Response) return result;
    const text = JSON.stringify(result) as string | undefined;
    return respond(text ? 200 : 204, text, { "content-type": "application/json" });
  }

  return {
    apiKey,
    fetch,
    next: (...faults) => void queue.push(...faults.map(checked)),
    when: (predicate, fault) => void picks.push({ predicate, fault: checked(fault) }),
    connection: (id) => connections.get(id),
    connections,
    requests,
    async settled() {
      while (underWay.size + late.length > 0) {
        await Promise.allSettled([...underWay, ...late.splice(0).map((apply) => apply())]);
      }
    },
  };
}
