import { describe, expect, test } from "vitest";
import { json, type Answer } from "../../tools/gateway/answers.js";
import { rebuild } from "../../tools/rebuild.js";
import { startWire, update } from "../../tools/wire.js";
import { mutated } from "./mutations.js";

const vendor = "application/vnd.peaka+json";
const connection = { id: "connection1", name: "n" };
const answered = (type: string, value: unknown = connection): Answer => ({
  ...json(200, value),
  headers: { "content-type": type },
});
const page = answered("text/html");
const failed = (thrown: unknown) => thrown;

describe("another media type of the response", () => {
  test("is asked for, and accepted", async () => {
    const wire = await startWire(await rebuild(mutated("another media type of the response")));
    wire.answer(answered(vendor));
    expect(await wire.update()).toEqual(connection);
    const { headers } = wire.request();
    expect(headers.accept).toBe(vendor);
    expect(headers["content-type"]).toBe("application/json");
  });

  test("is asked for as JSON where it is any, and must be JSON when it comes", async () => {
    const wire = await startWire(await rebuild(mutated("any media type of the response")));
    wire.answer(answered("application/problem+json; charset=utf-8"), page);
    expect(await wire.update()).toEqual(connection);
    expect(wire.request().headers.accept).toBe("application/json");
    expect(await wire.update().catch(failed)).toMatchObject({ name: "PeakaResponseError" });
  });
});

test("another media type of the request is sent", async () => {
  const wire = await startWire(await rebuild(mutated("another media type of the request")));
  await wire.update();
  const { headers, body } = wire.request();
  expect(headers["content-type"]).toBe(vendor);
  expect(headers.accept).toBe("application/json");
  expect(JSON.parse(body)).toEqual(update.body);
});

test("an array is the result where the spec promises one, and an object no longer", async () => {
  const wire = await startWire(await rebuild(mutated("an array as the response")));
  wire.answer(json(200, [connection]), json(200, connection));
  expect(await wire.update()).toEqual([connection]);
  const error = await wire.update().catch(failed);
  expect(error).toMatchObject({ name: "PeakaResponseError", outcome: "unknown" });
  expect((error as Error).message).toContain("a JSON object, not a JSON array");
});

describe("where the spec no longer promises content, the result is undefined:", () => {
  const nothing = { status: 204, headers: {}, body: "" };
  test.each([
    ["nothing arrives", nothing],
    ["a connection arrives", json(200, connection)],
    ["a page arrives", page],
  ])("%s", async (_, answer) => {
    const wire = await startWire(await rebuild(mutated("no content in the response")));
    wire.answer(answer);
    expect(await wire.update()).toBeUndefined();
    expect(wire.request().method).toBe("PUT");
    expect(wire.request().headers.accept).not.toBe("application/json");
  });
});
