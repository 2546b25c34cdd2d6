import { beforeEach, describe, expect, test, vi, onTestFinished } from "vitest";
import { callAny } from "../tools/call-any.js";
import { clientOf } from "../tools/client-of.js";
import { closedBaseUrl } from "../tools/closed-port.js";
import { ofAnotherApi } from "../tools/departures.js";
import { startRecorder } from "../tools/recorder.js";

vi.mock("../../generated/spec.js", () => import("../tools/richer-spec.js"));

const inputs = {
  search: {},
  exists: { id: 1 },
  replaceTags: { id: 1, body: [] },
  remove: { id: 1 },
  rename: { id: 1, body: "n" },
  create: { body: {} },
};
type Name = keyof typeof inputs;

beforeEach(ofAnotherApi);
beforeEach(() => {
  // No wait between attempts: the shortest backoff is none.
  const random = vi.spyOn(Math, "random").mockReturnValue(0);
  onTestFinished(() => {
    random.mockRestore();
  });
});

async function failWith(operation: Name, status: number) {
  const { baseUrl, answer, requests } = await startRecorder();
  answer(...Array.from({ length: 3 }, () => ({ status, headers: {}, body: "" })));
  const call = callAny(clientOf({ baseUrl }), operation, inputs[operation]);
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  return { error, requests };
}

describe("the method in the facts says what may be tried again:", () => {
  test.each<Name>(["search", "exists", "replaceTags", "remove"])(
    "%s, which is idempotent, where the gateway is unavailable",
    async (operation) => {
      const { error, requests } = await failWith(operation, 503);
      expect(requests).toHaveLength(3);
      expect(error).toMatchObject({ name: "PeakaApiError", status: 503, attempts: 3 });
    },
  );

  test.each<Name>(["create", "rename"])("not %s, once it was sent", async (operation) => {
    const { error, requests } = await failWith(operation, 503);
    expect(requests).toHaveLength(1);
    expect(error).toMatchObject({ status: 503, attempts: 1, outcome: "unknown" });
  });

  test.each(Object.keys(inputs) as Name[])("%s, where nothing was sent", async (operation) => {
    const client = clientOf({ baseUrl: await closedBaseUrl() }, { maxRetries: 1 });
    await expect(callAny(client, operation, inputs[operation])).rejects.toMatchObject({
      name: "PeakaNetworkError",
      code: "ECONNREFUSED",
      attempts: 2,
      outcome: "not-applied",
    });
  });
});

describe("the method in the facts says what may have been applied:", () => {
  test.each<Name>(["search", "exists"])("nothing by %s, which only reads", async (operation) => {
    const { error } = await failWith(operation, 500);
    expect(error).toMatchObject({ status: 500, outcome: "not-applied" });
    expect((error as Error).message).not.toContain("may have been applied");
  });

  test.each<Name>(["replaceTags", "remove", "rename", "create"])(
    "perhaps something by %s",
    async (operation) => {
      const { error } = await failWith(operation, 500);
      expect(error).toMatchObject({ status: 500, outcome: "unknown" });
      expect((error as Error).message).toContain("may have been applied");
    },
  );

  test.each<Name>(["remove", "create"])("nothing by a refused %s", async (operation) => {
    const { error } = await failWith(operation, 409);
    expect(error).toMatchObject({ status: 409, attempts: 1, outcome: "not-applied" });
  });
});
