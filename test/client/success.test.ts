import { describe, expect, test } from "vitest";
import { PeakaApiError, PeakaResponseError } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { failWith } from "../tools/fail-with.js";
import { failureOf } from "../tools/failure.js";
import { faults, type Fault } from "../tools/gateway/faults.js";
import { start } from "../tools/gateway/start.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
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

/** Why an answer is refused, after the head of the message. */
async function refusalOf(call: Promise<unknown>, status = 200) {
  const error = await failureOf(call, PeakaResponseError);
  expect(error).toMatchObject({ status, attempts: 1, outcome: "unknown" });
  expect(error.cause).toBeUndefined();
  const [, reason] =
    /^PUT \S+ \(\S+\): (.*); the change may have been applied$/.exec(error.message) ?? [];
  return reason;
}

describe("a success is JSON of the spec's kind", () => {
  test.each([
    ...["application/json", "application/json; charset=utf-8", "Application/JSON ;charset=UTF-8"],
    ...["application/problem+json", "application/vnd.peaka.v1+json; profile=x"],
  ])("of the media type %s", async (type) => {
    const headers = { "content-type": type };
    expect(await answeredWith({ status: 200, headers, body: '{"id":"1"}' })).toEqual({ id: "1" });
  });

  test.each([201, 202, 203, 206, 299])("with a %i, and more than the spec says", async (status) => {
    const body = '{"__proto__":{"id":"1"},"more":[null]}';
    const connection = await answeredWith({ status, headers: jsonType, body });
    expect(JSON.stringify(connection)).toBe(body);
  });
});

describe("a success that is something else is refused:", () => {
  test("a proxy's page, which is not quoted", async () => {
    expect(await refusalOf(answeredWith(faults.html))).toBe("200 with text/html, not JSON");
  });

  test.each([
    ...["text/plain", "text/html; note=application/json", "application/jsonp"],
    ...["application/json-seq", "application/octet-stream", "no media type"],
  ])("JSON as %s", async (type) => {
    const headers: Record<string, string> =
      type === "no media type" ? {} : { "content-type": type };
    const call = answeredWith({ status: 200, headers, body: '{"id":"1"}' });
    expect(await refusalOf(call)).toBe(`200 with ${type}, not JSON`);
  });

  test.each(["[]", "null", '"text"', "7", "true"])("%s, which is no object", async (body) => {
    const call = answeredWith({ status: 200, headers: jsonType, body });
    expect(await refusalOf(call)).toMatch(/^200 with a JSON [a-z]+, not a JSON object$/);
  });

  test.each(["", " ", "{", '{"id":"1"', '{"id":"1"}}', "{'id':1}", "undefined", "NaN"])(
    "%j, which is broken JSON",
    async (body) => {
      const call = answeredWith({ status: 200, headers: jsonType, body });
      expect(await refusalOf(call)).toBe("200 with broken JSON");
    },
  );

  test.each([204, 205])("a %i, for the spec promises content", async (status) => {
    expect(await refusalOf(answeredWith({ status }), status)).toMatch(/^20[45] with /);
  });

  test.each([
    ['{"name":"', 0xff, '"}'],
    ['{"name":"', 0xc3, '"}'],
    // The first byte of a character that was cut off.
    ["{}", 0xc3, ""],
  ])("bytes that UTF-8 does not have: %j %i %j", async (before, byte, after) => {
    const body = Buffer.concat([Buffer.from(before), Buffer.from([byte]), Buffer.from(after)]);
    const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
    const server = await startRawServer(Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]));
    const call = clientOf(server).updateConnection(exampleUpdate);
    expect(await refusalOf(call)).toBe("200 with broken UTF-8");
  });
});

describe("a success may have 10 MiB", () => {
  test.each<[string, Record<string, string>]>([
    ["announced", jsonType],
    ["not announced", { ...jsonType, "transfer-encoding": "chunked" }],
  ])("%s: no less and no more", async (_, headers) => {
    const body = objectOf(10 * mebibyte);
    const connection = await answeredWith({ status: 200, headers, body });
    expect(connection.name).toHaveLength(10 * mebibyte - '{"name":""}'.length);
    const call = answeredWith({ status: 200, headers, body: `${body} ` });
    expect(await refusalOf(call)).toBe("200 with more than 10 MiB");
  });

  test("and one without end is cut off", async () => {
    const gateway = await start();
    gateway.fail("endless-body");
    await refusalOf(clientOf(gateway).updateConnection(exampleUpdate));
    expect(await gateway.requests[0]?.ended).toBe("cut");
  });
});

test("an answer that breaks off with an error's status is that error", async () => {
  const { error } = await failWith(PeakaApiError, {
    faults: ["broken-body"],
    input: { ...exampleUpdate, connectionId: "none" },
  });
  expect(error).toMatchObject({ status: 400, body: undefined, outcome: "not-applied" });
});
