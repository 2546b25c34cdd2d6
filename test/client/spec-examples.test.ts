import { readFile } from "node:fs/promises";
import { load } from "js-yaml";
import { describe, expect, expectTypeOf, test } from "vitest";
import { examples } from "../../generated/examples.js";
import { operations } from "../../generated/spec.js";
import { zones, type Connection, type Zone } from "../../src/index.js";
import { answerProblems } from "../tools/gateway/contract.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientInZone } from "../tools/in-zone.js";

const { parameters, requests, responses } = examples.updateConnection;
const { projectId, connectionId: id } = parameters;
const { method, path, success } = operations.updateConnection;
const filled = path.replace("{projectId}", projectId).replace("{connectionId}", id);

/** A gateway that has the connection of the spec's parameters, as it was before. */
function startWithExample(zone: Zone) {
  const old = { name: "old", type: "old", credential: { token: "old" } };
  return start({ zone, connections: [{ id, projectId, ...old }] });
}

test("generated/examples.ts has every example that the spec gives of an update", async () => {
  const file = new URL("../../openapi/peaka.yaml", import.meta.url);
  const { paths } = load(await readFile(file, "utf8")) as Document;
  const operation = paths[path]?.[method.toLowerCase()];
  const named = operation?.parameters.map(({ name, example }) => [name, example] as const);
  expect(examples.updateConnection).toEqual({
    parameters: Object.fromEntries<unknown>(named ?? []),
    requests: valuesIn(operation?.requestBody),
    responses: valuesIn(operation?.responses["200"]),
  });
});

describe.each(Object.keys(zones) as Zone[])("in zone %s", (zone) => {
  test.each(Object.entries(requests))("the request %j makes the round trip", async (_, body) => {
    const gateway = await startWithExample(zone);
    const connection = await clientInZone(gateway).updateConnection({ ...parameters, body });

    const url = new URL(zones[zone]).pathname + filled;
    expect(gateway.requests).toMatchObject([{ url, body: JSON.stringify(body), applied: true }]);
    expect(gateway.violations).toEqual([]);
    expect([...gateway.connections.values()]).toEqual([{ id, projectId, ...body }]);

    expectTypeOf(connection).toEqualTypeOf<Connection>();
    expect(connection).toStrictEqual({ id, name: body.name, type: body.type });
    expect(await answerProblems("updateConnection", 200, connection)).toEqual([]);
  });

  test.each(Object.entries(responses))("the response %j is the result", async (_, answer) => {
    expect(await answerProblems("updateConnection", 200, answer)).toEqual([]);
    const gateway = await startWithExample(zone);
    const headers = { "content-type": success.mediaTypes[0] };
    gateway.fail({ status: 200, headers, body: JSON.stringify(answer) });
    const connection = await clientInZone(gateway).updateConnection(exampleUpdate);
    expectTypeOf(connection).toEqualTypeOf<Connection>();
    expect(connection).toStrictEqual(answer);
  });
});

interface Document {
  paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  parameters: { name: string; example: unknown }[];
  requestBody: Body;
  responses: Record<string, Body>;
}
interface Body {
  content: Record<string, { examples: Record<string, { value: unknown }> }>;
}

/** The examples of a body, by name. */
function valuesIn({ content }: Body = { content: {} }): Record<string, unknown> {
  const named = Object.values(content).flatMap((type) => Object.entries(type.examples));
  return Object.fromEntries(named.map(([name, { value }]) => [name, value]));
}
