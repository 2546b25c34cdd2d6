import { beforeEach, describe, expect, test } from "vitest";
import { PeakaApiError, type Fetch } from "../../src/index.js";
import { clientOf } from "../tools/client-of.js";
import { departs } from "../tools/departures.js";
import { failWith } from "../tools/fail-with.js";
import { failureOf } from "../tools/failure.js";
import { faults, type Fault } from "../tools/gateway/faults.js";
import { start } from "../tools/gateway/start.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { skipBackoff } from "../tools/no-backoff.js";

// An answer that asks for no wait is followed by the backoff alone.
beforeEach(skipBackoff);

const token = "sk-live-4eC39HqLyjWDarjtT1zdp7dc";
const update = { ...exampleUpdate, body: { type: "stripe", credential: { token } } };

/** The error of a call that is answered so, and that is not tried again. */
async function refusalOf(fault: Fault) {
  const { error, gateway } = await failWith(PeakaApiError, { faults: [fault], input: update });
  expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
  expect(error.message).toContain("may have been applied");
  expect(gateway.requests).toHaveLength(1);
  return { error, gateway };
}

describe.each([300, 301, 302, 303, 304, 305, 306, 307, 308, 399])("a %i", (status) => {
  test("to another origin is refused, and nothing is sent there", async () => {
    const other = await start();
    const { error } = await refusalOf(faults.redirect(status, `${other.baseUrl}/elsewhere`));
    expect(error.status).toBe(status);
    expect(error.message).toContain(`${status} redirect to ${other.origin} refused; `);
    expect(other.requests).toEqual([]);
  });
});

test.each([301, 307])("a %i without a location is refused", async (status) => {
  const { error } = await refusalOf({ status });
  expect(error.message).toContain(`${status} redirect refused; `);
});

describe("the target", () => {
  test.each(["http://[", "data:text/plain,elsewhere", "mailto:elsewhere@other.example", "http://"])(
    "%j, which has no origin, is not in the message",
    async (location) => {
      const { error } = await refusalOf(faults.redirect(307, location));
      expect(error.message).toContain("307 redirect refused; ");
    },
  );

  test.each(["/api/v1/elsewhere", "elsewhere", "?again"])(
    "%j is the same origin",
    async (location) => {
      const { error, gateway } = await refusalOf(faults.redirect(307, location));
      expect(error.message).toContain(`307 redirect to ${gateway.origin} refused; `);
    },
  );

  test.each([
    ["path", `https://other.example/${token}`],
    ["query", `https://other.example/?key=${token}`],
    ["fragment", `https://other.example/#${token}`],
    ["user name", `https://${token}:partner-key@other.example/`],
  ])("is named without a secret in its %s", async (_, location) => {
    const { error } = await refusalOf(faults.redirect(302, location));
    expect(error.message).toContain("302 redirect to https://other.example refused; ");
  });

  test.each([token, token.replace("-", "-\t")])("is named without its host %j", async (host) => {
    const location = `https://${host}.other.example/`;
    const { error, gateway } = await refusalOf(faults.redirect(302, location));
    expect(error.message.toLowerCase()).not.toMatch(/4ec39hq/);
    // To call it the gateway's own origin would be worse than to say nothing.
    expect(error.message).not.toContain(`to ${gateway.origin}`);
  });
});

describe("a redirect that comes with a body", () => {
  test("does not wait for it", async () => {
    const headers = { location: "https://other.example/", "content-length": "1000" };
    const { error } = await refusalOf({ status: 307, headers, body: "{" });
    expect(error).toMatchObject({ status: 307, body: undefined });
  });

  test("is unknown, because the change may have been applied before it", async () => {
    const { gateway } = await refusalOf({ ...faults.redirect(303, "/done"), applied: true });
    expect(gateway.connections.get(update.connectionId)).toMatchObject(update.body);
  });
});

describe("a fetch of the caller's", () => {
  test("is told to follow no redirect", async () => {
    const gateway = await start();
    const modes: unknown[] = [];
    const spy: Fetch = (url, init) => {
      modes.push(init.redirect);
      return fetch(url, init);
    };
    await clientOf(gateway, { fetch: spy }).updateConnection(update);
    expect(modes).toEqual(["manual"]);
  });

  test.each([200, 401, 503])("that follows one all the same: its %i is refused", async (status) => {
    departs(`PUT /api/v1/${token}`);
    const [gateway, other] = [await start(), await start()];
    gateway.fail(faults.redirect(307, `${other.baseUrl}/${token}`));
    const headers = { "content-type": "application/json", "retry-after": "0" };
    other.fail({ status, headers, body: '{"id":"of-the-other"}' });
    const follow: Fetch = (url, init) => fetch(url, { ...init, redirect: "follow" });
    const client = clientOf(gateway, { fetch: follow });
    const error = await failureOf(client.updateConnection(update), PeakaApiError);
    expect(error).toMatchObject({ status, attempts: 1, outcome: "unknown", body: undefined });
    expect(error.message).toContain(other.origin);
    expect(error.message).not.toMatch(/sk-live|redacted/);
    expect(gateway.requests).toHaveLength(1);
  });

  test("that hides a redirect, as browsers do, is refused", async () => {
    const opaque = Object.defineProperties(new Response(null), {
      type: { value: "opaqueredirect" },
      status: { value: 0 },
    });
    const fetch = () => Promise.resolve(opaque);
    const { error } = await failWith(PeakaApiError, { fetch, input: update });
    expect(error).toMatchObject({ status: 0, attempts: 1, outcome: "unknown" });
    expect(error.message).toContain("redirect");
  });
});
