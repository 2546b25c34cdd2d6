import { describe, expect, test } from "vitest";
import { auth } from "../../generated/spec.js";
import { defaultZone, PeakaApiError, zones, type Zone } from "../../src/index.js";
import { start } from "../tools/gateway/put.js";
import { exampleConnections, exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { departs } from "../tools/departures.js";
import { failureOf } from "../tools/failure.js";
import { clientInZone } from "../tools/in-zone.js";

const { projectId, connectionId, body } = exampleUpdate;
const oldConnection = exampleConnections()[0];
const head = (place: string) => `PUT /connections/{projectId}/{connectionId} (${place}): `;
const uuid = /^[0-9a-f-]{36}$/;

describe.each(Object.keys(zones) as Zone[])("in zone %s", (zone) => {
  test("requests go to the zone's URL in the spec, and nowhere else", async () => {
    const gateway = await start({ zone });
    const urls: string[] = [];
    const client = clientInZone(gateway, {
      fetch(url, init) {
        urls.push(url);
        return fetch(url.replace(zones[zone], gateway.baseUrl), init);
      },
    });
    await client.updateConnection(exampleUpdate);
    expect(urls).toEqual([`${zones[zone]}/connections/${projectId}/${connectionId}`]);
  });

  test("a refusal names the zone", async () => {
    const gateway = await start({ zone });
    const call = clientInZone(gateway).updateConnection({ ...exampleUpdate, connectionId: "none" });
    const error = await failureOf(call, PeakaApiError);
    expect(error.zone).toBe(zone);
    expect(error.message).toBe(
      `${head(zone)}400 INVALID_CONNECTION_ID cn004: invalid connection id`,
    );
  });
});

describe("an update", () => {
  test("sends the body as it is, with the key and the media types of the spec", async () => {
    const gateway = await start();
    await clientOf(gateway).updateConnection(exampleUpdate);
    expect(gateway.requests).toMatchObject([{ method: "PUT", body: JSON.stringify(body) }]);
    expect(gateway.requests[0]?.headers).toMatchObject({
      [auth.header]: `${auth.prefix}partner-key`,
      accept: "application/json",
      "content-type": "application/json",
    });
  });

  test("by its operationId is the same", async () => {
    const gateway = await start();
    const connection = await clientOf(gateway).call("updateConnection", exampleUpdate);
    expect(connection).toEqual({ id: connectionId, name: body.name, type: body.type });
    expect(gateway.requests).toMatchObject([{ applied: true }]);
  });

  test("carries values that are not strings", async () => {
    const gateway = await start();
    const credential = { url: "db.example", port: 5432, useSsl: true, options: [{ depth: null }] };
    await clientOf(gateway).updateConnection({
      projectId,
      connectionId,
      body: { type: "POSTGRES", credential },
    });
    expect(gateway.connections.get(connectionId)).toMatchObject({ type: "POSTGRES", credential });
  });

  test("gives the url of a connection of an OAuth type", async () => {
    const url = "https://example.com/oauth";
    const gateway = await start({
      connections: exampleConnections().map((connection) => ({ ...connection, url })),
    });
    expect(await clientOf(gateway).updateConnection(exampleUpdate)).toMatchObject({ url });
  });

  test("goes to the zone of the spec's first server where none is chosen", async () => {
    const gateway = await start();
    const client = clientInZone(gateway, { zone: undefined });
    expect(client.zone).toBe(defaultZone);
    await client.updateConnection(exampleUpdate);
    expect(gateway.requests).toMatchObject([{ applied: true }]);
  });
});

describe("a refusal", () => {
  test("of the connection carries what the gateway said", async () => {
    const gateway = await start();
    const call = clientOf(gateway).updateConnection({ ...exampleUpdate, connectionId: "none" });
    const error = await failureOf(call, PeakaApiError);
    const said = { error: "INVALID_CONNECTION_ID", errorCode: "cn004" };
    expect(error).toMatchObject({
      name: "PeakaApiError",
      operation: "updateConnection",
      zone: undefined,
      attempts: 1,
      outcome: "not-applied",
      status: 400,
      code: said.error,
      errorCode: said.errorCode,
      retryAfterMs: undefined,
      body: { ...said, message: "invalid connection id" },
      hint: undefined,
    });
    expect(error.requestId).toMatch(uuid);
    expect(error.message).toBe(
      `${head(gateway.origin)}400 INVALID_CONNECTION_ID cn004: invalid connection id`,
    );
    expect(gateway.requests).toHaveLength(1);
  });

  test("of the credential is redacted, and the old credential stays", async () => {
    const gateway = await start({ validCredential: () => false, zone: "eu" });
    const call = clientInZone(gateway).updateConnection(exampleUpdate);
    const error = await failureOf(call, PeakaApiError);
    const message = 'login to hubspot failed with "[redacted]", "[redacted]", "[redacted]"';
    expect(error).toMatchObject({
      status: 400,
      code: "INVALID_CREDENTIALS",
      errorCode: "cn012",
      outcome: "not-applied",
      attempts: 1,
      body: { error: "INVALID_CREDENTIALS", errorCode: "cn012", message },
    });
    expect(error.message).toBe(`${head("eu")}400 INVALID_CREDENTIALS cn012: ${message}`);
    expect(gateway.connections.get(connectionId)).toEqual(oldConnection);
    expect(gateway.requests).toMatchObject([{ applied: false }]);
  });

  test("by the framework has a phrase, which is no code", async () => {
    const gateway = await start();
    const call = clientOf(gateway).updateConnection({
      ...exampleUpdate,
      body: { name: "new", type: "stripe" },
    });
    const error = await failureOf(call, PeakaApiError);
    const message =
      'JSON schema validation failed: credential is required in {"name":"new","type":"stripe"}';
    expect(error).toMatchObject({ status: 400, code: undefined, errorCode: undefined });
    expect(error).toMatchObject({ outcome: "not-applied", attempts: 1 });
    expect(error.body).toMatchObject({ status: 400, error: "Bad Request", message });
    expect(error.message).toBe(`${head(gateway.origin)}400: ${message}`);
    expect(error.requestId).toMatch(uuid);
    expect(gateway.connections.get(connectionId)).toEqual(oldConnection);
  });

  test("of the route is the framework's 404", async () => {
    departs("PUT /api/v0/", "the spec has no such operation");
    const gateway = await start();
    const baseUrl = `${gateway.origin}/api/v0`;
    const call = clientOf({ baseUrl }).updateConnection(exampleUpdate);
    const error = await failureOf(call, PeakaApiError);
    expect(error).toMatchObject({ status: 404, code: undefined, outcome: "not-applied" });
    expect(error.body).toMatchObject({ error: "Not Found", path: expect.any(String) as string });
    expect(error.message).toBe(`${head(gateway.origin)}404: No message available`);
  });

  test("in the form of other clients is taken as it comes", async () => {
    const gateway = await start();
    const said = { code: "QUOTA_EXCEEDED", reason: "too many connections" };
    gateway.fail({ status: 422, body: JSON.stringify(said) });
    const error = await failureOf(clientOf(gateway).updateConnection(exampleUpdate), PeakaApiError);
    expect(error).toMatchObject({ status: 422, code: said.code, body: said });
    expect(error.message).toBe(`${head(gateway.origin)}422 QUOTA_EXCEEDED: too many connections`);
  });
});
