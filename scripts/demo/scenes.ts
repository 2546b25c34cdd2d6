import { isDeepStrictEqual } from "node:util";
import { createPeakaClient, isPeakaError } from "../../src/index.js";
import { faults } from "../../test/tools/gateway/faults.js";
import type { Gateway } from "../../test/tools/gateway/gateway.js";
import { exampleUpdate, exampleUpdates } from "../../test/tools/gateway/seeds.js";
import type { Report } from "./report.js";

/** A scene: what the client does on a gateway. */
export type Scene = (gateway: Gateway, apiKey: string, report: Report) => Promise<void>;

/** Lists the connections, and gives each the credential of the spec's example, with the name that it has. */
export const rotation: Scene = async (gateway, apiKey, report) => {
  report.heading(`Zone ${gateway.zone}: list, read and rotate, on ${gateway.baseUrl}`);
  const client = connect(gateway, apiKey, report);
  const { projectId } = exampleUpdate;
  const listed = await client.listConnections({ projectId });
  report.check(listed.length === exampleUpdates.length, `${listed.length} connections are listed`);
  for (const { connectionId, body } of exampleUpdates) {
    const { name = "", type = "" } = await client.getConnection({ projectId, connectionId });
    const { configuration = [] } = await client.getConnectionConfig({ connectionType: type });
    const { credential } = body;
    const isWhole = configuration.every(({ fieldName = "" }) => fieldName in credential);
    report.check(isWhole, `the credential is what ${type} asks for`);
    const update = { projectId, connectionId, body: { name, type, credential } };
    await client.updateConnection(update);
    report.check(isUpdated(gateway, update), `${name} (${type}) has its new credential`);
  }
};

/** A credential that the third party refuses: the error is redacted, the old credential stays. */
export function wrongCredential(credential: Record<string, string>): Scene {
  return async (gateway, apiKey, report) => {
    report.heading("A wrong credential: the gateway quotes it, the error does not");
    const before = gateway.connections.get(exampleUpdate.connectionId);
    const error = await failure(
      connect(gateway, apiKey, report).updateConnection({
        ...exampleUpdate,
        body: { ...exampleUpdate.body, credential },
      }),
    );
    tell(error, report);
    report.check(isPeakaError(error) && error.outcome === "not-applied", "nothing was applied");
    const after = gateway.connections.get(exampleUpdate.connectionId);
    report.check(isDeepStrictEqual(before, after), "the old credential is still in place");
  };
}

/** A gateway that is unavailable twice, then recovers. */
export const recovery: Scene = async (gateway, apiKey, report) => {
  report.heading("A gateway that fails twice and recovers: the client tries again");
  const name = `${exampleUpdate.body.name}, renamed`;
  const update = { ...exampleUpdate, body: { ...exampleUpdate.body, name } };
  const arrivedBefore = gateway.requests.length;
  gateway.fail({ status: 503 }, { status: 503 });
  await connect(gateway, apiKey, report).updateConnection(update);
  report.check(gateway.requests.length - arrivedBefore === 3, "three requests arrived");
  report.check(isUpdated(gateway, update), "the update is made");
};

/** A redirect to another origin, which would take key and credential along. */
export function redirect(elsewhere: Gateway): Scene {
  return async (gateway, apiKey, report) => {
    report.heading("A redirect to another origin: refused");
    const arrivedBefore = elsewhere.requests.length;
    gateway.fail(faults.redirect(307, elsewhere.baseUrl));
    const error = await failure(connect(gateway, apiKey, report).updateConnection(exampleUpdate));
    tell(error, report);
    report.check(isPeakaError(error) && error.outcome === "unknown", "the outcome is unknown");
    const arrived = elsewhere.requests.length - arrivedBefore;
    report.check(arrived === 0, `${arrived} requests reached the other origin`);
  };
}

function connect(gateway: Gateway, apiKey: string, report: Report) {
  return createPeakaClient({
    baseUrl: gateway.baseUrl,
    apiKey,
    onAttempt(attempt) {
      report.attempt(gateway.zone, attempt);
    },
  });
}

interface Update {
  connectionId: string;
  body: object;
}

function isUpdated(gateway: Gateway, { connectionId, body }: Update): boolean {
  const { name, type, credential } = gateway.connections.get(connectionId) ?? {};
  return isDeepStrictEqual({ name, type, credential }, body);
}

async function failure(update: Promise<unknown>): Promise<unknown> {
  try {
    await update;
  } catch (error) {
    return error;
  }
  throw new Error("the update should have failed");
}

function tell(error: unknown, report: Report): void {
  if (!isPeakaError(error)) throw error;
  const code = "code" in error && typeof error.code === "string" ? `code ${error.code}, ` : "";
  report.line(`${error.name}: ${error.message}`);
  report.line(`${code}outcome ${error.outcome}`);
}
