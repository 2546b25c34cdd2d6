import type {
  CallOptions,
  OperationId,
  PeakaClient,
  UpdateConnectionInput,
} from "../../src/index.js";

/** `call` for operations that only a test's own facts know: the types know those of the spec. */
export function callAny(
  client: PeakaClient,
  operationId: string,
  input: object = {},
  options: CallOptions = {},
): Promise<unknown> {
  return client.call(operationId as OperationId, input as UpdateConnectionInput, options);
}
