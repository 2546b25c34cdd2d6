import type { CallOptions, PeakaClient } from "../../src/index.js";

type Methods = Record<string, (input?: object, options?: CallOptions) => Promise<unknown>>;

/** Calls an operation that only a test's own facts know: the types know those of the spec. */
export function callAny(
  client: PeakaClient,
  operationId: string,
  input?: object,
  options?: CallOptions,
): Promise<unknown> {
  const method = (client as unknown as Methods)[operationId];
  if (!method) throw new Error(`the client has no method ${operationId}`);
  return method(input, options);
}
