import { beforeEach, describe, expect, test, vi } from "vitest";
import { PeakaApiError, type Attempt } from "../../src/index.js";
import * as redact from "../../src/redact.js";
import { start } from "../tools/gateway/put.js";
import { exampleUpdate } from "../tools/gateway/seeds.js";
import { clientOf } from "../tools/client-of.js";
import { failureOf } from "../tools/failure.js";

vi.mock("../../src/redact.js", { spy: true });

describe("the redactor is built only when something failed", () => {
  beforeEach(() => {
    vi.mocked(redact.createRedactor).mockClear();
  });

  test("not for a success", async () => {
    await clientOf(await start()).updateConnection(exampleUpdate);
    expect(redact.createRedactor).not.toHaveBeenCalled();
  });

  test("not for an observer who looks at no text of the answer", async () => {
    const told: Attempt[] = [];
    const onAttempt = (attempt: Attempt) => told.push(attempt);
    await clientOf(await start(), { onAttempt }).updateConnection(exampleUpdate);
    expect(told).toMatchObject([{ attempt: 1, outcome: "applied", status: 200 }]);
    expect(redact.createRedactor).not.toHaveBeenCalled();
    expect(told[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(redact.createRedactor).toHaveBeenCalledTimes(1);
  });

  test("for a failure", async () => {
    const call = clientOf(await start()).updateConnection({ ...exampleUpdate, projectId: "none" });
    await failureOf(call, PeakaApiError);
    expect(redact.createRedactor).toHaveBeenCalledTimes(1);
  });

  test("and not over an answer too long to look through: then its status has to do", async () => {
    const gateway = await start();
    const escapes = "%2525".repeat(1 << 18);
    gateway.fail({ status: 400, body: JSON.stringify({ error: "TOO_LONG", message: escapes }) });
    const error = await failureOf(clientOf(gateway).updateConnection(exampleUpdate), PeakaApiError);
    expect(error).toMatchObject({ status: 400, code: undefined, body: undefined });
    expect(error.message).toMatch(/: 400$/);
  });
});
