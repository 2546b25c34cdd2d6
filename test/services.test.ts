import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { start } from "./gateway/put.js";
import type { Gateway } from "./gateway/gateway.js";
import { exampleUpdate } from "./gateway/seeds.js";
import type { Service } from "./package/service.js";
import { installServices, serviceNames, type ServiceName } from "./services/installed.js";
import { run, type Running } from "./services/running.js";

const { projectId, connectionId, body } = exampleUpdate;
const configured = "key-of-the-configuration";
const credential = { token: "sk_live_the-new-one" };

let service: Service;

beforeAll(async () => {
  service = await installServices();
}, 300_000);
afterAll(() => service.remove());

/** Runs a service for one test against a gateway of that test. */
async function startRotator(name: ServiceName, { baseUrl }: Gateway, apiKey = configured) {
  const running = await run(service.folder, name, {
    ROTATOR_PEAKA_KEY: apiKey,
    ROTATOR_PEAKA_URL: baseUrl,
    ROTATOR_PROJECT: projectId,
    // What the client would take if it were not told.
    PEAKA_API_KEY: "key-of-the-environment",
  });
  onTestFinished(() => running.stop());
  return running;
}

const startGateway = (isValid = true) =>
  start({ apiKeys: [{ key: configured }], validCredential: () => isValid });

/** Asks a service for a rotation. */
function rotate({ origin }: Running, signal?: AbortSignal): Promise<Response> {
  return fetch(`${origin}/rotations/${connectionId}`, {
    method: "PUT",
    headers: { "content-type": "application/json", connection: "close" },
    body: JSON.stringify({ ...body, credential }),
    signal: signal ?? null,
  });
}

const inPlace = (gateway: Gateway) => gateway.connections.get(connectionId)?.credential;

/** What came of a rotation, where neither the answer nor the log may hold a secret. */
async function refusalOf(running: Running, apiKey = configured) {
  const response = await rotate(running);
  const answer = await response.text();
  await running.stop();
  for (const secret of [apiKey, credential.token]) {
    expect(answer + running.printed()).not.toContain(secret);
  }
  return { status: response.status, told: JSON.parse(answer) as Record<string, string> };
}

describe.each(serviceNames)("a service with the installed package: %s", (name) => {
  test("puts the new credential in place, with the API key of its configuration", async () => {
    const gateway = await startGateway();
    const response = await rotate(await startRotator(name, gateway));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id: connectionId });
    expect(inPlace(gateway)).toEqual(credential);
    const keys = gateway.requests.map(({ headers }) => headers.authorization);
    expect(keys).toEqual([`Bearer ${configured}`]);
  });

  test("answers 422 where the third party refuses the credential, and shows no secret", async () => {
    const gateway = await startGateway(false);
    const { status, told } = await refusalOf(await startRotator(name, gateway));
    expect({ status, outcome: told["outcome"] }).toEqual({ status: 422, outcome: "not-applied" });
    // The gateway quotes the credential.
    expect(told["message"]).toMatch(/INVALID_CREDENTIALS.*\[redacted\]/);
    expect(inPlace(gateway)).not.toEqual(credential);
  });

  test("answers 502 where the gateway refuses its API key, and shows no secret", async () => {
    const apiKey = "key-that-nobody-knows";
    const running = await startRotator(name, await startGateway(), apiKey);
    const { status, told } = await refusalOf(running, apiKey);
    expect({ status, outcome: told["outcome"] }).toEqual({ status: 502, outcome: "not-applied" });
    expect(told["message"]).toContain("401");
  });

  test("answers 503 and says to look where nobody knows what was applied", async () => {
    const gateway = await startGateway();
    const headers = { "retry-after": "0" };
    const echoed = JSON.stringify({ message: `no answer to ${credential.token}` });
    gateway.fail({ times: 3, status: 503, headers, body: echoed, applied: true });
    const { status, told } = await refusalOf(await startRotator(name, gateway));
    expect({ status, outcome: told["outcome"] }).toEqual({ status: 503, outcome: "unknown" });
    expect(told["advice"]).toContain("look before you rotate it again");
    // Whoever looks finds that it was.
    expect(inPlace(gateway)).toEqual(credential);
  });

  test("leaves no process alive when it is shut down, nor one that listens", async () => {
    const running = await startRotator(name, await startGateway());
    expect((await rotate(running)).status).toBe(200);
    await running.stop();
    expect(() => process.kill(running.pid ?? 0, 0)).toThrow("ESRCH");
    await expect(fetch(running.origin)).rejects.toThrow();
  });
});

describe("the Fastify service", () => {
  test("logs a line for each attempt", async () => {
    const gateway = await startGateway();
    gateway.fail({ status: 503, headers: { "retry-after": "0" } });
    const running = await startRotator("fastify", gateway);
    expect((await rotate(running)).status).toBe(200);
    await running.stop();
    const lines = running.printed().trim().split("\n");
    const told = lines.map((line) => JSON.parse(line) as { peaka?: object; err?: object });
    expect(told.filter(({ peaka }) => peaka)).toMatchObject([
      { peaka: { attempt: 1, status: 503, retryInMs: 0 }, err: { type: "PeakaApiError" } },
      { peaka: { operation: "updateConnection", attempt: 2, status: 200, outcome: "applied" } },
    ]);
  });

  test("drops the call when whoever asked for it hangs up, and serves the next", async () => {
    const gateway = await startGateway();
    const running = await startRotator("fastify", gateway);
    gateway.fail({ hang: true });
    const caller = new AbortController();
    const call = rotate(running, caller.signal);
    await gateway.arrived(1);
    caller.abort();
    await expect(call).rejects.toThrow("aborted");
    expect(await gateway.requests[0]?.ended).toBe("cut");
    expect((await rotate(running)).status).toBe(200);
    expect(inPlace(gateway)).toEqual(credential);
  });
});
