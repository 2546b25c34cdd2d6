import { describe, expect, test } from "vitest";
import { PeakaApiError, PeakaNetworkError, PeakaResponseError } from "../../src/index.js";
import { faults, type Fault } from "../tools/gateway/faults.js";
import { connectionId, start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { failureOf } from "../tools/failure.js";
import { startRawServer } from "../tools/raw-server.js";

const mebibyte = 1024 * 1024;
const jsonType = { "content-type": "application/json" };

/** JSON of exactly so many bytes. */
function objectOf(bytes: number): string {
  const frame = JSON.stringify({ name: "" });
  return JSON.stringify({ name: "x".repeat(bytes - frame.length) });
}

/** What a call gives when the gateway answers so. */
async function answeredWith(fault: Fault) {
  const gateway = await start();
  gateway.fail(fault);
  return clientOf(gateway).updateConnection(exampleUpdate);
}

const refusalOf = (fault: Fault) => failureOf(answeredWith(fault), PeakaResponseError);

describe("a success is JSON of the spec's kind", () => {
  test.each([
    "application/json",
    "application/json; charset=utf-8",
    "Application/JSON ;charset=UTF-8",
    "application/problem+json",
    "application/vnd.peaka.v1+json; profile=x",
  ])("of the media type %s", async (type) => {
    const headers = { "content-type": type };
    expect(await answeredWith({ status: 200, headers, body: '{"id":"1"}' })).toEqual({ id: "1" });
  });

  test.each([200, 201, 202, 203, 206, 299])("with a %i", async (status) => {
    expect(await answeredWith({ status, headers: jsonType, body: '{"id":"1"}' })).toEqual({
      id: "1",
    });
  });

  test("with more or less in it than the spec says", async () => {
    const body = '{"__proto__":{"id":"1"},"more":[null]}';
    const connection = await answeredWith({ status: 200, headers: jsonType, body });
    expect(JSON.stringify(connection)).toBe(body);
    expect(await answeredWith({ status: 200, headers: jsonType, body: "{}" })).toEqual({});
  });
});

describe("a success that is something else is refused", () => {
  test("a proxy's page", async () => {
    const error = await refusalOf(faults.html);
    expect(error).toMatchObject({ name: "PeakaResponseError", operation: "updateConnection" });
    expect(error).toMatchObject({ status: 200, attempts: 1, outcome: "unknown" });
    expect(error.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(error.message).toMatch(/^PUT \/connections\/\{projectId\}\/\{connectionId\} \(/);
    expect(error.message).toContain("200");
    expect(error.message).toContain("may have been applied");
    expect(error.message).not.toContain("log in");
  });

  test.each([
    "text/plain",
    "text/html; note=application/json",
    "application/jsonp",
    "application/json-seq",
    "application/octet-stream",
  ])("JSON as %s", async (type) => {
    const headers = { "content-type": type };
    const error = await refusalOf({ status: 200, headers, body: '{"id":"1"}' });
    expect(error.message).toContain(type.split(";")[0]);
  });

  test("JSON without a media type", async () => {
    const error = await refusalOf({ status: 200, body: '{"id":"1"}' });
    expect(error.message).toContain("): 200 with no media type, not JSON; ");
  });

  test.each(["[]", "null", '"text"', "7", "true", '[{"id":"1"}]'])(
    "%s, which is no object",
    async (body) => {
      const error = await refusalOf({ status: 200, headers: jsonType, body });
      expect(error.message).toContain("object");
    },
  );

  test.each(["", " ", "{", '{"id":"1"', '{"id":"1"}}', "{'id':1}", "undefined", "NaN"])(
    "%j, which is broken JSON",
    async (body) => {
      const error = await refusalOf({ status: 200, headers: jsonType, body });
      expect(error).toMatchObject({ status: 200, attempts: 1, outcome: "unknown" });
      expect(error.message).toContain("): 200 with broken JSON; ");
      expect(error.cause).toBeUndefined();
    },
  );

  test.each([204, 205])("a %i, for the spec promises content", async (status) => {
    expect(await refusalOf({ status })).toMatchObject({ status, outcome: "unknown" });
  });

  test.each([
    ["a byte that UTF-8 does not have", [0xff]],
    ["a character that is cut off", [0xc3]],
    ["half of a surrogate pair", [0xed, 0xa0, 0x80]],
  ])("%s", async (_, bytes) => {
    const body = Buffer.concat([Buffer.from('{"name":"'), Buffer.from(bytes), Buffer.from('"}')]);
    const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
    const server = await startRawServer(Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]));
    const call = clientOf(server).updateConnection(exampleUpdate);
    const error = await failureOf(call, PeakaResponseError);
    expect(error).toMatchObject({ status: 200, attempts: 1 });
    expect(error.message).toContain("): 200 with broken UTF-8; ");
  });
});

describe("a success may have 10 MiB", () => {
  const lengths: [string, Record<string, string>][] = [
    ["announced", jsonType],
    ["not announced", { ...jsonType, "transfer-encoding": "chunked" }],
  ];
  test.each(lengths)("%s: no less", async (_, headers) => {
    const body = objectOf(10 * mebibyte);
    const connection = await answeredWith({ status: 200, headers, body });
    expect(connection.name).toHaveLength(10 * mebibyte - '{"name":""}'.length);
  });

  test.each(lengths)("%s: no more", async (_, headers) => {
    const error = await refusalOf({ status: 200, headers, body: objectOf(10 * mebibyte + 1) });
    expect(error).toMatchObject({ status: 200, attempts: 1, outcome: "unknown" });
    expect(error.message).toContain("10 MiB");
  });

  test("and one without end is cut off", async () => {
    const gateway = await start();
    gateway.fail({ endless: true });
    const call = clientOf(gateway).updateConnection(exampleUpdate);
    await failureOf(call, PeakaResponseError);
    expect(await gateway.requests[0]?.ended).toBe("cut");
  });

  test("and so may an error, whose status decides where it has more", async () => {
    const body = objectOf(10 * mebibyte + 1);
    const call = answeredWith({ status: 400, headers: jsonType, body });
    const error = await failureOf(call, PeakaApiError);
    expect(error).toMatchObject({ status: 400, body: undefined, outcome: "not-applied" });
  });
});

describe("an answer that breaks off", () => {
  test("is no answer: a network error, whose change may have been applied", async () => {
    const gateway = await start();
    gateway.fail({ reset: "mid-body" });
    const client = clientOf(gateway, { maxRetries: 0 });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaNetworkError);
    expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
    expect(gateway.connections.get(connectionId)).toMatchObject(exampleUpdate.body);
  });

  test("with an error's status is that error", async () => {
    const gateway = await start();
    gateway.fail({ reset: "mid-body" });
    const call = clientOf(gateway).updateConnection({ ...exampleUpdate, connectionId: "none" });
    const error = await failureOf(call, PeakaApiError);
    expect(error).toMatchObject({ status: 400, body: undefined, outcome: "not-applied" });
  });
});
