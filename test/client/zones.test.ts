import { describe, expect, test } from "vitest";
import { auth, operations } from "../../generated/spec.js";
import {
  createPeakaClient,
  defaultZone,
  PeakaApiError,
  zones,
  type Zone,
} from "../../src/index.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { startZones } from "../tools/zone-switch.js";

const names = Object.keys(zones) as Zone[];
const othersOf = (zone: Zone) => names.filter((name) => name !== zone);
const { projectId, connectionId } = exampleUpdate;
const path = `/connections/${projectId}/${connectionId}`;
const { method, path: template } = operations.updateConnection;
const apiKey = "key-of-one-zone";

const failureOf = async (call: Promise<unknown>) => {
  const thrown: unknown = await call.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(PeakaApiError);
  return thrown as PeakaApiError;
};

describe.each(names)("a client of the zone %s", (zone) => {
  test("sends to the URL that the spec gives it, with the key as a bearer token", async () => {
    const { gateways, fetch, asked } = await startZones([{ key: apiKey }]);
    const client = createPeakaClient({ zone, apiKey, fetch });
    const connection = await client.updateConnection(exampleUpdate);
    expect(connection).toMatchObject({ id: connectionId, type: exampleUpdate.body.type });
    expect(asked).toEqual([zones[zone] + path]);
    const headers = { [auth.header]: `Bearer ${apiKey}`, "content-type": "application/json" };
    expect(gateways[zone].requests).toMatchObject([{ method: "PUT", headers, applied: true }]);
    expect(gateways[zone].violations).toEqual([]);
    for (const other of othersOf(zone)) expect(gateways[other].requests).toEqual([]);
  });

  test("tries no other zone on a 401, and hints at those that there are", async () => {
    const { gateways, fetch, asked } = await startZones([]);
    const client = createPeakaClient({ zone, apiKey, fetch });
    const error = await failureOf(client.updateConnection(exampleUpdate));
    expect(error).toMatchObject({ status: 401, zone, attempts: 1, outcome: "not-applied" });
    expect(error.hint).toBe(
      `the call went to ${zone}: the key or the project may belong to another zone ` +
        `(${othersOf(zone).join(", ")})`,
    );
    expect(error.message).toMatch(new RegExp(`^${method} `));
    expect(error.message).toContain(`${template} (${zone}): 401 UNAUTHORIZED`);
    expect(error.message.endsWith(error.hint ?? "no hint")).toBe(true);
    expect(asked).toHaveLength(1);
    for (const other of othersOf(zone)) expect(gateways[other].requests).toEqual([]);
  });

  test("tries no other zone on a 403, and hints at those that there are", async () => {
    const { fetch, asked } = await startZones([{ key: apiKey, projects: ["another"] }]);
    const client = createPeakaClient({ zone, apiKey, fetch });
    const error = await failureOf(client.updateConnection(exampleUpdate));
    expect(error).toMatchObject({ status: 403, code: "FORBIDDEN", zone, attempts: 1 });
    for (const name of names) expect(error.hint).toMatch(new RegExp(`\\b${name}\\b`));
    expect(error.message.endsWith(error.hint ?? "no hint")).toBe(true);
    expect(asked).toEqual([zones[zone] + path]);
  });

  test("stays in the zone when it tries again", async () => {
    const { gateways, fetch, asked } = await startZones([{ key: apiKey }]);
    gateways[zone].fail({ status: 503, headers: { "retry-after": "0" }, times: 2 });
    await createPeakaClient({ zone, apiKey, fetch }).updateConnection(exampleUpdate);
    expect(asked).toEqual(Array(3).fill(zones[zone] + path));
    for (const other of othersOf(zone)) expect(gateways[other].requests).toEqual([]);
  });
});

test("a client that names no zone sends to that of the spec's first server", async () => {
  const { fetch, asked } = await startZones([{ key: apiKey }]);
  await createPeakaClient({ apiKey, fetch }).updateConnection(exampleUpdate);
  expect(asked).toEqual([zones[defaultZone] + path]);
});

test("clients of two zones do not get in each other's way", async () => {
  const { gateways, fetch } = await startZones([{ key: apiKey }]);
  const clients = names.map((zone) => createPeakaClient({ zone, apiKey, fetch }));
  await Promise.all(clients.map((client) => client.updateConnection(exampleUpdate)));
  for (const zone of names) expect(gateways[zone].requests).toMatchObject([{ applied: true }]);
});

describe("a client with a baseUrl", () => {
  test("names its origin where a message names the zone, and in the hint", async () => {
    const gateway = await start();
    const client = clientOf(gateway, { apiKey });
    const error = await failureOf(client.updateConnection(exampleUpdate));
    expect(error).toMatchObject({ status: 401, zone: undefined });
    expect(error.message).toContain(`PUT ${template} (${gateway.origin}): 401 UNAUTHORIZED`);
    expect(error.hint).toContain(gateway.origin);
    expect(error.message).not.toContain(gateway.baseUrl);
    expect(error.message.endsWith(error.hint ?? "no hint")).toBe(true);
  });

  test("hints on a 403 too", async () => {
    const gateway = await start();
    const update = { ...exampleUpdate, projectId: "elsewhere" };
    const client = clientOf(gateway, { apiKey: "project-key" });
    const error = await failureOf(client.updateConnection(update));
    expect(error).toMatchObject({ status: 403, attempts: 1 });
    expect(error.hint).toContain(gateway.origin);
  });
});

test.each([400, 404, 409, 422])("a %d hints at nothing", async (status) => {
  const gateway = await start();
  gateway.fail({ status });
  const error = await failureOf(clientOf(gateway).updateConnection(exampleUpdate));
  expect(error).toMatchObject({ status, hint: undefined });
  expect(error.message).not.toContain("another zone");
});
