/** What services may and may not write. `api/` shows each type; `tsc` checks this file. */
import type { fetch as undiciPackageFetch } from "undici";
import { expectTypeOf, test } from "vitest";
import { createPeakaClient, defaultZone, isPeakaError, zones } from "../../src/index.js";
import { PeakaApiError, PeakaError } from "../../src/index.js";
import type { AnyPeakaError, Attempt, CallOptions, Connection, Fetch } from "../../src/index.js";
import type {
  ConnectionRequest,
  OperationId,
  OperationInput,
  PeakaClient,
} from "../../src/index.js";
import type { PeakaClientOptions, Zone } from "../../src/index.js";
import type { components } from "../../generated/paths.js";
import { exampleUpdates } from "../tools/gateway/seeds.js";

declare const thrown: unknown;
const peaka = createPeakaClient();
const ids = { projectId: "project1", connectionId: "connection1" };
const type = String(process.env["CONNECTION_TYPE"]);
const credential: Record<string, unknown> = {};
type Update = PeakaClient["updateConnection"];

test("createPeakaClient takes what a service has", () => {
  expectTypeOf(createPeakaClient).toBeCallableWith();
  expectTypeOf(createPeakaClient).toBeCallableWith({ apiKey: process.env["SOME_KEY"] });
  expectTypeOf(createPeakaClient).toBeCallableWith({ apiKey: () => "key" });
  expectTypeOf(createPeakaClient).toBeCallableWith({ apiKey: () => Promise.resolve("key") });
  expectTypeOf(createPeakaClient).toBeCallableWith({ zone: Math.random() < 0.5 ? "us" : "eu" });
  expectTypeOf(createPeakaClient).toBeCallableWith({ zone: defaultZone });
  expectTypeOf(createPeakaClient).toBeCallableWith({ fetch: () => Promise.reject(new Error()) });
  expectTypeOf(createPeakaClient).toBeCallableWith({ onAttempt: () => Promise.resolve() });
  expectTypeOf<typeof globalThis.fetch>().toExtend<Fetch>();
  expectTypeOf<typeof undiciPackageFetch>().toExtend<Fetch>();
  expectTypeOf<Zone>().toEqualTypeOf<keyof typeof zones>();
  expectTypeOf<Attempt["operation"]>().toEqualTypeOf<OperationId>();
});

test("each option may be undefined", () => {
  expectTypeOf<Record<keyof PeakaClientOptions, undefined>>().toExtend<PeakaClientOptions>();
  expectTypeOf<Record<keyof CallOptions, undefined>>().toExtend<CallOptions>();
});

test("updateConnection takes the spec's examples, and what JSON gives", () => {
  for (const update of exampleUpdates) {
    expectTypeOf<Update>().toBeCallableWith(update);
  }
  expectTypeOf<Update>().toBeCallableWith({ ...ids, body: { type, credential } });
  expectTypeOf<Update>().toBeCallableWith({ ...ids, body: { type: "stripe", credential } });
  expectTypeOf<Update>().toBeCallableWith({ ...ids, body: {} });
});

test("updateConnection resolves with the spec's connection, exactly", () => {
  const call = () => peaka.updateConnection({ ...ids, body: { type } }, { maxRetries: 0 });
  expectTypeOf(call).returns.toEqualTypeOf<Promise<Connection>>();
  expectTypeOf<Required<Connection>>().toEqualTypeOf<
    Record<"id" | "name" | "type" | "url", string>
  >();
});

test("a body may have any type and any credential, as the spec says", () => {
  expectTypeOf<{ type: string }>().toExtend<ConnectionRequest>();
  expectTypeOf<{ type: "POSTGRES"; credential: { port: number } }>().toExtend<ConnectionRequest>();
  expectTypeOf<{ type: "stripe"; credential: { other: string } }>().toExtend<ConnectionRequest>();
  expectTypeOf<{ type: "hubspot" | "stripe" }>().toExtend<ConnectionRequest>();
  expectTypeOf<{ credential: Record<string, unknown> }>().toExtend<ConnectionRequest>();
  expectTypeOf<string>().toExtend<NonNullable<ConnectionRequest["type"]>>();
  // Never stricter than the spec, and never looser.
  expectTypeOf<components["schemas"]["ConnectionRequest"]>().toExtend<ConnectionRequest>();
  expectTypeOf<ConnectionRequest>().toExtend<components["schemas"]["ConnectionRequest"]>();
});

test("every operation is a method, whose input may be left out where nothing is required", () => {
  expectTypeOf<Exclude<keyof PeakaClient, "zone" | "baseUrl">>().toEqualTypeOf<OperationId>();
  expectTypeOf(peaka.listConnectionConfig).toBeCallableWith();
  expectTypeOf(peaka.listConnectionConfig).toBeCallableWith(undefined, { maxRetries: 0 });
  expectTypeOf(peaka.listConnectionConfig).toBeCallableWith({});
  expectTypeOf(peaka.listConnections).returns.resolves.toEqualTypeOf<Connection[]>();
  expectTypeOf(peaka.getConnection).parameter(0).toEqualTypeOf<OperationInput<"getConnection">>();
});

test("a service depends on the methods that it calls, and stands in for them by hand", () => {
  const rotate = async (peaka: Pick<PeakaClient, "getConnection" | "updateConnection">) => {
    const { name = "", type = "" } = await peaka.getConnection(ids);
    return peaka.updateConnection({ ...ids, body: { name, type, credential } });
  };
  expectTypeOf(rotate).toBeCallableWith(peaka);
  expectTypeOf(rotate).toBeCallableWith({ ...peaka });
  expectTypeOf(rotate).toBeCallableWith({
    getConnection: ({ connectionId }) => Promise.resolve({ id: connectionId, type }),
    updateConnection: ({ body }, options) =>
      options?.signal?.aborted
        ? Promise.reject(new Error())
        : Promise.resolve({ ...body, id: "c" }),
  });
});

test("isPeakaError narrows to the family, its name to a class, and instanceof to its fields", () => {
  expectTypeOf(isPeakaError).guards.toEqualTypeOf<AnyPeakaError>();
  if (thrown instanceof PeakaApiError) expectTypeOf(thrown.status).toEqualTypeOf<number>();
  if (!isPeakaError(thrown)) return;
  expectTypeOf(thrown).toExtend<PeakaError>();
  expectTypeOf(thrown).toExtend<Error>();
  expectTypeOf(thrown.outcome).toEqualTypeOf<"not-applied" | "unknown">();
  switch (thrown.name) {
    case "PeakaApiError":
    case "PeakaResponseError":
      expectTypeOf(thrown.status).toEqualTypeOf<number>();
      break;
    case "PeakaNetworkError":
      expectTypeOf(thrown.code).toEqualTypeOf<string | undefined>();
      break;
    case "PeakaTimeoutError":
      expectTypeOf(thrown.timeoutMs).toEqualTypeOf<number>();
      break;
    case "PeakaAbortError":
    case "PeakaUsageError":
      expectTypeOf(thrown).not.toHaveProperty("status");
      break;
    default:
      expectTypeOf(thrown).toBeNever();
  }
});

test("wrong options do not compile", () => {
  const uses = () => [
    // @ts-expect-error there is no such zone
    createPeakaClient({ zone: "mars" }),
    // @ts-expect-error a string may be no zone
    createPeakaClient({ zone: type }),
    // @ts-expect-error null is no API key
    createPeakaClient({ apiKey: null }),
    // @ts-expect-error a number is no API key
    createPeakaClient({ apiKey: () => 1 }),
    // @ts-expect-error there is no such option
    createPeakaClient({ timeout: 1000 }),
    // @ts-expect-error milliseconds are a number
    createPeakaClient({ timeoutMs: "1000" }),
    // @ts-expect-error attempts are a number
    createPeakaClient({ maxRetries: true }),
    // @ts-expect-error a base URL is text
    createPeakaClient({ baseUrl: new URL("https://gateway.example") }),
    // @ts-expect-error a fetch gives a promise
    createPeakaClient({ fetch: () => new Response() }),
    // @ts-expect-error an observer is a function
    createPeakaClient({ onAttempt: {} }),
    // @ts-expect-error options are an object
    createPeakaClient("key"),
  ];
  expectTypeOf(uses).toBeFunction();
});

test("wrong calls do not compile", () => {
  const uses = () => [
    // @ts-expect-error connectionId is missing
    peaka.updateConnection({ projectId: "p", body: {} }),
    // @ts-expect-error the body is missing
    peaka.updateConnection(ids),
    // @ts-expect-error a path parameter is not undefined
    peaka.updateConnection({ ...ids, projectId: process.env["PROJECT_ID"], body: {} }),
    // @ts-expect-error a body is not null
    peaka.updateConnection({ ...ids, body: null }),
    // @ts-expect-error a body is not text
    peaka.updateConnection({ ...ids, body: "{}" }),
    // @ts-expect-error a name is text
    peaka.updateConnection({ ...ids, body: { name: 1 } }),
    // @ts-expect-error a type is text
    peaka.updateConnection({ ...ids, body: { type: 1 } }),
    // @ts-expect-error a credential is an object
    peaka.updateConnection({ ...ids, body: { type: "stripe", credential: "token" } }),
    // @ts-expect-error there is no such property
    peaka.updateConnection({ ...ids, body: { type: "stripe", credentials: {} } }),
    // @ts-expect-error there is no such parameter
    peaka.updateConnection({ ...ids, body: {}, zone: "eu" }),
    // @ts-expect-error headers pass through no call
    peaka.updateConnection({ ...ids, body: {} }, { headers: {} }),
    // @ts-expect-error a signal is no controller
    peaka.updateConnection({ ...ids, body: {} }, { signal: new AbortController() }),
    // @ts-expect-error there is no such operation
    "noSuchOperation" satisfies OperationId,
    // @ts-expect-error the input is missing
    peaka.updateConnection(),
    // @ts-expect-error the operation takes nothing
    peaka.listConnectionConfig(ids),
  ];
  expectTypeOf(uses).toBeFunction();
});

test("what is read-only, or is not there, does not compile", () => {
  const uses = (error: PeakaApiError, any: AnyPeakaError, connection: Connection): unknown[] => [
    // @ts-expect-error a client's zone does not change
    (peaka.zone = "eu"),
    // @ts-expect-error a client's methods do not change
    (peaka.updateConnection = () => Promise.resolve({})),
    // @ts-expect-error the zones do not change
    (zones.eu = "https://gateway.example"),
    // @ts-expect-error an outcome does not change
    (error.outcome = "not-applied"),
    // @ts-expect-error an observer changes nothing
    createPeakaClient({ onAttempt: (attempt) => (attempt.status = 200) }),
    // @ts-expect-error what is not narrowed has no outcome
    thrown.outcome,
    // @ts-expect-error not every error has a status
    any.status,
    // @ts-expect-error no error has the request
    any.request,
    // @ts-expect-error the gateway keeps the credential to itself
    connection.credential,
  ];
  expectTypeOf(uses).toBeFunction();
});
