import { examples } from "../../../generated/examples.js";
import type { TestConnection, TestGatewayOptions } from "../../../src/testing/index.js";

const { parameters, requests } = examples.updateConnection;

/** The spec's example requests as inputs of `updateConnection`, each for a connection of its own. */
export const exampleUpdates = Object.values(requests).map((body, index) => ({
  projectId: parameters.projectId,
  // The spec has one id for all of them.
  connectionId: parameters.connectionId.slice(0, -1) + String(index),
  body,
}));

/** The first of them, for what needs only one. */
export const exampleUpdate = first(exampleUpdates);

/** Those connections as they are before the updates. */
export function exampleConnections(): TestConnection[] {
  return exampleUpdates.map(({ projectId, connectionId, body }) => ({
    id: connectionId,
    projectId,
    name: `old ${body.name}`,
    type: body.type,
    credential: { token: "old credential" },
  }));
}

/** What the credentials of these types consist of, as those in the spec's examples do. */
const configurations = exampleUpdates.map(({ body: { type, credential } }) => ({
  connectionType: type,
  configuration: Object.keys(credential).map((fieldName) => ({ fieldName, required: true })),
}));

/** Answers with them. */
export const configurationHandlers: TestGatewayOptions["handlers"] = {
  listConnectionConfig: () => configurations,
  getConnectionConfig: (input) =>
    configurations.find((one) => one.connectionType === input.connectionType) ?? {},
};

function first<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new Error("the spec has no example request");
  return item;
}
