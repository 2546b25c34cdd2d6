import { describe, expect, expectTypeOf, test } from "vitest";
import { examples } from "../../generated/examples.js";
import { auth, operations, type Operation } from "../../generated/spec.js";
import { createPeakaClient, PeakaApiError, zones } from "../../src/index.js";
import type { Connection, Zone } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { failWith } from "../tools/fail-with.js";
import { failureOf } from "../tools/failure.js";
import { answerProblems } from "../tools/gateway/contract.js";
import { start } from "../tools/gateway/start.js";
import { exampleConnections, exampleUpdate, exampleUpdates } from "../tools/gateway/seeds.js";
import { clientInZone } from "../tools/in-zone.js";

const { projectId, connectionId } = exampleUpdate;
const { responses } = examples.updateConnection;
const { success } = operations.updateConnection as Operation;
const oldConnection = exampleConnections()[0];
const head = (place: string) => `PUT /connections/{projectId}/{connectionId} (${place}): `;
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
const names = Object.keys(zones) as Zone[];

describe.each(names)("in zone %s", (zone) => {
  test.each(exampleUpdates)(
    "the spec's update of $body.type makes the round trip",
    async (update) => {
      const gateway = await start({ zone });
      const urls: string[] = [];
      const connection = await clientInZone(gateway, {}, urls).updateConnection(update);
      const { connectionId: id, body } = update;
      expect(urls).toEqual([`${zones[zone]}/connections/${projectId}/${id}`]);
      expect(gateway.requests).toMatchObject([
        {
          method: "PUT",
          body: JSON.stringify(body),
          headers: {
            [auth.header]: "Bearer partner-key",
            accept: "application/json",
            "content-type": "application/json",
          },
        },
      ]);
      expect(gateway.violations).toEqual([]);
      expect(gateway.connections.get(id)).toEqual({ id, projectId, ...body });
      expectTypeOf(connection).toEqualTypeOf<Connection>();
      expect(connection).toStrictEqual({ id, name: body.name, type: body.type });
      expect(await answerProblems("updateConnection", 200, connection)).toEqual([]);
    },
  );

  test.each(Object.entries(responses))(
    "the spec's response %j is the result",
    async (_, answer) => {
      const gateway = await start({ zone });
      const headers = { "content-type": success.mediaTypes.join() };
      gateway.fail({ status: 200, headers, body: JSON.stringify(answer) });
      expect(await clientInZone(gateway).updateConnection(exampleUpdate)).toStrictEqual(answer);
      expect(await answerProblems("updateConnection", 200, answer)).toEqual([]);
    },
  );

  test.each([
    [401, "UNAUTHORIZED"],
    [403, "FORBIDDEN"],
  ])("a %i names the zone and hints at the others, and none of them is tried", async (...row) => {
    const [status, code] = row;
    const gateway = await start({ zone });
    gateway.fail({ status, body: { error: code, errorCode: "au001" } });
    const urls: string[] = [];
    const call = clientInZone(gateway, {}, urls).updateConnection(exampleUpdate);
    const error = await failureOf(call, PeakaApiError);
    const others = names.filter((name) => name !== zone).join(", ");
    const hint = `the call went to ${zone}: the key or the project may belong to another zone (${others})`;
    expect(error).toMatchObject({ status, code, zone, hint, attempts: 1, outcome: "not-applied" });
    expect(error.message.startsWith(`${head(zone)}${status} ${code} `)).toBe(true);
    expect(error.message.endsWith(`; ${hint}`)).toBe(true);
    expect(urls).toHaveLength(1);
  });
});

test("an update is made by a method apart from its client, too", async () => {
  const { updateConnection } = clientOf(await start());
  expect(await updateConnection(exampleUpdate)).toMatchObject({ id: connectionId });
});

describe("a refusal", () => {
  test("of the connection carries what the gateway said", async () => {
    const { error, gateway } = await failWith(PeakaApiError, {
      input: { ...exampleUpdate, connectionId: "none" },
    });
    const said = { error: "INVALID_CONNECTION_ID", errorCode: "cn004" };
    expect(error).toMatchObject({
      ...{ name: "PeakaApiError", operation: "updateConnection", zone: undefined },
      ...{ attempts: 1, outcome: "not-applied", status: 400, requestId: uuid },
      ...{ code: said.error, errorCode: said.errorCode, retryAfterMs: undefined, hint: undefined },
      body: { ...said, message: "invalid connection id" },
    });
    expect(error.message).toBe(
      `${head(gateway.origin)}400 INVALID_CONNECTION_ID cn004: invalid connection id`,
    );
    expect(gateway.requests).toHaveLength(1);
  });

  test("of the credential is redacted, and the old credential stays", async () => {
    const gateway = await start({ acceptsCredential: () => false, zone: "eu" });
    const call = clientInZone(gateway).updateConnection(exampleUpdate);
    const error = await failureOf(call, PeakaApiError);
    const { credential } = exampleUpdate.body;
    const hidden = JSON.stringify(credential).replace(/:"[^"]+"/g, ':"[redacted]"');
    const message = `login to hubspot failed with ${hidden}`;
    const said = { error: "INVALID_CREDENTIALS", errorCode: "cn012", message };
    expect(error).toMatchObject({ status: 400, outcome: "not-applied", body: said });
    expect(error.message).toBe(`${head("eu")}400 INVALID_CREDENTIALS cn012: ${message}`);
    expect(gateway.connections.get(connectionId)).toEqual(oldConnection);
  });

  test("where there is no zone hints at elsewhere", async () => {
    const baseUrl = "https://gateway.example/api";
    const fetch = () => Promise.resolve(Response.json({ error: "FORBIDDEN" }, { status: 403 }));
    const client = createPeakaClient({ apiKey: "partner-key", baseUrl, fetch });
    const error = await failureOf(client.updateConnection(exampleUpdate), PeakaApiError);
    const hint =
      "the call went to https://gateway.example: the key or the project may belong elsewhere";
    expect(error.message).toBe(`${head("https://gateway.example")}403 FORBIDDEN; ${hint}`);
    expect(error).toMatchObject({ hint, zone: undefined });
  });

  test.each([302, 400, 402, 405, 409, 422])("with a %d hints at nothing", async (status) => {
    const { error } = await failWith(PeakaApiError, { faults: [{ status }] });
    expect(error).toMatchObject({ status, hint: undefined });
    expect(error.message).not.toMatch(/another zone|elsewhere/);
  });
});
