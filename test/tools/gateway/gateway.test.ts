import { expect, test } from "vitest";
import { faults, type Fault } from "./faults.js";
import { body, connectionId, put, start, type Put } from "./put.js";
import { exampleConnections } from "./seeds.js";

const [{ credential: oldCredential } = { credential: {} }] = exampleConnections();

test("an update is made, and answered without the credential", async () => {
  const gateway = await start();
  const response = await put(gateway);
  const { name, type, credential } = body;
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(await response.json()).toEqual({ id: connectionId, name, type });
  expect(gateway.connections.get(connectionId)).toMatchObject({ name, type, credential });
  expect(gateway).toMatchObject({ violations: [], requests: [{ applied: true }] });
});

const wrong = '{"credential":{"token":"wrong"}}';
test.each<[Put, number, object]>([
  [{ key: "other" }, 401, { error: "UNAUTHORIZED" }],
  [{ connection: "none" }, 400, { errorCode: "cn004" }],
  [{ project: "elsewhere" }, 400, { error: "INVALID_CONNECTION_ID" }],
  [{ content: "{}" }, 400, { error: "Bad Request", status: 400 }],
  [{ content: wrong }, 400, { errorCode: "cn012" }],
])("%j is refused with a %i, and changes nothing", async (options, status, said) => {
  const gateway = await start({ acceptsCredential: () => false });
  const response = await put(gateway, options);
  expect([response.status, await response.json()]).toMatchObject([status, said]);
  expect(gateway.connections.get(connectionId)?.credential).toEqual(oldCredential);
  expect(gateway.requests).toMatchObject([{ applied: false }]);
});

test.each<[Fault, boolean, "answered" | "cut"][]>([
  [[{ status: 503 }, false, "answered"]],
  [[{ ...faults.html, applied: true }, true, "answered"]],
  [["break", false, "cut"]],
  [["lose-answer", true, "cut"]],
  [["broken-body", true, "cut"]],
  [[{ trickleMs: 0 }, true, "answered"]],
])("the fault %j strikes once", async ([fault, applied, ended]) => {
  const gateway = await start();
  gateway.fail(fault);
  const answer = put(gateway).then((response) => response.text());
  await Promise.allSettled([answer]);
  expect(gateway.requests).toMatchObject([{ applied }]);
  expect(await gateway.requests[0]?.ended).toBe(ended);
  expect((await put(gateway)).status).toBe(200);
});

test("what hangs ends when the caller goes, or the gateway", async () => {
  const gateway = await start();
  gateway.fail("silence", "silence", { delayMs: 600_000 });
  const caller = new AbortController();
  const answers = [put(gateway, { signal: caller.signal }), put(gateway), put(gateway)];
  const settled = Promise.allSettled(answers);
  await gateway.arrived(3);
  caller.abort();
  await gateway.close();
  expect((await settled).map(({ status }) => status)).toEqual(Array(3).fill("rejected"));
});
