import { describe, expectTypeOf, test } from "vitest";
import { createPeakaClient, type Connection, type ConnectionRequest } from "../../../src/index.js";
import type { OperationId, OperationInput, OperationResult } from "../../../src/index.js";
import type { PeakaClient, UpdateConnectionInput } from "../../../src/index.js";
import { exampleUpdates } from "../../tools/gateway/seeds.js";

type Update = PeakaClient["updateConnection"];

const peaka = createPeakaClient();
const ids = { projectId: "project1", connectionId: "connection1" };
const type = String(process.env.CONNECTION_TYPE);
const credential: Record<string, unknown> = {};

describe("updateConnection", () => {
  test("resolves with the spec's connection, each property of which may be absent", () => {
    expectTypeOf<Update>().returns.resolves.toEqualTypeOf<Connection>();
    expectTypeOf<Connection>().toEqualTypeOf<{
      id?: string;
      name?: string;
      type?: string;
      url?: string;
    }>();
  });

  test("takes the path parameters as strings, beside the body", () => {
    expectTypeOf<keyof UpdateConnectionInput>().toEqualTypeOf<
      "projectId" | "connectionId" | "body"
    >();
    expectTypeOf<UpdateConnectionInput["projectId"]>().toEqualTypeOf<string>();
    expectTypeOf<Update>().parameter(0).toEqualTypeOf<UpdateConnectionInput>();
  });

  test("takes the spec's own examples", () => {
    for (const update of exampleUpdates) {
      expectTypeOf<Update>().toBeCallableWith(update);
    }
  });

  test("takes what JSON gives, and a string variable for the type", () => {
    expectTypeOf<Update>().toBeCallableWith({ ...ids, body: { type, credential } });
    expectTypeOf<Update>().toBeCallableWith({
      ...ids,
      body: { type: "stripe", credential },
    });
    expectTypeOf<Update>().toBeCallableWith({ ...ids, body: {} });
  });

  test("gives a promise of exactly that, also with options", () => {
    const call = () => peaka.updateConnection({ ...ids, body: { type } }, { maxRetries: 0 });
    expectTypeOf(call).returns.toEqualTypeOf<Promise<Connection>>();
  });
});

describe("a body", () => {
  test("may have any type and any credential", () => {
    expectTypeOf<{ type: string }>().toExtend<ConnectionRequest>();
    expectTypeOf<{
      type: "POSTGRES";
      credential: { port: number };
    }>().toExtend<ConnectionRequest>();
    expectTypeOf<{ type: "stripe"; credential: { other: string } }>().toExtend<ConnectionRequest>();
    expectTypeOf<{ credential: Record<string, unknown> }>().toExtend<ConnectionRequest>();
    expectTypeOf<{ type: "hubspot" | "stripe" }>().toExtend<ConnectionRequest>();
  });

  test("is never stricter than the spec", () => {
    expectTypeOf<OperationInput<"updateConnection">["body"]>().toExtend<ConnectionRequest>();
  });

  test("is never looser than the spec", () => {
    expectTypeOf<ConnectionRequest>().toExtend<OperationInput<"updateConnection">["body"]>();
  });

  test("has a credential whose values may be anything", () => {
    const body: ConnectionRequest = { type: "stripe", credential: { token: 1, other: null } };
    expectTypeOf(body.credential).not.toBeAny();
    expectTypeOf<string>().toExtend<NonNullable<ConnectionRequest["type"]>>();
  });
});

describe("call", () => {
  test("takes and gives what the operation does", () => {
    expectTypeOf<OperationId>().toEqualTypeOf<"updateConnection">();
    const update = () => peaka.call("updateConnection", { ...ids, body: { type, credential } });
    expectTypeOf(update).returns.resolves.toEqualTypeOf<OperationResult<"updateConnection">>();
    expectTypeOf(update).returns.resolves.toEqualTypeOf<Connection>();
  });

  test("takes the spec's own examples", () => {
    for (const update of exampleUpdates) {
      expectTypeOf(() => peaka.call("updateConnection", update)).returns.resolves.toBeObject();
    }
  });
});

test("wrong uses do not compile", () => {
  const uses = () => [
    // @ts-expect-error projectId is missing
    peaka.updateConnection({ connectionId: "c", body: {} }),
    // @ts-expect-error connectionId is missing
    peaka.updateConnection({ projectId: "p", body: {} }),
    // @ts-expect-error the body is missing
    peaka.updateConnection(ids),
    // @ts-expect-error a path parameter is not undefined
    peaka.updateConnection({ ...ids, projectId: process.env.PROJECT_ID, body: {} }),
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
    // @ts-expect-error the redirect mode passes through no call
    peaka.updateConnection({ ...ids, body: {} }, { redirect: "follow" }),
    // @ts-expect-error there is no such operation
    peaka.call("deleteConnection", { ...ids, body: {} }),
    // @ts-expect-error the input is missing
    peaka.call("updateConnection"),
    // @ts-expect-error projectId is missing
    peaka.call("updateConnection", { connectionId: "c", body: {} }),
  ];
  expectTypeOf(uses).toBeFunction();
});
