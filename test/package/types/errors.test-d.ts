import { describe, expectTypeOf, test } from "vitest";
import { isPeakaError, PeakaApiError, PeakaError, PeakaNetworkError } from "../../../src/index.js";
import { PeakaResponseError, PeakaTimeoutError, PeakaUsageError } from "../../../src/index.js";
import type { PeakaAbortError } from "../../../src/index.js";
import type { AnyPeakaError, OperationId, Outcome, Zone } from "../../../src/index.js";

declare const thrown: unknown;

describe("isPeakaError narrows", () => {
  test("what was thrown to the family", () => {
    expectTypeOf(isPeakaError).guards.toEqualTypeOf<AnyPeakaError>();
    expectTypeOf(isPeakaError).parameter(0).toBeUnknown();
  });

  test("to what every error has", () => {
    if (!isPeakaError(thrown)) return;
    expectTypeOf(thrown).toExtend<PeakaError>();
    expectTypeOf(thrown.outcome).toEqualTypeOf<Outcome>();
    expectTypeOf(thrown.outcome).toEqualTypeOf<"not-applied" | "unknown">();
    expectTypeOf(thrown.operation).toEqualTypeOf<OperationId | undefined>();
    expectTypeOf(thrown.zone).toEqualTypeOf<Zone | undefined>();
    expectTypeOf(thrown.attempts).toEqualTypeOf<number>();
    expectTypeOf(thrown.message).toBeString();
  });

  test("by the name to one class and its fields", () => {
    if (!isPeakaError(thrown)) return;
    switch (thrown.name) {
      case "PeakaUsageError":
        expectTypeOf(thrown).toEqualTypeOf<PeakaUsageError>();
        break;
      case "PeakaApiError":
        expectTypeOf(thrown).toEqualTypeOf<PeakaApiError>();
        expectTypeOf(thrown.status).toEqualTypeOf<number>();
        expectTypeOf(thrown.code).toEqualTypeOf<string | undefined>();
        expectTypeOf(thrown.errorCode).toEqualTypeOf<string | undefined>();
        expectTypeOf(thrown.requestId).toEqualTypeOf<string | undefined>();
        expectTypeOf(thrown.retryAfterMs).toEqualTypeOf<number | undefined>();
        expectTypeOf(thrown.hint).toEqualTypeOf<string | undefined>();
        expectTypeOf(thrown.body).toBeUnknown();
        break;
      case "PeakaResponseError":
        expectTypeOf(thrown).toEqualTypeOf<PeakaResponseError>();
        expectTypeOf(thrown.status).toEqualTypeOf<number>();
        expectTypeOf(thrown.requestId).toEqualTypeOf<string | undefined>();
        break;
      case "PeakaNetworkError":
        expectTypeOf(thrown).toEqualTypeOf<PeakaNetworkError>();
        expectTypeOf(thrown.code).toEqualTypeOf<string | undefined>();
        break;
      case "PeakaTimeoutError":
        expectTypeOf(thrown).toEqualTypeOf<PeakaTimeoutError>();
        expectTypeOf(thrown.timeoutMs).toEqualTypeOf<number>();
        break;
      case "PeakaAbortError":
        expectTypeOf(thrown).toEqualTypeOf<PeakaAbortError>();
        break;
      default:
        expectTypeOf(thrown).toBeNever();
    }
  });
});

describe("instanceof narrows", () => {
  test("to a class and its fields", () => {
    if (thrown instanceof PeakaApiError) expectTypeOf(thrown.status).toEqualTypeOf<number>();
    if (thrown instanceof PeakaTimeoutError) expectTypeOf(thrown.timeoutMs).toBeNumber();
    if (thrown instanceof PeakaError) expectTypeOf(thrown.outcome).toEqualTypeOf<Outcome>();
  });
});

test("each class has its name as a literal, and is an Error", () => {
  expectTypeOf<AnyPeakaError["name"]>().toEqualTypeOf<
    | "PeakaUsageError"
    | "PeakaApiError"
    | "PeakaResponseError"
    | "PeakaNetworkError"
    | "PeakaTimeoutError"
    | "PeakaAbortError"
  >();
  expectTypeOf<PeakaUsageError["name"]>().toEqualTypeOf<"PeakaUsageError">();
  expectTypeOf<PeakaResponseError["name"]>().toEqualTypeOf<"PeakaResponseError">();
  expectTypeOf<PeakaNetworkError["name"]>().toEqualTypeOf<"PeakaNetworkError">();
  expectTypeOf<AnyPeakaError>().toExtend<Error>();
});

test("an error has no field of another class, and none of the request", () => {
  expectTypeOf<PeakaUsageError>().not.toHaveProperty("status");
  expectTypeOf<PeakaTimeoutError>().not.toHaveProperty("code");
  expectTypeOf<PeakaApiError>().not.toHaveProperty("request");
  expectTypeOf<PeakaApiError>().not.toHaveProperty("response");
  expectTypeOf<PeakaApiError>().not.toHaveProperty("headers");
  expectTypeOf<PeakaNetworkError>().not.toHaveProperty("status");
});
