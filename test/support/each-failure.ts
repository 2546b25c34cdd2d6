import { expect } from "vitest";
import * as peaka from "../../src/index.js";
import type { AnyPeakaError, PeakaClient, PeakaClientOptions } from "../../src/index.js";
import type { UpdateConnectionInput } from "../../src/index.js";
import { faults } from "../gateway/faults.js";
import { start } from "../gateway/put.js";
import { exampleUpdate } from "../gateway/seeds.js";
import { clientOf } from "./client-of.js";
import { closedBaseUrl } from "./closed-port.js";

const { projectId, connectionId, body } = exampleUpdate;
const token = "token-of-the-third-party";

/** What no error may show. */
export const secrets = ["partner-key", token, ...Object.values(body.credential)];

type Failures = { [E in AnyPeakaError as E["name"]]: () => Promise<E> };

/** For each class, a call that fails with it after at most one attempt. */
export const failures: Failures = {
  PeakaUsageError: async () => {
    const client = clientOf(await start());
    return failWith("PeakaUsageError", client, { ...exampleUpdate, projectId: `${token}/..` });
  },
  PeakaApiError: async () => {
    const client = await clientWith({ validCredential: () => false });
    return failWith("PeakaApiError", client);
  },
  PeakaResponseError: async () => {
    const gateway = await start();
    gateway.fail({ ...faults.html, body: `<h1>${token}</h1>` });
    return failWith("PeakaResponseError", clientOf(gateway));
  },
  PeakaNetworkError: async () => {
    const client = clientOf({ baseUrl: await closedBaseUrl() }, once);
    return failWith("PeakaNetworkError", client);
  },
  PeakaTimeoutError: async () => {
    const gateway = await start();
    gateway.fail({ hang: true });
    return failWith("PeakaTimeoutError", clientOf(gateway, { ...once, timeoutMs: 30 }));
  },
};

const once: PeakaClientOptions = { maxRetries: 0 };

async function clientWith(options: Parameters<typeof start>[0]): Promise<PeakaClient> {
  return clientOf(await start(options), once);
}

async function failWith<Name extends AnyPeakaError["name"]>(
  name: Name,
  client: PeakaClient,
  input: UpdateConnectionInput = {
    projectId,
    connectionId,
    body: { ...body, credential: { ...body.credential, token } },
  },
) {
  const thrown: unknown = await client.updateConnection(input).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(peaka[name]);
  return thrown as Extract<AnyPeakaError, { name: Name }>;
}
