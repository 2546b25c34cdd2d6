import { describe, expect, test } from "vitest";
import { json } from "../../tools/gateway/answers.js";
import { rebuild, spec } from "../../tools/rebuild.js";
import { apiKey, startWire, update } from "../../tools/wire.js";
import { edited } from "./edit.js";
import { mutated } from "./mutations.js";

const body = JSON.stringify(update.body);
const failed = (thrown: unknown) => thrown;

test("without a change, the rebuilt package sends what the spec says", async () => {
  const wire = await startWire(await rebuild(spec));
  expect(await wire.update()).toEqual({});
  const { headers, ...request } = wire.request();
  expect(request).toEqual({ method: "PUT", url: "/connections/project%201/connection1", body });
  expect(headers).toMatchObject({
    authorization: `Bearer ${apiKey}`,
    accept: "application/json",
    "content-type": "application/json",
  });
});

test("another path is called", async () => {
  const wire = await startWire(await rebuild(mutated("another path")));
  await wire.update();
  const { method, url } = wire.request();
  expect([method, url]).toEqual(["PUT", "/workspaces/connection1/of-project%201"]);
});

describe("another method is used, and decides whether to try again:", () => {
  const unavailable = { status: 503, headers: { "retry-after": "0" }, body: "" };
  test.each([
    ["PATCH", 1],
    ["POST", 1],
    ["DELETE", 3],
  ])("%s, in %d attempts", async (method, attempts) => {
    const edits = [["    put:\n", `    ${method.toLowerCase()}:\n`]] as const;
    const wire = await startWire(await rebuild(edited(edits)));
    wire.answer(unavailable, unavailable, unavailable);
    const error = await wire.update().catch(failed);
    expect(error).toMatchObject({ name: "PeakaApiError", attempts, outcome: "unknown" });
    expect((error as Error).message).toContain(`${method} /connections/{projectId}/`);
    expect(wire.requests.map((request) => request.method)).toEqual(
      new Array<string>(attempts).fill(method),
    );
    expect(new Set(wire.requests.map((request) => request.body))).toEqual(new Set([body]));
  });
});

test("a body that can be left out is no longer demanded", async () => {
  const wire = await startWire(await rebuild(mutated("a body that can be left out")));
  await wire.update({ ...update, body: undefined });
  const { headers, ...request } = wire.request();
  expect(request.body).toBe("");
  expect(headers).not.toHaveProperty("content-type");
});

describe("an API key in a header of its own", () => {
  test("is in that header, and in no other", async () => {
    const wire = await startWire(await rebuild(mutated("an API key in a header")));
    await wire.update();
    const { headers } = wire.request();
    expect(headers["x-api-key"]).toBe(apiKey);
    expect(headers).not.toHaveProperty("authorization");
    expect(JSON.stringify({ ...headers, "x-api-key": "" })).not.toContain(apiKey);
  });

  test("is hidden where an answer quotes it", async () => {
    const wire = await startWire(await rebuild(mutated("an API key in a header")));
    wire.answer(json(401, { message: `X-Api-Key: ${apiKey} is unknown` }));
    const error = await wire.update().catch(failed);
    expect(error).toMatchObject({ body: { message: "X-Api-Key: [redacted] is unknown" } });
  });
});

describe("a renamed path parameter", () => {
  test("is given by its new name", async () => {
    const wire = await startWire(await rebuild(mutated("a renamed path parameter")));
    const { projectId: workspaceId, ...rest } = update;
    await wire.update({ workspaceId, ...rest });
    expect(wire.request().url).toBe("/connections/project%201/connection1");
  });

  test.each([
    [
      "its old name is refused",
      {},
      /must not hold projectId, only workspaceId, connectionId, body/,
    ],
    ["it is missing without the new one", { projectId: undefined }, /: workspaceId is missing: /],
  ])("%s", async (_, change, message) => {
    const wire = await startWire(await rebuild(mutated("a renamed path parameter")));
    const { projectId, ...rest } = { ...update, ...change };
    const error = await wire.update(projectId ? { projectId, ...rest } : rest).catch(failed);
    expect(error).toMatchObject({ name: "PeakaUsageError", attempts: 0 });
    expect((error as Error).message).toMatch(message);
    expect(wire.requests).toEqual([]);
  });
});

describe("a property that the spec makes secret", () => {
  const callback = "https://service.example/callback?state=1";
  const refused = json(400, { message: `cannot call ${callback}` });
  const input = { ...update, body: { ...update.body, connectionCallback: callback } };

  test("is hidden where an answer quotes it", async () => {
    const wire = await startWire(await rebuild(mutated("a property that is secret")));
    wire.answer(refused);
    const error = await wire.update(input).catch(failed);
    expect(error).toMatchObject({ body: { message: "cannot call [redacted]" } });
    expect((error as Error).message).toMatch(/: cannot call \[redacted\]$/);
  });

  test("was not hidden before", async () => {
    const wire = await startWire(await rebuild(spec));
    wire.answer(refused);
    expect(await wire.update(input).catch(failed)).toMatchObject({
      body: { message: `cannot call ${callback}` },
    });
  });
});
