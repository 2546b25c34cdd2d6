import { expect } from "vitest";
import type {
  AnyPeakaError,
  CallOptions,
  PeakaClient,
  PeakaClientOptions,
} from "../../src/index.js";
import type { OperationInput } from "../../src/index.js";
import { faults } from "./gateway/faults.js";
import { start } from "./gateway/start.js";
import { exampleUpdate } from "./gateway/seeds.js";
import { clientOf } from "./client-of.js";
import { closedBaseUrl } from "./closed-port.js";
import { reasonOf } from "./failure.js";

const { projectId, connectionId, body } = exampleUpdate;
const token = "token-of-the-third-party";

/** What no error may show. */
export const secrets = ["partner-key", token, ...Object.values(body.credential)];

type Failures = { [E in AnyPeakaError as E["name"]]: () => Promise<E> };

/** For each class, a call that fails with it after at most one attempt, by clients made so. */
export function failuresOf(create: typeof clientOf): Failures {
  const once: PeakaClientOptions = { maxRetries: 0 };
  return {
    PeakaUsageError: async () => {
      const client = create(await start());
      return failWith("PeakaUsageError", client, { ...exampleUpdate, projectId: `${token}/..` });
    },
    PeakaApiError: async () => {
      const gateway = await start({ acceptsCredential: () => false });
      return failWith("PeakaApiError", create(gateway, once));
    },
    PeakaResponseError: async () => {
      const gateway = await start();
      gateway.fail({ ...faults.html, body: `<h1>${token}</h1>` });
      return failWith("PeakaResponseError", create(gateway));
    },
    PeakaNetworkError: async () => {
      return failWith("PeakaNetworkError", create({ baseUrl: await closedBaseUrl() }, once));
    },
    PeakaTimeoutError: async () => {
      const gateway = await start();
      gateway.fail("silence");
      return failWith("PeakaTimeoutError", create(gateway, { ...once, timeoutMs: 30 }));
    },
    PeakaAbortError: async () => {
      const caller = new AbortController();
      const apiKey = () => {
        caller.abort(new Error("the service shuts down"));
        return new Promise<string>(() => undefined);
      };
      const { signal } = caller;
      return failWith("PeakaAbortError", create(await start(), { apiKey }), update, { signal });
    },
  };
}

/** The failures of this package itself. */
export const failures = failuresOf(clientOf);

const update = {
  projectId,
  connectionId,
  body: { ...body, credential: { ...body.credential, token } },
};

async function failWith<Name extends AnyPeakaError["name"]>(
  name: Name,
  client: PeakaClient,
  input: OperationInput<"updateConnection"> = update,
  options: CallOptions = {},
) {
  const error = await reasonOf(client.updateConnection(input, options));
  expect(error).toHaveProperty("name", name);
  return error as Extract<AnyPeakaError, { name: Name }>;
}
